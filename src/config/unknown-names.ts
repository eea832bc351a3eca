import type { ErrorObject } from 'ajv';
import type { Problem } from '../model/problem.ts';
import type { Schema } from './json-schema.ts';
import { didYouMean, nearest } from './nearest.ts';
import { otherWordFor } from './other-words.ts';
import { problemAt } from './problem-at.ts';
import { placeName, propertiesOf, schemaOfMissing } from './shape.ts';
import type { Shape } from './shape.ts';
import { child, entryAt, nameSpan } from './tree.ts';
import type { Node, Path } from './tree.ts';

/** A property that is not there, and what was probably meant. */
export interface UnknownName {
  readonly name: string;
  readonly guess: string | undefined;
  /** The guess is another word, known by what is missing alone. */
  readonly isOther?: boolean;
  /** The guess is what other tools call it: several of them in one map are one mistake. */
  readonly isForeign?: boolean;
  /** One of those of a map that a field is to hold as it stands: `{ New: open, Won: won }`. */
  readonly isData?: boolean;
  /** The map beside it where it belongs. */
  readonly under?: string | undefined;
  /** The schema of the map that it stands in. */
  readonly parent: Schema;
}

export function unknownNames(shape: Shape, missing: readonly string[]): readonly UnknownName[] {
  // Beside `call`, `to` is the mistake: what belongs to it is none of its own.
  const hasTo = entryAt(shape.root, ...shape.path, 'to') !== undefined;
  const errors = shape.errors.filter(
    (error) =>
      error.keyword === 'additionalProperties' &&
      !(
        hasTo &&
        isElsewhere(shape, extraName(error), Object.keys((error.parentSchema as Schema).properties ?? {}))
      ),
  );
  const isData = isDataOfField(shape, errors.map(extraName));
  return errors.map((error) => {
    const name = extraName(error);
    const parent = (error.parentSchema ?? {}) as Schema;
    if (isData) return { name, guess: undefined, isData, parent };
    // The very word, where its map is missing, before one that is like it: `query` is no `every`.
    const exact = missing.find((each) =>
      propertiesOf(shape.schema, parent.properties?.[each]).includes(name),
    );
    if (exact !== undefined) return { name, guess: undefined, under: exact, parent };
    const near =
      wordOfOtherSync(shape.path, name, parent) ??
      nearest(name, missing) ??
      nearest(name, Object.keys(parent.properties ?? {}));
    if (near !== undefined) return { name, guess: near, parent };
    const foreign = otherWordFor(name, absent(shape, parent));
    if (foreign !== undefined) return { name, guess: foreign, isForeign: true, parent };
    const under = mapFor(shape, name, missing, parent);
    if (under !== undefined) return { name, guess: undefined, under, parent };
    // Another word for the one thing that is missing: `source` for `from`.
    const only = errors.length === 1 && missing.length === 1 ? missing[0] : undefined;
    const isOther = only !== undefined && couldBe(shape, name, only);
    return { name, guess: isOther ? only : undefined, isOther, parent };
  });
}

/** A field's map without any of the forms of a field, and none that is nearly one: data, or an object of JSONata. */
function isDataOfField({ root, path }: Shape, names: readonly string[]): boolean {
  const isField = path[0] === 'syncs' && (path[2] === 'fields' || path[2] === 'with') && path.length > 3;
  const map = isField ? child(root, ...path) : undefined;
  if (map?.kind !== 'map' || names.length < 2 || names.length < map.entries.size) return false;
  return names.every(
    (name) => !FIELD_FORMS.some((form) => nearest(name, [form]) !== undefined && name.length > 3),
  );
}

export function extraName(error: ErrorObject): string {
  return (error.params as { additionalProperty: string }).additionalProperty;
}

function absent({ root, path }: Shape, { properties = {} }: Schema): readonly string[] {
  return Object.keys(properties).filter((name) => !entryAt(root, ...path, name));
}

/** A map may be what wants a map, and one value what wants one. */
function couldBe(shape: Shape, name: string, missing: string): boolean {
  const kind = child(shape.root, ...shape.path, name)?.kind;
  const type = schemaOfMissing(shape, missing)?.type;
  return type === undefined || (type === 'object') === (kind === 'map');
}

/** The map beside it that takes such a name: `path` for `request`, `token` for `auth`, `email` for `fields`. */
function mapFor(shape: Shape, name: string, missing: readonly string[], parent: Schema): string | undefined {
  const known = Object.keys(parent.properties ?? {});
  const takes = known.find((each) => propertiesOf(shape.schema, parent.properties?.[each]).includes(name));
  if (takes !== undefined) return takes;
  const value = child(shape.root, ...shape.path, name);
  const free = missing.find((each) => {
    const schema = schemaOfMissing(shape, each);
    return schema?.type === 'object' && typeof schema.additionalProperties === 'object' && !schema.properties;
  });
  if (free !== undefined && value?.kind === 'scalar') return free;
  return looksLikeField(value) ? blockOfSync(shape, name, known) : undefined;
}

/** Where a sync keeps what has a name of the target's. */
function blockOfSync(shape: Shape, name: string, known: readonly string[]): string | undefined {
  if (!isSync(shape.path) || isElsewhere(shape, name, known) || isOfCalls(shape, name, known))
    return undefined;
  return ['fields', 'with'].find((each) => known.includes(each));
}

