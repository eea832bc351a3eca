import { spawn, type ChildProcess } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isRecord, until, type Json } from './http.ts';
import { childEnvironment } from '../support/child-environment.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const CONFIGS = fileURLToPath(new URL('configs/', import.meta.url));
const NODE = fileURLToPath(new URL('../../node_modules/node/bin/node', import.meta.url));

export type Environment = Readonly<Record<string, string>>;

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
  /** What `--json` printed. */
  readonly json: Record<string, Json>;
}

export interface Serving {
  readonly url: string;
  readonly process: ChildProcess;
  stderr(): string;
  kill(signal: 'SIGTERM' | 'SIGKILL'): Promise<{ code: number | null; seconds: number }>;
}

/** A folder of its own with the configs, so that each test has its own store. */
export async function folder(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'boothsync-e2e-'));
  await cp(CONFIGS, path, { recursive: true });
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Runs the command to its end, as a shell would. */
export async function boothsync(
  cwd: string,
  args: readonly string[],
  environment: Environment,
): Promise<Ended> {
  const start = performance.now();
  const child = launch(cwd, args, environment);
  const output = collect(child);
  const timer = setTimeout(() => child.kill('SIGKILL'), 60_000);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearTimeout(timer);
  const { stdout, stderr } = output;
  return { code, stdout, stderr, seconds: (performance.now() - start) / 1000, json: jsonOf(stdout) };
}

export async function serve(cwd: string, config: string, environment: Environment): Promise<Serving> {
  const child = launch(cwd, ['serve', '-c', config, '--log-level', 'info'], environment);
  const output = collect(child);
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const url = (): string | undefined =>
    /http:\/\/127\.0\.0\.1:\d+(?=[^}]*"msg":"listening")/.exec(output.stderr)?.[0];
  await until(`serve listens: ${output.stderr}`, () => url() !== undefined || child.exitCode !== null);
  const found = url();
  if (found === undefined) throw new Error(`serve ended with ${String(child.exitCode)}: ${output.stderr}`);
  return {
    url: found,
    process: child,
    stderr: () => output.stderr,
    kill: async (signal) => {
      const start = performance.now();
      child.kill(signal);
      const timer = setTimeout(() => child.kill('SIGKILL'), 15_000);
      const code = await ended;
      clearTimeout(timer);
      return { code, seconds: (performance.now() - start) / 1000 };
    },
  };
}

function launch(cwd: string, args: readonly string[], environment: Environment): ChildProcess {
  return spawn(NODE, [MAIN, ...args], {
    cwd,
    env: { ...childEnvironment, NO_COLOR: '1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function collect(child: ChildProcess): { stdout: string; stderr: string } {
  const output = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  return output;
}

function jsonOf(stdout: string): Record<string, Json> {
  try {
    const value: unknown = JSON.parse(stdout);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}
