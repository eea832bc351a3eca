import { Document, isMap, isNode, isScalar, parseDocument, visit } from 'yaml';
import type { Node as YamlNode, ToStringOptions, YAMLMap } from 'yaml';
import type { Difference, Got, TestResult, Wanted } from '../../model/mapping-test.ts';

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly words: string;
}

/**
 * The text of a `*.test.yaml` in which these tests expect what they got; every other character stays. Where only values
 * differ, only they are written. What stands behind an alias or a merge can't be, and stays.
 */
export function updateTests(text: string, results: readonly TestResult[]): string {
  const document = parseDocument(text, { uniqueKeys: false });
  const edits = results.flatMap((result) => {
    const node = document.getIn(['tests', result.test.index, 'expect'], true);
    return isNode(node) ? (valueEdits(text, node, result) ?? wholeEdit(text, node, result)) : [];
  });
  // From the end, so that the places before stay where they are.
  return edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((edited, { start, end, words }) => edited.slice(0, start) + words + edited.slice(end), text);
}

/** One for each value that differs; nothing where that is not all that differs. */
function valueEdits(text: string, expect: YamlNode, result: TestResult): readonly Edit[] | undefined {
  const { test, got, differences } = result;
  if (test.expect.type !== 'mapped' || got.type !== 'mapped' || !isMap(expect)) return undefined;
  const edits = differences.map((difference) => {
    const node = valueAt(expect, pathOf(expect, difference));
    const place = node && placeOf(text, node);
    // A value of no characters has no place to write at.
    if (!place || place.start === place.end) return undefined;
    return { ...place, words: inFlow(difference.got ?? null, habitsOf(text, node)) };
  });
  return edits.includes(undefined) ? undefined : edits.filter((edit) => edit !== undefined);
}

/** Where a difference stands in what is expected: a field's name may hold dots. */
function pathOf(expect: YAMLMap, { at }: Difference): readonly string[] {
  const [, block = '', name = ''] = /^(fields\.customFields|\w+)\.(.+)$/s.exec(at) ?? ['', at];
  const path = name === '' ? [block] : [...block.split('.'), name];
  // An action's fields may stand under `with`.
  const parameters = ['with', ...path.slice(1)];
  return block === 'fields' && valueAt(expect, parameters) ? parameters : path;
}

function valueAt(map: YAMLMap, path: readonly string[]): YamlNode | undefined {
  let found: unknown = map;
  for (const name of path) {
    if (!isMap(found)) return undefined;
    found = found.items.find(({ key }) => isScalar(key) && String(key.value) === name)?.value;
  }
  return isNode(found) ? found : undefined;
}

function wholeEdit(text: string, node: YamlNode, { test, got }: TestResult): readonly Edit[] {
  const place = placeOf(text, node);
  if (!place) return [];
  const exact = test.expect.type === 'mapped' && test.expect.exact;
  const expectation = expectationFor(got, exact);
  const isBlock = isMap(node) && node.flow !== true && typeof expectation === 'object';
  const habits = habitsOf(text, node);
  const words = isBlock ? inBlock(text, place.start, expectation, habits) : inFlow(expectation, habits);
  return [{ ...place, words }];
}

/** How the one who wrote a value writes: what takes its place is to look alike. */
interface Habits {
  readonly quote: 'QUOTE_SINGLE' | 'QUOTE_DOUBLE' | undefined;
  /** `[ a ]`, not `[a]`. */
  readonly padded: boolean;
}

function habitsOf(text: string, node: YamlNode): Habits {
  let quote: Habits['quote'];
  visit(node, {
    Scalar: (at, { type }) => {
      if (at === 'key' || (type !== 'QUOTE_SINGLE' && type !== 'QUOTE_DOUBLE')) return undefined;
      quote = type;
      return visit.BREAK;
    },
  });
  const place = placeOf(text, node);
  const written = place ? text.slice(place.start, place.end) : '';
  return { quote, padded: !/[[{][^\s\]}]/.test(written) };
}

function placeOf(
  text: string,
  { range }: YamlNode,
): { readonly start: number; readonly end: number } | undefined {
  if (!range) return undefined;
  const [start, end] = range;
  // A block's range goes on to the next line's begin.
  return { start, end: start + text.slice(start, end).trimEnd().length };
}

/** On one line, which is right wherever a value may stand: also in a list, as whose only item it is written. */
function inFlow(value: unknown, habits: Habits): string {
  const list = documentOf([value], habits).toString({ ...styleOf(habits), collectionStyle: 'flow' });
  const around = habits.padded ? 2 : 1;
  return list.trimEnd().slice(around, -around);
}

/** Below each other, at the column of `start`; lists on one line. */
function inBlock(text: string, start: number, value: object, habits: Habits): string {
  const column = start - (text.lastIndexOf('\n', start - 1) + 1);
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  return documentOf(value, habits)
    .toString(styleOf(habits))
    .trimEnd()
    .replaceAll('\n', newline + ' '.repeat(column));
}

/** Nothing is folded, so that each value stays on its line. */
function styleOf({ quote, padded }: Habits): ToStringOptions {
  return {
    lineWidth: 0,
    doubleQuotedAsJSON: true,
    singleQuote: quote === undefined ? null : quote === 'QUOTE_SINGLE',
    flowCollectionPadding: padded,
  };
}

function documentOf(value: unknown, { quote }: Habits): Document {
  const document = new Document(value);
  visit(document, {
    Seq: (_, list) => {
      list.flow = true;
    },
    Scalar: (at, scalar) => {
      if (typeof scalar.value !== 'string') return;
      if (scalar.value.includes('\n')) scalar.type = 'QUOTE_DOUBLE';
      else if (quote && at !== 'key') scalar.type = quote;
    },
  });
  return document;
}

function expectationFor(got: Got, exact: boolean): string | object {
  switch (got.type) {
    case 'skipped':
    case 'deleted':
      return got.type;
    case 'error':
      return { error: got.words };
    case 'mapped':
      return { ...withoutEmpty(got.mapped), ...(exact ? { exact } : {}) };
  }
}

function withoutEmpty({ key, fields, tags }: Required<Wanted>): object {
  const lists = Object.entries(tags).filter(([, list]) => list.length > 0);
  return {
    key,
    ...(Object.keys(fields).length > 0 ? { fields } : {}),
    ...(lists.length > 0 ? { tags: Object.fromEntries(lists) } : {}),
  };
}
