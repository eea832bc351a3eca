import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { until } from './wait.ts';
import type { World } from './world.ts';
import { childEnvironment } from './child-environment.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line to its end in a process of its own, with this world's config, on Node as we are. */
export async function command(world: World, ...args: string[]): Promise<Ended> {
  const child = launch(world, args);
  const output = collect(child);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, ...output };
}

/** The same with `--json`; what it printed must be one JSON document. */
export async function commandJson(
  world: World,
  ...args: string[]
): Promise<{ code: number | null; json: unknown }> {
  const { code, stdout, stderr } = await command(world, ...args, '--json');
  try {
    return { code, json: JSON.parse(stdout) };
  } catch {
    throw new Error(`${args.join(' ')} printed no JSON: ${stdout}${stderr}`);
  }
}

export interface Serving {
  readonly url: string;
  /** SIGTERM; yields the exit code. */
  stop(): Promise<number | null>;
}

/** `boothsync serve`, once it listens; the config must say `server: { port: 0 }`. */
export async function serving(world: World): Promise<Serving> {
  const child = launch(world, ['serve', '--log-level', 'info']);
  const output = collect(child);
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const url = () => /http:\/\/127\.0\.0\.1:\d+(?=[^\n]*listening)/.exec(output.stderr)?.[0];
  await until(() => url() !== undefined || child.exitCode !== null, 'serve to listen');
  const found = url();
  if (found === undefined) throw new Error(`serve ended: ${output.stderr}`);
  return {
    url: found,
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

function launch({ configPath, env }: World, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [MAIN, ...args, '-c', configPath], {
    env: { ...childEnvironment, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function collect(child: ChildProcess): { stdout: string; stderr: string } {
  const output = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  return output;
}
