import type { Language } from '../expression/language.ts';
import { matchesGlob } from '../model/glob.ts';
import { isObject } from '../model/json.ts';
import { languageOf } from './language-of.ts';
import type { SampleRecord } from './samples.ts';
import { child, itemsOf, textOf } from './tree.ts';
import type { Node } from './tree.ts';

/**
 * A sample that holds whole answers of the API, or deliveries, as people keep them: the records that the source takes out
 * of them, none where an answer has none. What has the source's key is a record itself.
 */
export async function takenFromAnswer(
  root: Node,
  source: string,
  records: readonly SampleRecord[],
): Promise<readonly SampleRecord[]> {
  const language = languageOf(root);
  const taken: SampleRecord[] = [];
  for (const each of records) {
    const inside = await takenFrom(language, root, child(root, 'sources', source), each);
    // One that is a record itself says that they all are.
    if (!inside) return records;
    taken.push(...inside);
  }
  return taken;
}

async function takenFrom(
  language: Language,
  root: Node,
  source: Node | undefined,
  answer: SampleRecord,
): Promise<readonly SampleRecord[] | undefined> {
  const told = await recordsTold(language, root, source, answer);
  if (told) return told;
  const key = await valueOf(language, child(source, 'key'), answer);
  // `"crm-" & id` yields a text of anything.
  const ofNothing = await valueOf(language, child(source, 'key'), {});
  if (key !== undefined && key !== null && key !== ofNothing) return undefined;
  const polled = await valueOf(language, child(source, 'poll', 'records'), answer);
  return recordsIn(polled ?? (await delivered(language, source, answer)));
}

/** Of a delivery that bears the name of an event of this source: its own id is not the record's. */
async function recordsTold(
  language: Language,
  root: Node,
  source: Node | undefined,
  answer: SampleRecord,
): Promise<readonly SampleRecord[] | undefined> {
  const door = child(root, 'connections', textOf(child(source, 'connection')) ?? '', 'webhook');
  const event = await valueOf(language, child(door, 'event'), deliveryOf(answer));
  const globs = itemsOf(child(source, 'webhook', 'events')).map((each) => textOf(each) ?? '');
  if (typeof event !== 'string' || !globs.some((glob) => matchesGlob(glob, event))) return undefined;
  return recordsIn(await delivered(language, source, answer));
}

function delivered(language: Language, source: Node | undefined, answer: SampleRecord): Promise<unknown> {
  return valueOf(language, child(source, 'webhook', 'record'), deliveryOf(answer));
}

function deliveryOf(body: SampleRecord) {
  return { body, headers: {}, query: {} };
}

/** Nothing where what was taken is no list of records, nor one. */
function recordsIn(taken: unknown): readonly SampleRecord[] | undefined {
  const list: readonly unknown[] = Array.isArray(taken) ? taken : [taken];
  return list.every(isObject) ? list : undefined;
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
