import type { Problem } from '../../model/problem.ts';
import { checkSharedKeys } from './check-shared-keys.ts';
import { offAt } from './check-switched-off.ts';
import { warningAt } from '../problem-at.ts';
import { ghlResourceOf } from '../target-of.ts';
import { child, entriesOf, textOf, valueOf } from '../tree.ts';
import type { Entry, Node } from '../tree.ts';

/** What a target is found by: each sync that may create one has to map it. */
const IDENTITY: Readonly<Record<string, readonly string[]>> = {
  contact: ['email', 'phone'],
  business: ['name'],
};

/** A field of a target that a sync writes, and what it writes there. */
interface Write {
  readonly sync: Entry;
  readonly order: number;
  readonly field: Entry;
  /** Equal for two syncs that write the very same: of one source, by one expression. */
  readonly content: string;
  /** Of which records; nothing where of all. */
  readonly when: string | undefined;
}

/** Fields that two syncs write in the very same targets: the newest record wins, whichever it is. */
export function checkWrittenTwice(root: Node): readonly Problem[] {
  // Whose key is missing writes targets of its own.
  const alone = new Set(
    checkSharedKeys(root).flatMap(({ severity, at }) => (severity === 'error' && at ? [at] : [])),
  );
  const syncs = entriesOf(child(root, 'syncs')).filter(
    ({ key, value }) => ghlResourceOf(root, value)?.identity && !alone.has(key) && doesWrite(value),
  );
  const bySync = new Map(syncs.map((sync, order) => [sync, writesOf(root, sync, order)]));
  const before = new Map<string, readonly Write[]>();
  return syncs.flatMap((sync) => {
    const writes = bySync.get(sync)!;
    const earlier = writes.flatMap((write) => earliest(write, before) ?? []);
    for (const write of writes) note(write, before);
    const first = earlier.toSorted((a, b) => a.order - b.order)[0]?.sync;
    return first ? twice(first, sync, bySync.get(first)!, writes) : [];
  });
}

/** One that is switched off, or only reports, may try beside the other what is to take its place. */
function doesWrite(sync: Node): boolean {
  return !offAt(sync) && textOf(child(sync, 'mode')) !== 'report';
}

function writesOf(root: Node, sync: Entry, order: number): readonly Write[] {
  const from = textOf(child(sync.value, 'from'));
  const identity = IDENTITY[targetOf(sync).split('.')[1] ?? ''] ?? [];
  const key = keyWords(root, sync);
  const when = textOf(child(sync.value, 'when'))?.trim();
  return ownedFields(sync.value)
    .filter((field) => !identity.includes(field.name) || (key.size > 0 && !isOfKey(field, key)))
    .map((field) => ({ sync, order, field, when, content: JSON.stringify([from, valueOf(field.value)]) }));
}

/** The names of the record that the sync's own key is made of, through `let`. */
function keyWords(root: Node, { value }: Entry): ReadonlySet<string> {
  const source = child(root, 'sources', textOf(child(value, 'from')) ?? '');
  const key = textOf(child(value, 'key')) ?? '';
  return new Set(
    namesIn(key).flatMap((name) => {
      const bound = name.startsWith('$') ? textOf(child(source, 'let', name.slice(1))) : undefined;
      return bound === undefined ? [name] : namesIn(bound);
    }),
  );
}

function namesIn(expression: string): readonly string[] {
  return expression.match(/\$?[\p{L}_][\p{L}\p{N}_]*(?!\s*\()/gu) ?? [];
}

/** What the target is found by is the same in both syncs: of a phone beside a key of email nobody knows. */
function isOfKey({ value }: Entry, key: ReadonlySet<string>): boolean {
  const written = value.kind === 'map' ? (child(value, 'expr') ?? child(value, 'text')) : value;
  const names = namesIn(textOf(written) ?? '');
  return names.length === 0 || names.some((name) => key.has(name));
}

function targetOf({ value }: Entry): string {
  return textOf(child(value, 'to')) ?? '';
}

function placeOf({ sync, field }: Write): string {
  return `${targetOf(sync)} ${field.name}`;
}

/** The first that writes it too. */
function earliest(write: Write, before: ReadonlyMap<string, readonly Write[]>): Write | undefined {
  return before.get(placeOf(write))?.find((each) => areTwo(each, write));
}

/** The same of some records here, of others there, is written by nobody twice. */
function areTwo(one: Write, other: Write): boolean {
  const areParts = one.when !== undefined && other.when !== undefined && one.when !== other.when;
  return one.content !== other.content || !areParts;
}

/** More of one field than these tell nothing new. */
const MOST_WRITES = 20;

function note(write: Write, before: Map<string, readonly Write[]>): void {
  const known = before.get(placeOf(write)) ?? [];
  if (known.length < MOST_WRITES) before.set(placeOf(write), [...known, write]);
}

function shared(first: readonly Write[], second: readonly Write[]): readonly Write[] {
  const byName = new Map(first.map((write) => [write.field.name, write]));
  return second.filter((write) => {
    const other = byName.get(write.field.name);
    return other !== undefined && areTwo(other, write);
  });
}

/** Those that are written again and again; what is only written once is nobody's afterwards. */
function ownedFields(sync: Node): readonly Entry[] {
  const isOwned = ({ value }: Entry): boolean => ['always', ''].includes(textOf(child(value, 'on')) ?? '');
  const fields = entriesOf(child(sync, 'fields'));
  const custom = entriesOf(child(sync, 'fields', 'customFields'));
  return [...fields.filter(({ name }) => name !== 'customFields'), ...custom].filter(isOwned);
}

function twice(
  first: Entry,
  second: Entry,
  theirs: readonly Write[],
  own: readonly Write[],
): readonly Problem[] {
  const writes = shared(theirs, own);
  const [field, ...others] = writes.map((write) => write.field);
  if (!field) return [];
  const contents = new Map(theirs.map((write) => [write.field.name, write.content]));
  const isSame = writes.every((write) => contents.get(write.field.name) === write.content);
  const more = others.length === 0 ? '' : `, and ${others.map(({ name }) => name).join(', ')}`;
  const outcome = isSame ? 'the same, twice' : 'the newest record wins';
  const message = `"${first.name}" and "${second.name}" both write ${field.name} of ${targetOf(second)}${more}: ${outcome}`;
  const remedy = isSame
    ? 'let one of them write it'
    : `let one of them write it, or give one ${field.name}: { expr: …, on: create }`;
  return [warningAt('written-twice', field.key, message, remedy)];
}
