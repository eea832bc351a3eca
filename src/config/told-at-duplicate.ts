import type { Problem, ProblemCode } from '../model/problem.ts';
import { overlaps } from './problem-at.ts';
import { child, entriesOf } from './tree.ts';
import type { Node } from './tree.ts';

/** What is not found, and the block whose names it is sought among. */
const BLOCKS: Partial<Record<ProblemCode, string>> = {
  'unknown-connection': 'connections',
  'unknown-source': 'sources',
  'unknown-sync': 'syncs',
  'unknown-table': 'tables',
};

/**
 * Two things of one name, and one name that nothing bears: one of the two was meant to bear it. That is told where the
 * name stands twice, once.
 */
export function toldAtDuplicate(root: Node, problems: readonly Problem[]): readonly Problem[] {
  const echoes = new Set<Problem>();
  const remedies = new Map<Problem, string>();
  for (const [code, block] of Object.entries(BLOCKS)) {
    const twice = problems.filter(
      (each) => each.code === 'duplicate-key' && standsIn(child(root, block), each),
    );
    const unknown = problems.filter((each) => each.code === code);
    const names = new Set(unknown.map(nameIn));
    const [name] = names;
    if (twice.length !== 1 || names.size !== 1 || name === undefined) continue;
    remedies.set(twice[0]!, `call one of the two "${name}", which is looked for in ${block} and not there`);
    for (const each of unknown) echoes.add(each);
  }
  return problems
    .filter((each) => !echoes.has(each))
    .map((each) => {
      const remedy = remedies.get(each);
      return remedy === undefined ? each : { ...each, remedy: `${remedy}, or ${each.remedy}` };
    });
}

/** True for a name of the block that is told to stand twice there, or in another file that is a part of it. */
function standsIn(block: Node | undefined, problem: Problem): boolean {
  const { at } = problem;
  if (!block || !at || !entriesOf(block).some(({ name }) => name === nameIn(problem))) return false;
  return at.file !== block.at.file || overlaps(at, block.at);
}

function nameIn({ message }: Problem): string | undefined {
  return /"([^"]*)"/.exec(message)?.[1];
}
