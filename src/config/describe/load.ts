import { check } from '../check.ts';
import { readConfig } from '../files/load.ts';
import { knowledge } from '../knowledge.ts';
import type { Problem } from '../../model/problem.ts';
import type { Texts } from '../texts.ts';
import { describe, type Description } from './description.ts';

export interface Described {
  /** There where no problem is an error. */
  readonly description?: Description;
  readonly problems: readonly Problem[];
  readonly sources: Texts;
}

/** A config for people, without environment or network. */
export async function describeFile(path: string): Promise<Described> {
  const reading = await readConfig(path);
  const known = knowledge();
  const { root, problems } = check(reading, known);
  const right = root && !problems.some(({ severity }) => severity === 'error');
  const found = { problems, sources: reading.texts };
  const apis = { catalog: known.catalog, documents: reading.documents ?? new Map() };
  return right ? { ...found, description: describe(root, apis) } : found;
}
