import { isObject, type Json, type JsonObject } from '../../model/json.ts';
import type { Expectation, MappingTest, Wanted } from '../../model/mapping-test.ts';
import type { Problem } from '../../model/problem.ts';
import { seen } from '../explain-value.ts';
import { didYouMean, nearest } from '../nearest.ts';
import { problemAt } from '../problem-at.ts';
import { readYaml } from '../read-yaml.ts';
import { child, entriesOf, entryAt, startOf, textOf, valueOf, type Node } from '../tree.ts';

export interface TestsRead {
  readonly tests: readonly MappingTest[];
  readonly problems: readonly Problem[];
}

const FILE = ['tests'];
const TEST = ['name', 'sync', 'record', 'before', 'event', 'expect'];
const EXPECT = ['key', 'fields', 'with', 'tags', 'exact', 'error'];
const TAGS = ['add', 'remove'];

const OUTCOMES = 'give it { key, fields, tags }, { error: words of the reason }, skipped or deleted';
const MAPS: Readonly<Record<string, string>> = {
  fields: 'write fields: { firstName: Ann }',
  with: 'write with: { workflowId: abc }',
  tags: 'write tags: { add: [ … ] }, or { remove: [ … ] }',
};
const SHAPE = 'give it { name, sync, record, expect }';

/** The tests of a `*.test.yaml`; `syncs` are the names that its config has. */
export function readTests(file: string, text: string, syncs: readonly string[]): TestsRead {
  const { root, problems } = readYaml(file, text);
  if (!root || problems.length > 0) return { tests: [], problems };
  const list = child(root, 'tests');
  const isBare = !list && entriesOf(root).some(({ name }) => TEST.includes(name));
  const strange = isBare ? [] : unknownIn(root, FILE);
  if (list?.kind !== 'list') {
    const at = startOf((list ?? root).at);
    const missing = problemAt(
      'wrong-type',
      at,
      'the file holds no list of tests',
      `begin with "tests:"; ${SHAPE}`,
    );
    return { tests: [], problems: strange.length > 0 ? strange : [missing] };
  }
  const read = list.items.map((node, index) => readTest(node, index, syncs));
  return {
    tests: read.flatMap(({ test }) => (test ? [test] : [])),
    problems: [...strange, ...read.flatMap((one) => one.problems)],
  };
}

function readTest(
  node: Node,
  index: number,
  syncs: readonly string[],
): { readonly test?: MappingTest; readonly problems: readonly Problem[] } {
  if (node.kind !== 'map') return { problems: [problemAt('wrong-type', node.at, 'a test is a map', SHAPE)] };
  const sync = textOf(child(node, 'sync'));
  const problems = [
    ...unknownIn(node, TEST),
    ...missingIn(
      node,
      ['sync', 'record', 'expect'].filter((name) => !isMeant(node, name)),
    ),
    ...syncProblems(node, syncs),
    ...wrongIn(node, ['name', 'event'], isText, 'a text'),
    ...recordProblems(node, 'record'),
    ...recordProblems(node, 'before'),
    ...expectProblems(child(node, 'expect')),
  ];
  if (problems.length > 0 || sync === undefined) return { problems };
  const name = child(node, 'name');
  const before = child(node, 'before');
  const event = child(node, 'event');
  return {
    problems,
    test: {
      name: name ? textFrom(valueOf(name)) : `test ${index + 1}`,
      sync,
      record: valueOf(child(node, 'record')!) as JsonObject,
      before: before ? (valueOf(before) as JsonObject) : null,
      event: event ? textFrom(valueOf(event)) : null,
      expect: expectationOf(child(node, 'expect')!),
      at: entryAt(node, 'name')?.value.at ?? startOf(node.at),
      index,
    },
  };
}

/** `expects` was told: a name that was probably meant is not missing as well. */
function isMeant(node: Node, name: string): boolean {
  return entriesOf(node).some((entry) => !TEST.includes(entry.name) && nearest(entry.name, TEST) === name);
}

function unknownIn(node: Node, known: readonly string[]): readonly Problem[] {
  return entriesOf(node)
    .filter(({ name }) => !known.includes(name))
    .map(({ name, key }) =>
      problemAt('unknown-property', key, `unknown property "${name}"`, didYouMean(name, known, SHAPE)),
    );
}

