import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { aPlace, boothsync, CONFIG } from './run-boothsync.ts';

test('status before anything ran says so, and makes no store', async () => {
  const cwd = await aPlace({ 'sync.config.yaml': CONFIG });

  const text = await boothsync(['status'], { cwd });
  const json = await boothsync(['status', '--json'], { cwd });

  expect(text).toEqual({ code: 0, stdout: 'nothing has run yet: there is no store\n', stderr: '' });
  expect(json.code).toBe(0);
  expect(JSON.parse(json.stdout)).toMatchObject({ lanes: [], sources: [], deadLetters: [] });
  expect(await readdir(cwd)).toEqual(['sync.config.yaml']);
});

test('status needs no keys', async () => {
  const cwd = await aPlace({ 'sync.config.yaml': CONFIG.replace('pit', '"${GHL_TOKEN}"') });

  const ended = await boothsync(['status'], { cwd });

  expect(ended).toEqual({ code: 0, stdout: 'nothing has run yet: there is no store\n', stderr: '' });
});
