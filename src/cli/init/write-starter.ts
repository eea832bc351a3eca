import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { StarterFile } from './starter.ts';

export interface Written {
  readonly path: string;
  readonly means: string;
  /** `added`: lines that were missing. `kept`: it was there. */
  readonly state: 'written' | 'added' | 'kept';
}

/** What must never get into git: keys, and the store with what lies beside it. */
const IGNORED = ['.env', 'boothsync.key', '*.db', '*.db-*', '*.db.lock', '*.db.owner'];

/** The files of a new config that are there already and may not be overwritten. */
export function inTheWay(folder: string, files: readonly StarterFile[]): readonly string[] {
  return files.filter(({ core, path }) => core && existsSync(join(folder, path))).map(({ path }) => path);
}

/** Writes a new config's files; what is there stays, unless `force` says otherwise. */
export async function writeStarter(
  folder: string,
  files: readonly StarterFile[],
  force: boolean,
): Promise<readonly Written[]> {
  const written: Written[] = [];
  for (const { path, text, means } of files) {
    const state = await put(join(folder, path), text, force);
    written.push({ path, means, state });
  }
  return [...written, await ignoreSecrets(folder), await makeKey(folder)];
}

async function put(path: string, text: string, force: boolean, mode?: number): Promise<'written' | 'kept'> {
  await mkdir(dirname(path), { recursive: true });
  try {
    // Without force, whatever came between the look and now stays.
    await writeFile(path, text, { flag: force ? 'w' : 'wx', ...(mode === undefined ? {} : { mode }) });
    return 'written';
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return 'kept';
    throw error;
  }
}

/** Lines are only ever added: a key that git takes is no secret any more. */
async function ignoreSecrets(folder: string): Promise<Written> {
  const path = join(folder, '.gitignore');
  const before = existsSync(path) ? await readFile(path, 'utf8') : '';
  const lines = before.split('\n').map((line) => line.trim());
  const missing = IGNORED.filter((line) => !lines.includes(line));
  const means = 'keeps secrets and the store out of git';
  if (missing.length === 0) return { path: '.gitignore', means, state: 'kept' };
  const gap = before === '' || before.endsWith('\n') ? '' : '\n';
  await writeFile(path, `${before}${gap}${missing.join('\n')}\n`);
  return { path: '.gitignore', means, state: before === '' ? 'written' : 'added' };
}

/** Never made anew: what the store keeps is sealed with the one that is there. */
async function makeKey(folder: string): Promise<Written> {
  const key = `${randomBytes(32).toString('base64')}\n`;
  const state = await put(join(folder, 'boothsync.key'), key, false, 0o600);
  return { path: 'boothsync.key', means: 'seals tokens in the store; keep it secret', state };
}
