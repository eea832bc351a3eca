import { isObject } from '../model/json.ts';
import { messageOf } from '../model/problem.ts';
import type { Problem } from '../model/problem.ts';
import { problemAt, warningAt } from './problem-at.ts';
import { child, entriesOf, textOf } from './tree.ts';
import type { Node } from './tree.ts';

export type SampleRecord = Readonly<Record<string, unknown>>;

/** The sample's records by the source's name. A source without one, or with one that can't be read, is not in it. */
export type Samples = ReadonlyMap<string, readonly SampleRecord[]>;

/** More of them hardly teach anything new, and each costs time. */
const MAX_RECORDS = 1000;

/** A `sample` of a source: where it is written, and its path as written. */
export interface SampleFile {
  readonly source: string;
  readonly path: string;
  readonly node: Node;
}

/** The samples that a config names. */
export function sampleFiles(root: Node): readonly SampleFile[] {
  return entriesOf(child(root, 'sources')).flatMap(({ name, value }) => {
    const node = child(value, 'sample');
    const path = textOf(node);
    return node && path && !path.includes('${') ? [{ source: name, path, node }] : [];
  });
}

/** The text of a sample → its records: a list of objects, or one of them. */
export function parseSample(
  { path, node }: SampleFile,
  text: string,
): { readonly records: readonly SampleRecord[] } | { readonly problem: Problem } {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (thrown) {
    const message = `the sample "${path}" is no JSON: ${messageOf(thrown)}`;
    return { problem: problemAt('sample', node.at, message, 'correct it, or take the line out') };
  }
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const records = list.filter(isObject);
  if (records.length === list.length && records.length > 0) return { records: records.slice(0, MAX_RECORDS) };
  if (list.length === 0) return { problem: emptySample({ path, node }) };
  const message = `the sample "${path}" holds something that is no record`;
  return { problem: problemAt('sample', node.at, message, RECORDS) };
}

const RECORDS = 'write a JSON list of records: [{ … }, { … }]';

/** It says nothing of the source, and nothing wrong. */
export function emptySample({ path, node }: Pick<SampleFile, 'path' | 'node'>): Problem {
  return warningAt('sample', node.at, `the sample "${path}" holds no record`, RECORDS);
}
