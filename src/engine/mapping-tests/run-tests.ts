import type { Config } from '../../model/config.ts';
import type { MappingTest, TestResult } from '../../model/mapping-test.ts';
import { compare } from './compare.ts';
import { coverageOf, type Coverage } from './coverage.ts';
import { runTest } from './run-test.ts';

export interface TestReport {
  readonly results: readonly TestResult[];
  readonly coverage: Coverage;
}

/** Runs mapping tests: the runner's own mapping, with neither store nor network. */
export async function runTests(config: Config, tests: readonly MappingTest[]): Promise<TestReport> {
  const results: TestResult[] = [];
  for (const test of tests) {
    const got = await runTest(config, test);
    results.push({ test, got, differences: compare(test.expect, got) });
  }
  return { results, coverage: await coverageOf(config, results) };
}
