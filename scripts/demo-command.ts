import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));

export type Environment = Readonly<Record<string, string>>;

/** What the demo did not expect: it ends with these words and 1. */
export class SurpriseError extends Error {}

/** A `boothsync` that ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  /** What it has logged so far. */
  readonly stderr: () => string;
  readonly ended: Promise<Ended>;
  readonly stop: () => void;
}

/** Longer than any command of the demo takes, in ms: one that hangs must not hang the demo. */
const PATIENCE_MS = 30_000;

/** Starts the real command line as a process of its own. */
export function startBoothsync(args: readonly string[], env: Environment): Running {
  const child = spawn(process.execPath, ['src/cli/main.ts', ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: PATIENCE_MS,
  });
  const stdout: string[] = [];
  const stderr: string[] = [];
  collect(child.stdout, stdout);
  collect(child.stderr, stderr);
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout: stdout.join(''), stderr: stderr.join('') }));
  });
  return { stderr: () => stderr.join(''), ended, stop: () => void child.kill('SIGTERM') };
}

/** Runs a command to its end: its JSON. Anything but 0 is a surprise. */
export async function boothsync<T>(args: readonly string[], env: Environment): Promise<T> {
  const { code, stdout, stderr } = await startBoothsync([...args, '--json'], env).ended;
  if (code !== 0) {
    throw new SurpriseError(`boothsync ${args.join(' ')} ended with ${String(code)}:\n${stderr || stdout}`);
  }
  return JSON.parse(stdout) as T;
}

function collect(stream: ChildProcess['stdout'], into: string[]): void {
  stream?.setEncoding('utf8');
  stream?.on('data', (text: string) => into.push(text));
}
