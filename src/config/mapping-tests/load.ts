import { resolve } from 'node:path';
import type { MappingTest } from '../../model/mapping-test.ts';
import type { Problem } from '../../model/problem.ts';
import { matching, readText } from '../files/load.ts';
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
  const found = await Promise.all(
    patterns.length > 0
      ? patterns.map((pattern) => matching(pattern, process.cwd()))
      : [matching(BESIDE, folder)],
  );
  const files = [...new Set(found.flat().map((file) => resolve(file)))].filter(
    (file) => !file.includes('/node_modules/'),
  );
  const texts = new Map<string, string>();
  const tests: MappingTest[] = [];
  const problems: Problem[] = [];
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
  return { files, tests, problems, texts };
}
