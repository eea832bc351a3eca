import type { ProblemCode } from '../../model/problem.ts';
import { OF_EXPRESSIONS } from './of-expressions.ts';
import { OF_FILES } from './of-files.ts';
import { OF_REFERENCES } from './of-references.ts';
import { OF_RUNS } from './of-runs.ts';
import type { ProblemPage } from './page.ts';

/** What there is to say of every code; the compiler misses the page of a new one. */
export const PROBLEM_PAGES: Readonly<Record<ProblemCode, ProblemPage>> = {
  ...OF_FILES,
  ...OF_EXPRESSIONS,
  ...OF_REFERENCES,
  ...OF_RUNS,
};
