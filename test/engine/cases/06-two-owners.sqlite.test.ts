import { execFile } from 'node:child_process';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { aBooking } from '../../support/a-config.ts';
import { until } from '../../support/wait.ts';
import { worlds } from '../../support/world.ts';

const aWorld = worlds();
const serving = { top: { server: { port: 0 } } };
const fileOf = (storeUrl: string) => storeUrl.replace(/^sqlite:/, '');

test('reading works beside the owner, also while a write transaction is open', async () => {
  const { source, storeUrl, start, spawn } = await aWorld();
  source.rows([aBooking({ id: 1 })]);
  const runner = await start();
  await runner.pass();
  const writer = new DatabaseSync(fileOf(storeUrl), { timeout: 0 });
  writer.exec('begin immediate; update counters set value = value');

  const status = spawn('status', '--json');
  const { code } = await status.ended;
  writer.exec('rollback');
  writer.close();

  expect(status.output()).toContain('"links":1');
  expect(code).toBe(0);
});

test('a file that a dead owner left behind holds nobody up', async () => {
  const { storeUrl, start, spawn } = await aWorld(serving);
  const owner = spawn('serve');
  await until(() => owner.output().includes('listening'));
  await owner.kill();
  await promisify(execFile)(
    'ls',
    ['lock', 'owner'].map((end) => `${fileOf(storeUrl)}.${end}`),
  );

  const runner = await start();

  expect(await runner.states()).toEqual([]);
});
