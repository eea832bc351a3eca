import { resolve } from 'node:path';
import type { MappingTest } from '../../model/mapping-test.ts';
import type { Problem } from '../../model/problem.ts';
import { inOrder } from '../check.ts';
import { filesNamed, matching, readText } from '../files/load.ts';
import type { Texts } from '../texts.ts';
import { readTests } from './read-tests.ts';

export interface LoadedTests {
  readonly files: readonly string[];
  readonly tests: readonly MappingTest[];
  readonly problems: readonly Problem[];
  readonly texts: Texts;
}

const BESIDE = '**/*.test.{yaml,yml}';

/** The mapping tests of these files and globs, or else all of the folder and those below it. */
export async function loadTests(
  patterns: readonly string[],
  folder: string,
  syncs: readonly string[],
): Promise<LoadedTests> {
  const named = await Promise.all(patterns.map((pattern) => filesNamed(pattern, process.cwd())));
  const found = patterns.length > 0 ? named.flat() : await matching(BESIDE, folder);
  const files = [...new Set(found.map((file) => resolve(file)))].filter(
    (file) => !file.includes('/node_modules/'),
  );
  const texts = new Map<string, string>();
  const tests: MappingTest[] = [];
  const problems = patterns.filter((_, at) => named[at]?.length === 0).map(noFile);
  for (const file of files) {
    const text = await readText(file);
    if ('problem' in text) {
      problems.push(text.problem);
      continue;
    }
    texts.set(file, text.text);
    const read = readTests(file, text.text, syncs);
    tests.push(...read.tests);
    problems.push(...read.problems);
  }
  return { files, tests, problems: inOrder(problems), texts };
}

function noFile(pattern: string): Problem {
  const message = `no file matches ${pattern}`;
  const remedy = 'correct the path, or write one: tests: [{ name, sync, record, expect }]';
  return { code: 'file-unreadable', severity: 'error', message, remedy };
}
