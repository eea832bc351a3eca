import type { Json } from '../../model/json.ts';

export type Kind = 'nothing' | 'null' | 'boolean' | 'number' | 'string' | 'list' | 'object' | 'function';

/** What is known of a value before any record is there. */
export interface StaticType {
  /** What it may be. */
  readonly kinds: ReadonlySet<Kind>;
  /** Of an object: its fields, where there are no others. */
  readonly fields?: ReadonlyMap<string, StaticType>;
  /** Of a list: what its elements may be. */
  readonly item?: StaticType;
  /** Of a function that is written out: what it yields. */
  readonly yields?: StaticType;
  /** What it can be at all, beside nothing: where that is known, of a few texts, numbers and the like. */
  readonly values?: readonly Json[];
}

const KINDS: readonly Kind[] = [
  'nothing',
  'null',
  'boolean',
  'number',
  'string',
  'list',
  'object',
  'function',
];

export const ANY: StaticType = { kinds: new Set(KINDS) };

const ONE_KIND = new Map(KINDS.map((kind): [Kind, StaticType] => [kind, { kinds: new Set([kind]) }]));

export function typeOf(...kinds: readonly Kind[]): StaticType {
  const only = kinds.length === 1 ? ONE_KIND.get(kinds[0]!) : undefined;
  return only ?? { kinds: new Set(kinds) };
}

export const NOTHING = typeOf('nothing');

/** True where a value of this type may be of that kind. */
export function mayBe({ kinds }: StaticType, kind: Kind): boolean {
  return kinds.has(kind);
}

/** The kinds that a value may have where it is there. */
export function kindsOf({ kinds }: StaticType): readonly Kind[] {
  return [...kinds].filter((kind) => kind !== 'nothing' && kind !== 'null');
}

/** True where something is known of it: it can't be of all kinds, nor of none. */
export function isKnown(type: StaticType): boolean {
  const { length } = kindsOf(type);
  return length > 0 && length < 5;
}

export function onlyList(type: StaticType): boolean {
  return kindsOf(type).every((kind) => kind === 'list');
}

const WORDS: Readonly<Record<Kind, string>> = {
  nothing: 'nothing',
  null: 'nothing',
  boolean: 'true or false',
  number: 'a number',
  string: 'text',
  list: 'a list',
  object: 'an object',
  function: 'a function',
};

/** What a value is, in words: "text or a number". */
export function inWords(type: StaticType): string {
  return kindsOf(type)
    .map((kind) => WORDS[kind])
    .join(' or ');
}

/** The same, or nothing at all. */
export function orNothing(type: StaticType): StaticType {
  return mayBe(type, 'nothing') ? type : { ...type, kinds: new Set([...type.kinds, 'nothing']) };
}

/** The same where it is there: what a guard such as `$exists(x)` leaves. */
export function present(type: StaticType): StaticType {
  return { ...type, kinds: new Set([...type.kinds].filter((kind) => kind !== 'nothing')) };
}

/** What the elements of a list may be; of lists that were all empty, nothing is known. */
export function itemOf({ item }: StaticType): StaticType {
  return item === undefined || item.kinds.size === 0 ? ANY : item;
}

/** The same where it is no list. */
export function asSingle(type: StaticType): StaticType {
  const kinds = new Set([...type.kinds].filter((kind) => kind !== 'list'));
  return { kinds, ...(type.fields ? { fields: type.fields } : {}) };
}

/** What may be either of the two. */
export function either(a: StaticType, b: StaticType): StaticType {
  if (a === b) return a;
  const kinds = new Set([...a.kinds, ...b.kinds]);
  const fields = joined(a, b, 'object', (type) => type.fields, fieldsOfEither);
  const item = joined(a, b, 'list', (type) => type.item, either);
  const values = valuesOfEither(a, b);
  return {
    kinds,
    ...(fields === undefined ? {} : { fields }),
    ...(item === undefined ? {} : { item }),
    ...(values === undefined ? {} : { values }),
  };
}

/** A part that only one of the two can have is that one's; one that is unknown in either is unknown. */
function joined<T>(
  a: StaticType,
  b: StaticType,
  kind: Kind,
  part: (type: StaticType) => T | undefined,
  join: (a: T, b: T) => T,
): T | undefined {
  if (!mayBe(a, kind)) return part(b);
  if (!mayBe(b, kind)) return part(a);
  const [mine, other] = [part(a), part(b)];
  return mine === undefined || other === undefined ? undefined : join(mine, other);
}

type Fields = ReadonlyMap<string, StaticType>;

function fieldsOfEither(a: Fields, b: Fields): Fields {
  const names = new Set([...a.keys(), ...b.keys()]);
  return new Map([...names].map((name) => [name, either(a.get(name) ?? NOTHING, b.get(name) ?? NOTHING)]));
}

/** More than these are no longer a choice of a few. */
const MAX_VALUES = 50;

function valuesOfEither(a: StaticType, b: StaticType): readonly Json[] | undefined {
  const [mine, other] = [a, b].map((type) => type.values ?? (isOnlyNothing(type) ? [] : undefined));
  if (!mine || !other || mine.length + other.length > MAX_VALUES) return undefined;
  return [...mine, ...other];
}

function isOnlyNothing({ kinds }: StaticType): boolean {
  return [...kinds].every((kind) => kind === 'nothing');
}

/** The one value that there is for every record. */
export function constantOf({ kinds, values }: StaticType): Json | undefined {
  return values?.length === 1 && !kinds.has('nothing') ? values[0] : undefined;
}
