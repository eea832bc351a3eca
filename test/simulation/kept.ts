import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from './plan.ts';

/** A plan that failed once: run again for ever. */
export interface Kept {
  /** What broke. */
  readonly problem: string;
  readonly plan: Plan;
}

const FOLDER = join(import.meta.dirname, 'kept');

/** Every kept plan by the name of its file. */
export function keptPlans(): [string, Plan][] {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
  return names.map((name) => [name, (JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Kept).plan]);
}

/** Yields the path of its file. */
export function keep(name: string, kept: Kept): string {
  mkdirSync(FOLDER, { recursive: true });
  const path = join(FOLDER, `${name}.json`);
  writeFileSync(path, `${JSON.stringify(kept, null, 2)}\n`);
  return path;
}
