import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { boothsync } from './run-boothsync.ts';

test('schema prints the very file that editors use', async () => {
  const file = readFileSync('schemas/sync.schema.json', 'utf8');

  const ended = await boothsync(['schema']);

  expect(ended).toEqual({ code: 0, stdout: file, stderr: '' });
  expect(JSON.parse(ended.stdout)).toMatchObject({ title: 'boothsync config' });
  expect(await boothsync(['schema', '--json'])).toEqual(ended);
});
