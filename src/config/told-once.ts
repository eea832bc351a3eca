import type { Problem, ProblemCode } from '../model/problem.ts';
import type { Texts } from './texts.ts';

/** Where the thing that a name stands for is missing or misspelt, every use of the name says the same. */
const NAMED: ReadonlySet<ProblemCode> = new Set([
  'unknown-connection',
  'unknown-source',
  'unknown-sync',
  'unknown-table',
  'unknown-variable',
]);

/** How many lines are named; of more only their number. */
const MOST_LINES = 5;

/** One mistake, one problem: a name that is not there is told where it is first used, with the lines that use it too. */
export function toldOnce(problems: readonly Problem[], texts: Texts): readonly Problem[] {
  const uses = Map.groupBy(problems, nameOf);
  return problems.flatMap((problem) => {
    const all = uses.get(nameOf(problem)) ?? [];
    if (!isNamed(problem) || all.length === 1) return [problem];
    return all[0] === problem
      ? [{ ...problem, message: `${problem.message}, ${others(all.slice(1), problem, texts)}` }]
      : [];
  });
}

/** A function that is misspelt has nothing to be defined: each of its calls is to be mended. */
function isNamed({ code, message }: Problem): boolean {
  return NAMED.has(code) && !message.startsWith('unknown function');
}

function nameOf({ code, message }: Problem): string {
  return `${code} ${message}`;
}

/** "and so in lines 44 and 61", or how many there are where they stand in several files. */
function others(more: readonly Problem[], { at }: Problem, texts: Texts): string {
  const text = at && texts.get(at.file);
  const isHere = more.every((each) => each.at?.file === at?.file);
  if (text === undefined || !isHere || more.length > MOST_LINES)
    return `and so in ${more.length} more ${more.length === 1 ? 'place' : 'places'}`;
  const lines = [...new Set(more.map((each) => text.slice(0, each.at!.start).split('\n').length))];
  const [last, ...before] = lines.toReversed();
  const named =
    before.length === 0 ? `line ${last!}` : `lines ${before.toReversed().join(', ')} and ${last!}`;
  return `and so in ${named}`;
}
