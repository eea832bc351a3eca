import type { ErrorObject } from 'ajv';
import type { Problem, Span } from '../model/problem.ts';
import type { Schema } from './json-schema.ts';
import { explainValue } from './explain-value.ts';
import { didYouMean, nearest } from './nearest.ts';
import { otherWordFor } from './other-words.ts';
import { problemAt } from './problem-at.ts';
import { placeName, resolve, typesOf } from './shape.ts';
import type { Shape } from './shape.ts';
import { child, entryAt, nameSpan } from './tree.ts';
import type { Path } from './tree.ts';

/** A misspelt name and the one that was probably meant, where there is one. */
export interface Rename {
  readonly path: Path;
  readonly from: string;
  readonly to: string | undefined;
}

export interface Explained {
  readonly problems: readonly Problem[];
  readonly renames: readonly Rename[];
}

/** The validator's errors at one place → one problem for each mistake there. */
export function explainShape(shape: Shape): Explained {
  const unnamed = unnamedCall(shape);
  if (unnamed) return unnamed;
  const missing = missingNames(shape);
  const unknown = unknownNames(shape, missing);
  const names = shape.errors.filter(({ keyword }) => keyword === 'propertyNames');
  // A misspelt name is unknown, and the right one missing: one mistake.
  const explained = new Set(unknown.map(({ guess }) => guess));
  const problems = [
    ...unknown.map((each) => unknownProperty(shape, each)),
    ...names.map((error) => badName(shape, (error.params as { propertyName: string }).propertyName)),
    ...missing.filter((name) => !explained.has(name)).map((name) => missingProperty(shape, name)),
  ];
  const renames = unknown.map(({ name, guess }) => ({ path: shape.path, from: name, to: guess }));
  if (problems.length > 0) return { problems, renames };
  return {
    problems: [combination(shape) ?? explainValue(shape)].filter((each) => each !== undefined),
    renames,
  };
}

/** `action: ghl.add-tags` with parameters under `with`: the schema takes it for a sync that lacks its `to`. */
function unnamedCall(shape: Shape): Explained | undefined {
  const node = child(shape.root, ...shape.path);
  if (shape.path[0] !== 'syncs' || shape.path.length !== 2 || node?.kind !== 'map') return undefined;
  if (!node.entries.has('with') || node.entries.has('to') || node.entries.has('call')) return undefined;
  const known = propertiesOf(shape.schema, shape.schema.definitions?.['callSync']);
  const [stray, ...more] = [...node.entries.keys()].filter(
    (name) => !name.startsWith('x-') && !known.includes(name),
  );
  if (stray === undefined || more.length > 0) {
    const message = `${placeName(shape.path)} has no "call"`;
    const problem = problemAt(
      'missing-property',
      nameSpan(shape.root, shape.path),
      message,
      'add call: ghl.add-tags',
    );
    return { problems: [problem], renames: [] };
  }
  const parent = resolve(shape.schema, shape.schema.definitions?.['callSync']) ?? {};
  const rename = { path: shape.path, from: stray, to: 'call' };
  return { problems: [unknownProperty(shape, { name: stray, guess: 'call', parent })], renames: [rename] };
}

interface UnknownName {
  readonly name: string;
  readonly guess: string | undefined;
  /** The guess is another word, known by what is missing alone. */
  readonly isOther?: boolean;
  /** The schema of the map that it stands in. */
  readonly parent: Schema;
}

function unknownNames(shape: Shape, missing: readonly string[]): readonly UnknownName[] {
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
  return errors.map((error) => {
    const name = extraName(error);
    const parent = (error.parentSchema ?? {}) as Schema;
    const near =
      wordOfOtherSync(shape.path, name, parent) ??
      nearest(name, missing) ??
      nearest(name, Object.keys(parent.properties ?? {})) ??
      otherWordFor(name, absent(shape, parent));
    // Another word for the one thing that is missing: `source` for `from`.
    const only = errors.length === 1 && missing.length === 1 ? missing[0] : undefined;
    const isOther = near === undefined && only !== undefined && couldBe(shape, name, only);
    return { name, guess: isOther ? only : near, isOther, parent };
  });
}

