import { targetIn, type Resource } from '../catalog/resource.ts';
import { isSuccess, type Answer } from '../model/answer.ts';
import { classifyFailure } from './classify.ts';
import type { DeliverContext } from './context.ts';
import { succeed, type Result } from './result.ts';

/** Clocks that differ by less are taken as one: the API's header names whole seconds, and comes a while later. */
const SAME_CLOCK_MS = 2_000;

/** Whether a target was created since then, in ms of our clock, as the API says. Where it doesn't say, it was not. */
export async function wasMadeSince(
  context: DeliverContext,
  { read, createdAt, idParameter }: Resource,
  targetId: string,
  sinceMs: number,
  priority: number,
): Promise<Result<boolean>> {
  if (!read || createdAt === undefined) return succeed(false);
  const values = { path: { [idParameter]: targetId } };
  const answer = await context.client.send(context.operation(read.operation), values, { priority });
  if (!isSuccess(answer)) {
    const failed = classifyFailure(answer, context.clock.now());
    // What is gone was of no earlier life that could be told by it.
    const isGone = failed.type === 'missing' || failed.type === 'dead';
    return isGone ? succeed(true) : { ok: false, outcome: failed };
  }
  const shown = targetIn(answer.body, read.answer)?.[createdAt];
  const madeAt = typeof shown === 'string' ? Date.parse(shown) : NaN;
  return succeed(madeAt >= sinceMs + aheadMs(answer, context.clock.now()));
}

/** By how much the API's clock is ahead of ours. */
function aheadMs(answer: Answer, now: number): number {
  const said = answer.type === 'answered' ? Date.parse(answer.headers['date'] ?? '') : NaN;
  const ahead = said - now;
  return Number.isNaN(ahead) || Math.abs(ahead) < SAME_CLOCK_MS ? 0 : ahead;
}
