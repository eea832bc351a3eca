import { isNode, parseDocument, stringify } from 'yaml';
import type { Got, TestResult, Wanted } from '../../model/mapping-test.ts';

/** The text of a `*.test.yaml` in which these tests expect what they got; every other character stays. */
export function updateTests(text: string, results: readonly TestResult[]): string {
  const document = parseDocument(text);
  const edits = results.flatMap(({ test, got }) => {
    const node = document.getIn(['tests', test.index, 'expect'], true);
    const exact = test.expect.type === 'mapped' && test.expect.exact;
    if (!isNode(node) || !node.range) return [];
    const [start, end] = node.range;
    // A block's range goes on to the next line's begin.
    const length = text.slice(start, end).trimEnd().length;
    return [{ start, end: start + length, words: inFlow(expectationFor(got, exact)) }];
  });
  // From the end, so that the places before stay where they are.
  return edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((edited, { start, end, words }) => edited.slice(0, start) + words + edited.slice(end), text);
}

/** On one line, which is right wherever a value may stand. */
function inFlow(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: true }).trimEnd();
}

function expectationFor(got: Got, exact: boolean): unknown {
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
