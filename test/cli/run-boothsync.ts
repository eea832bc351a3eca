import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { childEnvironment } from '../support/child-environment.ts';

export const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly stdout: () => string;
  readonly ended: Promise<Ended>;
}

export interface Around {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The command line in a process of its own, with no environment but the given one. */
export function start(args: readonly string[], { cwd = tmpdir(), env = {} }: Around = {}): Started {
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd,
    env: { ...childEnvironment, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code) => resolve({ code, ...output }));
  });
  return { child, stdout: () => output.stdout, ended };
}

export function boothsync(args: readonly string[], around?: Around): Promise<Ended> {
  return start(args, around).ended;
}

/** A folder of its own that holds these files; it goes with the test. */
export async function aPlace(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'boothsync-cli-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

/** Right, and needs no environment. */
export const CONFIG = `version: 1
connections:
  booth: { type: http, baseUrl: http://127.0.0.1:9 }
  ghl: { type: ghl, location: loc, baseUrl: http://127.0.0.1:9, auth: { type: token, token: pit } }
sources:
  bookings: { connection: booth, key: id, poll: { request: { path: /bookings }, records: data } }
syncs:
  contacts: { from: bookings, to: ghl.contact, fields: { email: email } }
`;
