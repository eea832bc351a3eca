import { createLanguage } from '../expression/language.ts';
import type { Language } from '../expression/language.ts';
import { isObject } from '../model/json.ts';
import { settingsOf } from './language-of.ts';
import type { SampleRecord } from './samples.ts';
import { child, textOf } from './tree.ts';
import type { Node } from './tree.ts';

/**
 * A sample that holds one whole answer of the API, or one delivery, as people keep them: the records that the source
 * takes out of it, none where that answer has none. What has the source's key is a record itself.
 */
export async function takenFromAnswer(
  root: Node,
  source: string,
  records: readonly SampleRecord[],
): Promise<readonly SampleRecord[]> {
  const [answer, ...more] = records;
  const node = child(root, 'sources', source);
  if (answer === undefined || more.length > 0) return records;
  const language = createLanguage(settingsOf(root));
  const key = await valueOf(language, child(node, 'key'), answer);
  if (key !== undefined && key !== null) return records;
  const polled = await valueOf(language, child(node, 'poll', 'records'), answer);
  const delivery = { body: answer, headers: {}, query: {} };
  const taken = polled ?? (await valueOf(language, child(node, 'webhook', 'record'), delivery));
  const list: readonly unknown[] = Array.isArray(taken) ? taken : [taken];
  return list.every(isObject) ? list : records;
}

/** Nothing where it is no expression, or fails. */
async function valueOf(language: Language, node: Node | undefined, input: unknown): Promise<unknown> {
  const compiled = language.expression(textOf(node) ?? '');
  if (!compiled.ok) return undefined;
  try {
    return await compiled.run(input, {}, () => undefined);
  } catch {
    return undefined; // told where the expression is checked
  }
}
