import type { Problem } from '../../model/problem.ts';
import { problemAt } from '../problem-at.ts';
import { ghlResourceOf } from '../target-of.ts';
import { child, entriesOf, entryAt, textOf } from '../tree.ts';
import type { Entry, Node } from '../tree.ts';

/** Syncs that take records apart: what tells the elements from each other, and which of them is somebody's parent. */
export function checkEach(root: Node): readonly Problem[] {
  return entriesOf(child(root, 'syncs')).flatMap((sync) => [
    ...keyProblems(sync),
    ...parentProblems(root, sync),
  ]);
}

function keyProblems({ name, key, value }: Entry): Problem[] {
  if (!child(value, 'each') || child(value, 'key')) return [];
  const message = `sync "${name}" has each and no key: nothing tells the elements from each other`;
  return [problemAt('missing-property', key, message, 'add "key:" with what identifies an element')];
}

function parentProblems(root: Node, { value }: Entry): Problem[] {
  const parent = entryAt(value, 'parent');
  const named = child(parent?.value, 'sync') ?? parent?.value;
  const parentSync = child(root, 'syncs', textOf(named) ?? '');
  if (!parent || !parentSync || !child(parentSync, 'each')) return [];
  const ownKey = child(parent.value, 'key') !== undefined;
  if (!ownKey && !child(value, 'each')) {
    const message = `"${textOf(named)}" makes a target for each element of a record: which is the parent?`;
    return [problemAt('missing-property', parent.key, message, 'say it with "parent: { sync, key }"')];
  }
  const shared = ghlResourceOf(root, parentSync)?.identity !== undefined;
  if (shared || textOf(child(value, 'from')) === textOf(child(parentSync, 'from'))) return [];
  const message = `"${textOf(named)}" makes its targets of the elements of another source's records`;
  return [problemAt('bad-value', parent.key, message, 'take the parent from a sync of the same source')];
}
