import type { Problem } from '../../model/problem.ts';
import { warningAt } from '../problem-at.ts';
import { child, entriesOf, textOf } from '../tree.ts';
import type { Node } from '../tree.ts';

/** Syncs that are switched off while others, whose parent they are, go on: those wait for what nobody makes. */
export function checkSwitchedOff(root: Node): readonly Problem[] {
  const syncs = entriesOf(child(root, 'syncs'));
  const children = Map.groupBy(
    syncs.filter(({ value }) => !offAt(value)),
    ({ value }) => parentOf(value),
  );
  return syncs.flatMap(({ name, value }) => {
    const off = offAt(value);
    const waiting = children.get(name) ?? [];
    if (!off || waiting.length === 0) return [];
    const names = waiting.map((each) => `"${each.name}"`).join(', ');
    const message = `"${name}" is switched off, and ${names} ${waiting.length === 1 ? 'waits' : 'wait'} for what it has not written yet`;
    const remedy = `switch it on, or write enabled: false in ${names} too`;
    return [warningAt('bad-value', off.at, message, remedy)];
  });
}

function parentOf(sync: Node): string | undefined {
  return textOf(child(sync, 'parent', 'sync') ?? child(sync, 'parent'));
}

/** Where a sync says that it is switched off. */
export function offAt(sync: Node): Node | undefined {
  const enabled = child(sync, 'enabled');
  return enabled?.kind === 'scalar' && enabled.value === false ? enabled : undefined;
}