function looksLikeField(value: Node | undefined): boolean {
  if (value?.kind === 'map')
    return value.entries.size > 0 && [...value.entries.keys()].every((key) => FIELD_FORMS.includes(key));
  return value?.kind === 'scalar' && value.value !== null;
}

const FIELD_FORMS: readonly string[] = ['value', 'text', 'expr', 'on'];

/** True for the first of those that stand together at the wrong level, or are of another language: one mistake. */
export function isFirst(unknown: UnknownName, _index: number, all: readonly UnknownName[]): boolean {
  if (unknown.isForeign) return all.find(({ isForeign }) => isForeign) === unknown;
  if (unknown.isData) return all.find(({ isData }) => isData) === unknown;
  return unknown.under === undefined || all.find(({ under }) => under === unknown.under) === unknown;
}

export function unknownProperty(
  shape: Shape,
  unknown: UnknownName,
  all: readonly UnknownName[] = [],
): Problem {
  const { name } = unknown;
  const message = `unknown property "${name}" of ${placeName(shape.path)}`;
  const at = nameSpan(shape.root, [...shape.path, name]);
  return problemAt('unknown-property', at, message, remedyFor(shape, unknown, all));
}

function remedyFor(shape: Shape, unknown: UnknownName, all: readonly UnknownName[]): string {
  const { name, guess, isOther, under, parent } = unknown;
  if (unknown.isData)
    return 'write { value: { … } } for a map as it stands, or an expression in single quotes';
  const known = Object.keys(parent.properties ?? {});
  const value = valueMeant(shape, name, known);
  if (value !== undefined) return value;
  const foreign = unknown.isForeign ? all.filter((each) => each.isForeign && each !== unknown) : [];
  if (foreign.length > 0) {
    const more = foreign.map((each) => `"${each.guess ?? ''}" for "${each.name}"`).join(', ');
    return `did you mean "${guess ?? ''}"? And ${more}`;
  }
  if (guess !== undefined)
    return isOther ? `"${guess}" is missing here: if this is it, write ${guess}` : `did you mean "${guess}"?`;
  if (under !== undefined) return lowerRemedy(shape, unknown, under, all);
  if (isElsewhere(shape, name, known)) return 'it belongs to a sync with "to"';
  if (isOfCalls(shape, name, known)) return 'it belongs to a sync with "call"';
  const remedy = didYouMean(name, known, 'remove it');
  const isAnchor = shape.path.length === 0 && child(shape.root, name)?.kind !== 'scalar';
  return isAnchor && remedy.startsWith('known')
    ? `${remedy}; a name of your own begins with x-: x-${name}`
    : remedy;
}

/** A value that was written as a name. */
function valueMeant({ root, path }: Shape, name: string, known: readonly string[]): string | undefined {
  // `done:14d` is one word to YAML.
  const [, first = '', value = ''] = /^([A-Za-z]\w*):(\S.*)$/.exec(name) ?? [];
  if (known.includes(first)) return `put a blank after the colon: "${first}: ${value}"`;
  const last = String(path.at(-1));
  // `onLeave: { delete: true }`
  if (['onDelete', 'onLeave'].includes(last) && ['delete', 'ignore'].includes(name))
    return `write ${last}: ${name}`;
  const isSync = last === 'parent' && child(root, 'syncs', name) !== undefined;
  return isSync ? `write { sync: ${name}, key: … }` : undefined;
}

function lowerRemedy(
  shape: Shape,
  { name, parent }: UnknownName,
  under: string,
  all: readonly UnknownName[],
): string {
  const more = all
    .filter((each) => each.under === under && each.name !== name)
    .map((each) => `"${each.name}"`);
  const others = more.length === 0 ? '' : `, as ${more.join(', ')} ${more.length === 1 ? 'does' : 'do'}`;
  const schema = parent.properties?.[under];
  const inside = propertiesOf(shape.schema, schema);
  if (isSync(shape.path) && !inside.includes(name)) {
    const known = Object.keys(parent.properties ?? {})
      .slice(0, 12)
      .join(', ');
    const what = under === 'with' ? 'a parameter' : 'a field';
    return `${what} stands under ${under}${others}; known here, among others: ${known}`;
  }
  const typed = inside.includes('type') && !entryAt(shape.root, ...shape.path, under);
  return `it stands under ${under}${typed ? ', with a type' : ''}${others}`;
}

function isSync(path: Path): boolean {
  return path[0] === 'syncs' && path.length === 2;
}

/** What a sync with `to` calls `fields`, a call calls `with`. */
function wordOfOtherSync(path: Path, name: string, parent: Schema): string | undefined {
  const other = isSync(path) ? { fields: 'with', with: 'fields' }[name] : undefined;
  return other !== undefined && parent.properties?.[other] ? other : undefined;
}

/** A property of a sync that writes a resource, in one that calls an action. */
function isElsewhere({ path, schema }: Shape, name: string, known: readonly string[]): boolean {
  const isCall = isSync(path) && known.includes('with');
  return isCall && propertiesOf(schema, schema.definitions?.['targetSync']).includes(name);
}

/** The other way round. */
function isOfCalls({ path, schema }: Shape, name: string, known: readonly string[]): boolean {
  const isTarget = isSync(path) && known.includes('fields');
  return isTarget && propertiesOf(schema, schema.definitions?.['callSync']).includes(name);
}
