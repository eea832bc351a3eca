import { readFile, writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import type { LoadedTests } from '../config/mapping-tests/load.ts';
import { readTests } from '../config/mapping-tests/read-tests.ts';
import { updateTests } from '../config/mapping-tests/update-tests.ts';
import { compare } from '../engine/mapping-tests/compare.ts';
import type { TestReport } from '../engine/mapping-tests/run-tests.ts';
import type { TestResult } from '../model/mapping-test.ts';
import { failure, messageOf } from '../model/problem.ts';
import { printable } from './print/print-problems.ts';

/** What became of the tests that failed. */
export interface Updated {
  readonly updated: readonly TestResult[];
  /** What they expect stands behind an alias or a merge, where other tests use it too. */
  readonly left: readonly TestResult[];
}

/** Writes what failing tests got into their files. Throws `BoothsyncError` for a file that can't be written. */
export async function updateFiles({ files }: LoadedTests, { results }: TestReport): Promise<Updated> {
  const updated: TestResult[] = [];
  for (const file of files) {
    const own = results.filter(({ test }) => test.at.file === file);
    const failed = own.filter(({ differences }) => differences.length > 0);
    if (failed.length === 0) continue;
    const before = await readFile(file, 'utf8');
    const after = rewritten(before, own, failed);
    if (after.updated.length > 0) await write(file, after.text);
    updated.push(...after.updated);
  }
  const left = results.filter((each) => each.differences.length > 0 && !updated.includes(each));
  return { updated, left };
}

/** All at once, or where that breaks something, those of them that can be one by one. */
function rewritten(
  before: string,
  own: readonly TestResult[],
  failed: readonly TestResult[],
): { readonly text: string; readonly updated: readonly TestResult[] } {
  const all = updateTests(before, failed);
  const passing = own.filter((each) => !failed.includes(each));
  if (holds(all, [...passing, ...failed])) return { text: all, updated: failed };
  let text = before;
  const updated: TestResult[] = [];
  for (const each of failed) {
    const next = updateTests(text, [each]);
    if (!holds(next, [...passing, ...updated, each])) continue;
    text = next;
    updated.push(each);
  }
  return { text, updated };
}

/** True where each of these tests of a text expects what it got. */
function holds(text: string, results: readonly TestResult[]): boolean {
  const syncs = results.map(({ test }) => test.sync);
  const { tests } = readTests('', text.replace(/^\uFEFF/, ''), syncs);
  return results.every(({ test, got }) => {
    const again = tests.find(({ index }) => index === test.index);
    return again !== undefined && compare(again.expect, got).length === 0;
  });
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw failure(
      'file-unreadable',
      `${file} can't be written: ${messageOf(error)}`,
      'correct its permissions',
      error,
    );
  }
}

export function updatedAsText({ updated, left }: Updated): string {
  if (updated.length + left.length === 0) return 'all tests pass: nothing to update';
  const names = (results: readonly TestResult[]): string[] =>
    results.map(({ test }) => `  ${printable(test.name)}`);
  return [
    ...(updated.length > 0 ? ['updated, see that it is what you want:', ...names(updated)] : []),
    ...(left.length > 0
      ? [
          'left: what they expect is shared with others by an alias or "<<", so change it by hand:',
          ...names(left),
        ]
      : []),
  ].join('\n');
}

export function updatedAsJson({ updated, left }: Updated, cwd: string): string {
  const listed = (results: readonly TestResult[]): object[] =>
    results.map(({ test }) => ({ name: test.name, sync: test.sync, file: relative(cwd, test.at.file) }));
  return JSON.stringify({ updated: listed(updated), left: listed(left) }, null, 2);
}
