import type { Problem } from '../../model/problem.ts';
import { problemAt } from '../problem-at.ts';
import { ghlResourceOf } from '../target-of.ts';
import { child, entriesOf, textOf } from '../tree.ts';
import type { Entry, Node } from '../tree.ts';

/**
 * Syncs that write to one kind of target with an identity of its own, each found by its key: without a `key` the
 * record's number would be the person's, and customer 7 the same as booking 7.
 */
export function checkSharedKeys(root: Node): readonly Problem[] {
  const syncs = entriesOf(child(root, 'syncs')).filter(({ value }) => ghlResourceOf(root, value)?.identity);
  const keyed = new Map<string | undefined, Entry>();
  for (const sync of syncs.toReversed()) if (child(sync.value, 'key')) keyed.set(targetOf(sync), sync);
  const first = new Map<string | undefined, Entry>();
  return syncs.flatMap((sync) => {
    const target = targetOf(sync);
    const before = first.get(target);
    if (!before) first.set(target, sync);
    if (child(sync.value, 'key')) return [];
    // Two of one source without a key have the record's, and mean the same.
    const other = keyed.get(target) ?? (before && fromOf(before) !== fromOf(sync) ? before : undefined);
    return other ? [missingKey(sync, other)] : [];
  });
}

function targetOf({ value }: Entry): string | undefined {
  return textOf(child(value, 'to'));
}

function fromOf({ value }: Entry): string | undefined {
  return textOf(child(value, 'from'));
}

function missingKey(sync: Entry, other: Entry): Problem {
  const to = textOf(child(sync.value, 'to')) ?? '';
  const key = fromOf(sync) === fromOf(other) ? textOf(child(other.value, 'key')) : undefined;
  const message = `"${other.name}" writes ${to} too, and "${sync.name}" has no key: nothing tells which of them are the same`;
  const remedy = `add key: ${key ?? '…'}, with what identifies the ${to.split('.')[1] ?? 'target'} in both, such as $lowercase(email)`;
  const problem = problemAt(
    'missing-property',
    sync.key,
    message,
    key === undefined ? remedy : `add key: ${key}`,
  );
  return key !== undefined && areSamePeople(sync, other) ? problem : { ...problem, severity: 'warning' };
}

/** For sure, where one record gives both of them the same address: else it may tell of two people, each with a target of their own. */
function areSamePeople(one: Entry, other: Entry): boolean {
  return ['email', 'phone', 'name'].some((field) => {
    const address = addressIn(one, field);
    return address !== undefined && address === addressIn(other, field);
  });
}

function addressIn({ value }: Entry, field: string): string | undefined {
  return textOf(child(child(value, 'fields'), field));
}
