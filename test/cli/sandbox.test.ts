import { expect, test } from 'vitest';
import { until } from '../support/wait.ts';
import { start } from './run-boothsync.ts';

test('sandbox prints the environment of both, serves them, and ends with 0 on SIGTERM', async () => {
  const { child, stdout, ended } = start(['sandbox']);
  await until(() => stdout().includes('export WELCOME_WORKFLOW='), 'the environment');

  const exports = [...stdout().matchAll(/^export (\w+)=(.+)$/gm)].map(([, name, value]) => [name, value]);
  const env = Object.fromEntries(exports) as Record<string, string>;
  const answer = await fetch(`${env['GHL_URL']!}/locations/${env['GHL_LOCATION_ID']!}`, {
    headers: { authorization: `Bearer ${env['GHL_TOKEN']!}`, version: '2021-07-28' },
  });
  child.kill('SIGTERM');

  expect(answer.status).toBe(200);
  expect(env['BOOTHBOOK_URL']).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(await ended).toMatchObject({ code: 0, stderr: '' });
});

test('sandbox --json prints the environment as one document', async () => {
  const { child, stdout, ended } = start(['sandbox', '--json']);
  await until(() => stdout().endsWith('\n'), 'the environment');

  child.kill('SIGTERM');

  expect(Object.keys(JSON.parse(stdout()) as object)).toEqual(
    expect.arrayContaining(['BOOTHBOOK_URL', 'BOOTHBOOK_KEY', 'BOOTHBOOK_SECRET', 'GHL_URL', 'GHL_TOKEN']),
  );
  expect((await ended).code).toBe(0);
});
