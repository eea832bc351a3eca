import type { Problem } from '../model/problem.ts';
import { problemAt } from './problem-at.ts';
import { ghlResourceOf } from './target-of.ts';
import { child, entriesOf, textOf } from './tree.ts';
import type { Entry, Node } from './tree.ts';

/**
 * Syncs that write to one kind of target with an identity of its own, each found by its key: without a `key` the
 * record's number would be the person's, and customer 7 the same as booking 7.
 */
export function checkSharedKeys(root: Node): readonly Problem[] {
  const syncs = entriesOf(child(root, 'syncs')).filter(({ value }) => ghlResourceOf(root, value)?.identity);
  return syncs.flatMap((sync, at) => {
    if (child(sync.value, 'key')) return [];
    const others = syncs.filter((each) => each !== sync && targetOf(each) === targetOf(sync));
    // Two of one source without a key have the record's, and mean the same.
    const other =
      others.find(({ value }) => child(value, 'key')) ??
      others.find((each) => syncs.indexOf(each) < at && fromOf(each) !== fromOf(sync));
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
  return { ...problem, severity: 'warning' };
}
