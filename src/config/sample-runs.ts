import type { Compiled, Language } from '../expression/language.ts';
import { ExpressionError } from '../model/expression.ts';
import { withoutEmpty } from '../model/record.ts';
import type { SampleRecord } from './samples.ts';
import { child, entriesOf, textOf } from './tree.ts';
import type { Entry, Node } from './tree.ts';

/** Yields what a record of the sample gives. */
export type Run = (record: SampleRecord, warn: (message: string) => void) => Promise<unknown>;

/** Expressions as they run on a source's records, with its `let`; nothing for one that sees what only a run knows. */
export function runsOn(
  source: Node | undefined,
  language: Language,
): (text: string, upTo?: string) => Run | undefined {
  const lets = entriesOf(child(source, 'let')).map(
    ({ name, value }) => [name, language.expression(textOf(value) ?? '')] as const,
  );
  const names = new Set(lets.map(([name]) => name));
  const isKnown = (each: Compiled): boolean =>
    each.ok && each.uses.results.length === 0 && each.uses.variables.every(({ name }) => names.has(name));
  const areKnown = lets.every(([, value]) => isKnown(value));
  const keepEmpty = textOf(child(source, 'empty')) === 'keep';
  return (text, upTo) => {
    const compiled = language.expression(text);
    if (!areKnown || !compiled.ok || !isKnown(compiled)) return undefined;
    return async (record, warn) => {
      const input = keepEmpty ? record : withoutEmpty(record);
      const bound: Record<string, unknown> = {};
      for (const [name, value] of lets) {
        if (name === upTo) break;
        if (value.ok) bound[name] = await value.run(input, bound);
      }
      return compiled.run(input, bound, warn);
    };
  };
}

/** A name of a source's `let` that no record of the sample has a value for: its expression fails on each. */
export interface BrokenLet {
  readonly entry: Entry;
  readonly words: string;
}

/** The first of them: nothing that comes after it is ever worked out. */
export async function brokenLet(
  source: Node | undefined,
  runs: ReturnType<typeof runsOn>,
  records: readonly SampleRecord[],
): Promise<BrokenLet | undefined> {
  for (const entry of entriesOf(child(source, 'let'))) {
    const run = runs(textOf(entry.value) ?? '', entry.name);
    if (!run) return undefined;
    const failures: string[] = [];
    for (const record of records) await tried(run, record, [], failures);
    if (failures.length === records.length && failures[0] !== undefined) return { entry, words: failures[0] };
  }
  return undefined;
}

/** Nothing where it fails; why, and what a function dropped, is added to the lists. */
export async function tried(
  run: Run,
  record: SampleRecord,
  dropped: string[],
  failures: string[],
): Promise<unknown> {
  try {
    return await run(record, (words) => dropped.push(words));
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    failures.push(error.message);
    return undefined;
  }
}
