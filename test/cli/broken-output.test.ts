import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { childEnvironment } from '../support/child-environment.ts';
import { freePort } from '../support/free-port.ts';
import { until } from '../support/wait.ts';
import { aPlace, CONFIG, MAIN } from './run-boothsync.ts';

test('a reader that goes ends no work and is no error', async () => {
  const child = spawn(process.execPath, [MAIN, 'schema'], { env: childEnvironment });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdout.destroy();
  const [code] = (await once(child, 'close')) as [number | null];

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

test('output that the disk has no room for is told, and fails', async () => {
  const child = spawn(process.execPath, [MAIN, 'schema'], {
    env: childEnvironment,
    stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
  });
  let stderr = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code] = (await once(child, 'close')) as [number | null];

  expect(code).toBe(1);
  expect(stderr).toMatch(/^error {2}what is printed can't be written: ENOSPC[^\n]*\n$/);
});

test('a log that the disk has no room for ends no service', async () => {
  const port = await freePort();
  const folder = await aPlace({ 'sync.config.yaml': `${CONFIG}server: { port: ${port} }\n` });
  const child = spawn(process.execPath, [MAIN, 'serve'], {
    cwd: folder,
    env: childEnvironment,
    stdio: ['ignore', 'ignore', openSync('/dev/full', 'w')],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  // It has logged where it listens by then.
  await until(() => isHealthy(port));

  child.kill('SIGTERM');
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];

  expect({ code, signal }).toEqual({ code: 0, signal: null });
});

function isHealthy(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  );
}
