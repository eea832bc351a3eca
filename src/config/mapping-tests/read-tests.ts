import { isObject, type Json, type JsonObject } from '../../model/json.ts';
import type { Expectation, MappingTest, Wanted } from '../../model/mapping-test.ts';
import type { Problem } from '../../model/problem.ts';
import { didYouMean } from '../nearest.ts';
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

const SHAPE = 'give it { name, sync, record, expect }';

/** The tests of a `*.test.yaml`; `syncs` are the names that its config has. */
export function readTests(file: string, text: string, syncs: readonly string[]): TestsRead {
  const { root, problems } = readYaml(file, text);
  if (!root || problems.length > 0) return { tests: [], problems };
  const strange = unknownIn(root, FILE);
  const list = child(root, 'tests');
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
    ...missingIn(node, ['sync', 'record', 'expect']),
    ...syncProblems(node, syncs),
    ...recordProblems(node, 'record'),
    ...recordProblems(node, 'before'),
    ...expectProblems(child(node, 'expect')),
  ];
  if (problems.length > 0 || sync === undefined) return { problems };
  const name = textOf(child(node, 'name')) ?? `test ${index + 1}`;
  const before = child(node, 'before');
  return {
    problems,
    test: {
      name,
      sync,
      record: valueOf(child(node, 'record')!) as JsonObject,
      before: before ? (valueOf(before) as JsonObject) : null,
      event: textOf(child(node, 'event')) ?? null,
      expect: expectationOf(child(node, 'expect')!),
      at: entryAt(node, 'name')?.value.at ?? startOf(node.at),
      index,
    },
  };
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
  const remedy = 'give it { key, fields, tags }, { error: words of the reason }, skipped or deleted';
  if (node.kind !== 'map')
    return [
      problemAt('wrong-type', node.at, `${JSON.stringify(valueOf(node))} is nothing to expect`, remedy),
    ];
  const tags = child(node, 'tags');
  return [
    ...unknownIn(node, EXPECT),
    ...(tags?.kind === 'map' ? unknownIn(tags, TAGS) : []),
    ...['fields', 'with', 'tags'].flatMap((name) => {
      const at = child(node, name);
      return at && at.kind !== 'map' ? [problemAt('wrong-type', at.at, `"${name}" is a map`, remedy)] : [];
    }),
  ];
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
