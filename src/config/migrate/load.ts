import { dirname, resolve } from 'node:path';
import type { Problem } from '../../model/problem.ts';
import { matching, readText } from '../files/load.ts';
import { syncPatterns } from '../join-syncs.ts';
import { readYaml } from '../read-yaml.ts';
import { migrate, type ConfigFile, type Migration, type Step } from './migrate.ts';

export interface MigratedConfig {
  readonly migration: Migration;
  /** The texts that problems point into. */
  readonly sources: ReadonlyMap<string, string>;
}

/** Reads a config with the files of its syncs, and migrates all of them; writes nothing. */
export async function migrateFile(
  path: string,
  steps: readonly Step[],
  current: number,
): Promise<MigratedConfig> {
  const file = resolve(path);
  const read = await readAll(file);
  const sources = new Map(read.files.map((each) => [each.file, each.text]));
  if (read.problems.length > 0) return { migration: { type: 'wrong', problems: read.problems }, sources };
  return { migration: migrate(read.files, steps, current), sources };
}

async function readAll(
  file: string,
): Promise<{ readonly files: readonly ConfigFile[]; readonly problems: readonly Problem[] }> {
  const main = await readText(file);
  if ('problem' in main) return { files: [], problems: [main.problem] };
  const files: ConfigFile[] = [{ file, text: main.text, main: true }];
  const problems: Problem[] = [];
  const { root } = readYaml(file, main.text);
  const found = await Promise.all(
    (root ? syncPatterns(root) : []).map(({ pattern }) => matching(pattern, dirname(file))),
  );
  for (const path of new Set(found.flat())) {
    if (path === file || /\.test\.ya?ml$/.test(path)) continue;
    const reading = await readText(path);
    if ('problem' in reading) problems.push(reading.problem);
    else files.push({ file: path, text: reading.text, main: false });
  }
  return { files, problems };
}