function extraName(error: ErrorObject): string {
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

/** Names that `required` asks for; those of bare alternatives are told by the alternatives' own message. */
function missingNames({ errors }: Shape): readonly string[] {
  const own = errors.filter(({ keyword, schemaPath, parentSchema }) => {
    const bare = (parentSchema as Schema | undefined)?.properties === undefined;
    return keyword === 'required' && !(bare && /\/(?:anyOf|oneOf)\/\d+\/required$/.test(schemaPath));
  });
  return [...new Set(own.map((error) => (error.params as { missingProperty: string }).missingProperty))];
}

function unknownProperty(shape: Shape, { name, guess, isOther, parent }: UnknownName): Problem {
  const known = Object.keys(parent.properties ?? {});
  const inside = known.find((each) => propertiesOf(shape.schema, parent.properties?.[each]).includes(name));
  let remedy = didYouMean(name, known, 'remove it');
  if (inside !== undefined) remedy = `it stands under ${inside}`;
  if (isElsewhere(shape, name, known)) remedy = 'it belongs to a sync with "to"';
  if (isOfCalls(shape, name, known)) remedy = 'it belongs to a sync with "call"';
  if (guess !== undefined)
    remedy = isOther
      ? `"${guess}" is missing here: if this is it, write ${guess}`
      : `did you mean "${guess}"?`;
  const message = `unknown property "${name}" of ${placeName(shape.path)}`;
  return problemAt('unknown-property', nameSpan(shape.root, [...shape.path, name]), message, remedy);
}

/** What a sync with `to` calls `fields`, a call calls `with`. */
function wordOfOtherSync(path: Path, name: string, parent: Schema): string | undefined {
  if (path[0] !== 'syncs' || path.length !== 2) return undefined;
  const other = { fields: 'with', with: 'fields' }[name];
  return other !== undefined && parent.properties?.[other] ? other : undefined;
}

/** A property of a sync that writes a resource, in one that calls an action. */
function isElsewhere({ path, schema }: Shape, name: string, known: readonly string[]): boolean {
  const isCall = path[0] === 'syncs' && path.length === 2 && known.includes('with');
  return isCall && propertiesOf(schema, schema.definitions?.['targetSync']).includes(name);
}

/** The other way round. */
function isOfCalls({ path, schema }: Shape, name: string, known: readonly string[]): boolean {
  const isTarget = path[0] === 'syncs' && path.length === 2 && known.includes('fields');
  return isTarget && propertiesOf(schema, schema.definitions?.['callSync']).includes(name);
}

/** The property names of a schema, through references and `then`. */
function propertiesOf(root: Schema, schema: Schema | undefined): readonly string[] {
  const found = resolve(root, schema);
  return Object.keys(found?.properties ?? resolve(root, found?.then)?.properties ?? {});
}

function badName(shape: Shape, name: string): Problem {
  const isLet = shape.path.at(-1) === 'let';
  const reserved = isLet && /^[a-z]+$/i.test(name);
  const message = reserved ? `$${name} is built in` : `"${name}" can't be a name here`;
  const allowed = isLet ? 'a to z, A to Z, 0 to 9 and _' : 'a to z, A to Z, 0 to 9, _ and -';
  const plain = plainName(name, isLet ? '_' : '-');
  const remedy = reserved
    ? 'choose another name'
    : `begin with a letter, and use only ${allowed}${plain === undefined ? '' : `: ${plain}`}`;
  return problemAt('bad-value', nameSpan(shape.root, [...shape.path, name]), message, remedy);
}

/** A name in plain letters that is like this one, where there is one. */
function plainName(name: string, hyphen: string): string | undefined {
  const letters = name.replaceAll('ß', 'ss').normalize('NFD').replaceAll(/\p{M}/gu, '');
  const plain = letters.replaceAll(/[^A-Za-z0-9_]+/g, hyphen).replaceAll(/^[^A-Za-z_]+|[-_]+$/g, '');
  return /^[A-Za-z_]\w/.test(plain) ? plain : undefined;
}

function missingProperty(shape: Shape, name: string): Problem {
  const at = nameSpan(shape.root, shape.path);
  if (name === 'type') return missingType(shape, at);
  const message = `${placeName(shape.path)} has no "${name}"`;
  const example = name === 'version' ? '1' : schemaOfMissing(shape, name)?.examples?.[0];
  const remedy = `add ${name}: ${typeof example === 'string' || typeof example === 'number' ? example : '…'}`;
  return problemAt('missing-property', at, message, remedy);
}

function schemaOfMissing(shape: Shape, name: string): Schema | undefined {
  const owner = shape.errors.find(
    ({ keyword, params }) => keyword === 'required' && params['missingProperty'] === name,
  );
  return resolve(shape.schema, (owner?.parentSchema as Schema | undefined)?.properties?.[name]);
}

/** Without a type no alternative was tried, so that a misspelt `typ` was not told yet. */
function missingType(shape: Shape, at: Span): Problem {
  const node = child(shape.root, ...shape.path);
  const keys = node?.kind === 'map' ? [...node.entries.keys()] : [];
  const typo = keys.find((key) => nearest(key, ['type']) !== undefined);
  if (typo !== undefined) {
    const message = `unknown property "${typo}" of ${placeName(shape.path)}`;
    return problemAt(
      'unknown-property',
      nameSpan(shape.root, [...shape.path, typo]),
      message,
      'did you mean "type"?',
    );
  }
  const types = typesOf(shape).join(', ');
  return problemAt(
    'missing-property',
    at,
    `${placeName(shape.path)} has no "type"`,
    `add type: one of ${types}`,
  );
}

/** Properties that exclude or need each other, in the schema's own words. */
function combination(shape: Shape): Problem | undefined {
  const error = shape.errors.find(
    (each) => (each.parentSchema as Schema | undefined)?.['x-message'] !== undefined,
  );
  const schema = error?.parentSchema as Schema | undefined;
  if (!error || schema?.['x-message'] === undefined) return undefined;
  const named = [...JSON.stringify(error.schema).matchAll(/"([a-z]\w*)"/gi)].map((match) => match[1]!);
  const present = [...new Set(named)]
    .map((name) => entryAt(shape.root, ...shape.path, name)?.key)
    .filter((key) => key !== undefined)
    .sort((a, b) => a.start - b.start);
  const lacking = schema['x-missing'] === true && present.length < 2;
  const at = (lacking ? undefined : present.at(-1)) ?? nameSpan(shape.root, shape.path);
  return problemAt(
    lacking ? 'missing-property' : 'bad-value',
    at,
    schema['x-message'],
    schema['x-remedy'] ?? '',
  );
}
