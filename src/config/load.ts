import { access, constants, readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import type { Config } from '../model/config.ts';
import type { Problem } from '../model/problem.ts';
import { check, inOrder } from './check.ts';
import { compile } from './compile.ts';
import { readConfig, readText, reasonOf } from './files/load.ts';
import type { Surroundings } from './fill-variables.ts';
import { keySecrets, keysOf } from './keys-of.ts';
import { knowledge } from './knowledge.ts';
import type { Files } from './reading.ts';
import type { Texts } from './texts.ts';
import { looseStrings } from './tree.ts';
import type { Node } from './tree.ts';
import { piecesOf } from './variables.ts';

export interface LoadOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Instead of `.env` beside the config; null: none is read, and no `${file:PATH}`: the config may be a stranger's. */
  readonly envFile?: string | null;
  /** What the lock knows is not asked: for commands that ask HighLevel itself. */
  readonly withoutLock?: boolean;
  /** `keep` leaves unset variables as they stand, for commands that need no environment; default `report`. */
  readonly unset?: 'report' | 'keep';
}

export interface Loaded {
  /** There where no problem is an error. */
  readonly config?: Config;
  readonly problems: readonly Problem[];
  readonly sources: Texts;
  /** What was read, with its variables filled in; there where `config` is. */
  readonly tree?: FilledTree;
}

/** A config's tree, for what is asked of it beside running it. */
export interface FilledTree {
  readonly root: Node;
  readonly files: Files;
}

/** Reads, checks and compiles a config with its environment. The process's environment wins over `.env`. */
export async function loadConfig(path: string, options: LoadOptions): Promise<Loaded> {
  const file = resolve(path);
  const reading = await readConfig(file, { withoutLock: options.withoutLock === true });
  const sources = reading.texts;
  const { root, problems } = check(reading, knowledge());
  if (!root || problems.some(({ severity }) => severity === 'error')) return { problems, sources };
  const env = await readEnv(file, options);
  if ('problem' in env) return { problems: [...problems, env.problem], sources };
  const needsNone = options.unset === 'keep';
  const keyFile = await readKeyFile(dirname(file));
  if ('problem' in keyFile && !needsNone) return { problems: [...problems, keyFile.problem], sources };
  const keyTexts = { env: env.values, ...('file' in keyFile ? keyFile : {}) };
  const sealing = keysOf(keyTexts);
  const keyProblems = needsNone ? [] : sealing.problems;
  const around = {
    env: env.values,
    files: options.envFile === null ? new Map() : await readFiles(root, dirname(file)),
    unset: options.unset ?? 'report',
    keys: sealing.keys,
    keySecrets: keySecrets(keyTexts),
  };
  const compiled = compile(file, reading, root, around, knowledge());
  const told = inOrder([...problems, ...keyProblems, ...compiled.problems]);
  const { config, root: filled } = compiled;
  if (!config || !filled) return { problems: told, sources };
  return { config, problems: told, sources, tree: { root: filled, files: reading } };
}

/** `.env` may be missing; a file that was named may not. */
async function readEnv(
  file: string,
  { env, envFile }: LoadOptions,
): Promise<{ readonly values: LoadOptions['env'] } | { readonly problem: Problem }> {
  if (envFile === null) return { values: env };
  const path = envFile === undefined ? join(dirname(file), '.env') : resolve(envFile);
  // One that only root may read has been read by who started the runner.
  if (envFile === undefined && !(await isReadable(path))) return { values: env };
  // Keepers of secrets hand theirs through pipes, as in `--env-file <(sops decrypt prod.env)`.
  const reading = await readText(path, 'read');
  return 'text' in reading ? { values: { ...parseEnv(reading.text), ...env } } : reading;
}

function isReadable(path: string): Promise<boolean> {
  return access(path, constants.R_OK).then(
    () => true,
    () => false,
  );
}

/** `boothsync.key` beside the config, where there is one. Refused where others than its owner may read it. */
async function readKeyFile(
  folder: string,
): Promise<{ readonly file?: string } | { readonly problem: Problem }> {
  const path = join(folder, 'boothsync.key');
  const mode = await stat(path).then(
    (found) => found.mode,
    () => undefined,
  );
  if (mode === undefined) return {};
  // Windows has no such bits.
  if ((mode & 0o077) !== 0 && process.platform !== 'win32') {
    const message = `others may read the key: ${path} has mode ${(mode & 0o777).toString(8)}`;
    const remedy = `chmod 600 ${path}`;
    return { problem: { code: 'file-unreadable', severity: 'error', message, remedy } };
  }
  const reading = await readText(path);
  return 'text' in reading ? { file: reading.text } : reading;
}

/** The contents of every `${file:PATH}`; a line's end at their end is the editor's, not the secret's. */
async function readFiles(root: Node, folder: string): Promise<Surroundings['files']> {
  const named = looseStrings(root)
    .flatMap(piecesOf)
    .filter((piece) => piece.type === 'file');
  const paths = [...new Set(named.map(({ path }) => path))];
  const read = paths.map(async (path): Promise<[string, { text: string } | { message: string }]> => {
    try {
      const text = await readFile(resolve(folder, path), 'utf8');
      return [path, { text: text.replace(/\r?\n$/, '') }];
    } catch (thrown) {
      return [path, { message: reasonOf(thrown) }];
    }
  });
  return new Map(await Promise.all(read));
}
