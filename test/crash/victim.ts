import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from '../support/child-environment.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const DIE_AT = new URL('die-at.ts', import.meta.url).href;

/** A `boothsync serve` in a process of its own, and how it ended. */
export interface Victim {
  /** Where it listens; nothing where it ended before. */
  readonly listening: Promise<string | undefined>;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  output(): string;
  kill(signal: 'SIGTERM' | 'SIGKILL'): void;
}

/** `dieAt` like `commit 3 before` or `call 1 after`: see `die-at.ts`. */
export function startVictim(
  folder: string,
  env: Readonly<Record<string, string>>,
  dieAt: string | undefined,
): Victim {
  const watch = dieAt === undefined ? [] : ['--import', DIE_AT];
  const child = spawn(process.execPath, [...watch, MAIN, 'serve', '--log-level', 'info'], {
    cwd: folder,
    env: { ...childEnvironment, NO_COLOR: '1', ...env, DIE_AT: dieAt ?? '' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    child.on('close', (code, signal) => resolve({ code, signal })),
  );
  const listening = new Promise<string | undefined>((resolve) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      const url = /http:\/\/127\.0\.0\.1:\d+(?=[^}]*"msg":"listening")/.exec(output)?.[0];
      if (url !== undefined) resolve(url);
    });
    void ended.then(() => resolve(undefined));
  });
  return { listening, ended, output: () => output, kill: (signal) => void child.kill(signal) };
}
