import { idOf, listIn, type Pages } from '../catalog/resource.ts';
import { isSuccess, type Answer } from '../model/answer.ts';
import type { DeliverContext, Target } from './context.ts';
import { send, type Call } from './send.ts';

/**
 * The answers to a question whose list may be longer than one answer: page by page, up to the first that is not full, brings
 * nothing new, or fails. What lies behind the first page would be taken for not there, and made again.
 */
export async function* listPages(
  context: DeliverContext,
  target: Target,
  call: Call,
  pages: Pages | undefined,
): AsyncGenerator<Answer> {
  const seen = new Set<string>();
  for (;;) {
    const query = { ...call.query, ...pages?.after(seen.size) };
    const answer = await send(context, target, { ...call, query });
    yield answer;
    if (!pages || !isSuccess(answer)) return;
    const before = seen.size;
    for (const id of listIn(answer.body, pages.list).map(idOf)) if (id !== undefined) seen.add(id);
    if (seen.size - before < pages.size) return;
  }
}
