import type { Problem } from '../model/problem.ts';
import { problemAt } from './problem-at.ts';
import { ghlResourceOf } from './target-of.ts';
import { child, entriesOf, textOf, valueOf } from './tree.ts';
import type { Entry, Node } from './tree.ts';

/** What a target is found by: each sync that may create one has to map it. */
const IDENTITY: Readonly<Record<string, readonly string[]>> = {
  contact: ['email', 'phone'],
  business: ['name'],
};

/** Fields that two syncs write in the very same targets: the newest record wins, whichever it is. */
export function checkWrittenTwice(root: Node): readonly Problem[] {
  const syncs = entriesOf(child(root, 'syncs')).filter(({ value }) => ghlResourceOf(root, value)?.identity);
  return syncs.flatMap((second, index) => {
    for (const first of syncs.slice(0, index)) {
      if (textOf(child(first.value, 'to')) !== textOf(child(second.value, 'to'))) continue;
      const [field, ...others] = shared(first, second);
      if (field) return [twice(first, second, field, others)];
    }
    return [];
  });
}

function shared(first: Entry, second: Entry): readonly Entry[] {
  const sameSource = textOf(child(first.value, 'from')) === textOf(child(second.value, 'from'));
  const identity = IDENTITY[textOf(child(first.value, 'to'))?.split('.')[1] ?? ''] ?? [];
  const theirs = new Map(ownedFields(first.value).map((entry) => [entry.name, entry]));
  return ownedFields(second.value).filter(({ name, value }) => {
    const other = theirs.get(name);
    const sameValue = other && JSON.stringify(valueOf(other.value)) === JSON.stringify(valueOf(value));
    return other && !identity.includes(name) && !(sameSource && sameValue);
  });
}

/** Those that are written again and again; what is only written once is nobody's afterwards. */
function ownedFields(sync: Node): readonly Entry[] {
  const isOwned = ({ value }: Entry): boolean =>
    !['create', 'empty'].includes(textOf(child(value, 'on')) ?? '');
  const fields = entriesOf(child(sync, 'fields'));
  const custom = entriesOf(child(sync, 'fields', 'customFields'));
  return [...fields.filter(({ name }) => name !== 'customFields'), ...custom].filter(isOwned);
}

function twice(first: Entry, second: Entry, field: Entry, others: readonly Entry[]): Problem {
  const more = others.length === 0 ? '' : `, and ${others.map(({ name }) => name).join(', ')}`;
  const to = textOf(child(second.value, 'to')) ?? '';
  const message = `"${first.name}" and "${second.name}" both write ${field.name} of ${to}${more}: the newest record wins`;
  const remedy = `let one of them write it, or give one ${field.name}: { expr: …, on: create }`;
  return { ...problemAt('written-twice', field.key, message, remedy), severity: 'warning' };
}