function missingIn(node: Node, names: readonly string[]): readonly Problem[] {
  return names
    .filter((name) => !entryAt(node, name))
    .map((name) => problemAt('missing-property', startOf(node.at), `the test has no "${name}"`, SHAPE));
}

function syncProblems(node: Node, syncs: readonly string[]): readonly Problem[] {
  const at = child(node, 'sync');
  const name = textOf(at);
  if (!at || (name !== undefined && syncs.includes(name))) return [];
  const remedy = didYouMean(name ?? '', syncs, 'name a sync of the config');
  return [problemAt('unknown-sync', at.at, `unknown sync "${name ?? ''}"`, remedy)];
}

function recordProblems(node: Node, name: string): readonly Problem[] {
  const at = child(node, name);
  return !at || at.kind === 'map'
    ? []
    : [
        problemAt(
          'wrong-type',
          at.at,
          `"${name}" is a record`,
          'give it a map of the fields that the source sends',
        ),
      ];
}

function expectProblems(node: Node | undefined): readonly Problem[] {
  const word = textOf(node);
  if (!node || word === 'skipped' || word === 'deleted') return [];
  if (node.kind !== 'map')
    return [
      problemAt('wrong-type', node.at, `${JSON.stringify(valueOf(node))} is nothing to expect`, OUTCOMES),
    ];
  const tags = child(node, 'tags');
  return [
    ...unknownIn(node, EXPECT),
    ...(tags?.kind === 'map' ? unknownIn(tags, TAGS) : []),
    ...['fields', 'with', 'tags'].flatMap((name) => {
      const at = child(node, name);
      return at && at.kind !== 'map'
        ? [problemAt('wrong-type', at.at, `"${name}" takes a map, not ${seen(at)}`, MAPS[name]!)]
        : [];
    }),
    ...wrongIn(node, ['key', 'error'], isText, 'a text'),
    ...wrongIn(node, ['exact'], (value) => typeof value === 'boolean', 'true or false'),
    ...wrongIn(tags, TAGS, isTexts, 'a tag or a list of tags'),
    ...besideError(node),
  ];
}

/** Values that would be read as something else than was meant. */
function wrongIn(
  node: Node | undefined,
  names: readonly string[],
  isRight: (value: Json) => boolean,
  what: string,
): readonly Problem[] {
  return names.flatMap((name) => {
    const found = child(node, name);
    if (!found || isRight(valueOf(found))) return [];
    const message = `"${name}" is ${what}, not ${JSON.stringify(valueOf(found))}`;
    return [problemAt('wrong-type', found.at, message, `write ${what}, or leave the line out`)];
  });
}

function isText(value: Json): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function isTexts(value: Json): boolean {
  return Array.isArray(value) ? value.every(isText) : isText(value);
}

/** A dead letter has neither key nor fields: what is expected of them would never be looked at. */
function besideError(node: Node): readonly Problem[] {
  if (!child(node, 'error')) return [];
  return entriesOf(node)
    .filter(({ name }) => EXPECT.includes(name) && name !== 'error')
    .map(({ name, key }) =>
      problemAt('bad-value', key, `a dead letter has no "${name}"`, 'take it out, or the "error"'),
    );
}

function expectationOf(node: Node): Expectation {
  const value = valueOf(node);
  if (value === 'deleted') return { type: 'deleted' };
  if (!isObject(value)) return { type: 'skipped' };
  const { error, exact, ...wanted } = value;
  if (error !== undefined) return { type: 'error', words: textFrom(error) };
  return { type: 'mapped', wanted: wantedOf(wanted), exact: exact === true };
}

function wantedOf({ key, fields, with: parameters, tags }: JsonObject): Wanted {
  const named = { ...asObject(parameters), ...asObject(fields) };
  const { add, remove } = asObject(tags);
  return {
    ...(key === undefined ? {} : { key: textFrom(key) }),
    ...(fields === undefined && parameters === undefined ? {} : { fields: named }),
    tags: {
      ...(add === undefined ? {} : { add: textsFrom(add) }),
      ...(remove === undefined ? {} : { remove: textsFrom(remove) }),
    },
  };
}

function asObject(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** A key that is written as a number is its text. */
function textFrom(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function textsFrom(value: Json): readonly string[] {
  return Array.isArray(value) ? value.map(textFrom) : [textFrom(value)];
}
