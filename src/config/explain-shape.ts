import type { Problem, Span } from '../model/problem.ts';
import type { Schema } from './json-schema.ts';
import { explainValue } from './explain-value.ts';
import { nearest } from './nearest.ts';
import { problemAt } from './problem-at.ts';
import { placeName, propertiesOf, resolve, schemaOfMissing, typesOf } from './shape.ts';
import type { Shape } from './shape.ts';
import { child, entryAt, nameSpan } from './tree.ts';
import type { Path } from './tree.ts';
import { extraName, isFirst, unknownNames, unknownProperty } from './unknown-names.ts';

/** A misspelt name and the one that was probably meant, where there is one. */
export interface Rename {
  readonly path: Path;
  readonly from: string;
  readonly to: string | undefined;
  /** The map beside it where it belongs. */
  readonly under?: string;
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
  // A misspelt name is unknown, and the right one missing: one mistake. So is one that stands a level too high.
  const explained = new Set([
    ...unknown.flatMap(({ guess, under }) => guess ?? under ?? []),
    ...shape.above.filter(({ keyword }) => keyword === 'additionalProperties').map(extraName),
  ]);
  const problems = [
    ...unknown.filter(isFirst).map((each) => unknownProperty(shape, each, unknown)),
    ...names.map((error) => badName(shape, (error.params as { propertyName: string }).propertyName)),
    ...missing.filter((name) => !explained.has(name)).map((name) => missingProperty(shape, name)),
  ];
  const renames = unknown.map(({ name, guess, under }) => ({
    path: shape.path,
    from: name,
    // `parent: { contacts: email }`: what stands behind the name is no name of a sync.
    to: isSyncName(shape, name) ? undefined : guess,
    ...(under === undefined ? {} : { under }),
  }));
  if (problems.length > 0 || missing.length > 0) return { problems, renames };
  return {
    problems: [combination(shape) ?? explainValue(shape)].filter((each) => each !== undefined),
    renames,
  };
}

function isSyncName({ root, path }: Shape, name: string): boolean {
  return path.at(-1) === 'parent' && child(root, 'syncs', name) !== undefined;
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

/** Names that `required` asks for; those of bare alternatives are told by the alternatives' own message. */
function missingNames({ errors }: Shape): readonly string[] {
  const own = errors.filter(({ keyword, schemaPath, parentSchema }) => {
    const bare = (parentSchema as Schema | undefined)?.properties === undefined;
    return keyword === 'required' && !(bare && /\/(?:anyOf|oneOf)\/\d+\/required$/.test(schemaPath));
  });
  return [...new Set(own.map((error) => (error.params as { missingProperty: string }).missingProperty))];
}

function badName(shape: Shape, name: string): Problem {
  const isLet = shape.path.at(-1) === 'let';
  const reserved = isLet && /^[a-z]+$/i.test(name);
  const message = reserved ? `$${name} is built in` : `"${name}" can't be a name here`;
  const allowed = isLet ? 'letters, digits and _' : 'letters, digits, _ and -';
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
