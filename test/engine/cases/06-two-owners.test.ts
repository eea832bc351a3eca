import { expect, test } from 'vitest';
import { BoothsyncError } from '../../../src/model/problem.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { aBooking } from '../../support/a-config.ts';
import { watchedClock } from '../../support/clocks.ts';
import { until } from '../../support/wait.ts';
import { worlds } from '../../support/world.ts';

const aWorld = worlds();
const serving = { top: { server: { port: 0 } } };

test('a second owner is told who holds the store, at once, and leaves it alone', async () => {
  const { ghl, source, start, spawn } = await aWorld();
  source.rows([aBooking({ id: 1 })]);
  await start();

  const second = spawn('run');
  const { code } = await second.ended;

  expect(code).toBe(1);
  expect(second.output()).toContain(`process ${process.pid}`);
  expect(ghl.calls).toEqual([]);
});

test('a second owner within one process is refused too, and the first works on', async () => {
  const { ghl, source, storeUrl, start } = await aWorld();
  const runner = await start();
  source.rows([aBooking({ id: 1 })]);

  const second = openStore(storeUrl, { clock: watchedClock(), owner: true });
  const refused: unknown = await second.catch((error: unknown) => error);
  await runner.pass();

  expect(refused).toBeInstanceOf(BoothsyncError);
  expect((refused as BoothsyncError).problem.code).toBe('store-held');
  expect(ghl.contacts()).toHaveLength(1);
});

test('the store is free the moment after its owner was killed with -9', async () => {
  const { ghl, source, start, spawn } = await aWorld(serving);
  source.rows([aBooking({ id: 1 })]);
  const owner = spawn('serve');
  await until(() => ghl.contacts().length === 1);

  await owner.kill();
  const runner = await start();
  await runner.pass();

  expect(ghl.contacts()).toHaveLength(1);
  expect(await runner.states()).toEqual(['done']);
});

test('two runs that start together make nothing twice: one does the work, the other is refused or finds it done', async () => {
  const { ghl, source, spawn } = await aWorld({}, { latencyMs: 30 });
  source.rows(Array.from({ length: 10 }, (_, id) => aBooking({ id })));

  const runs = [spawn('run'), spawn('run')];
  const codes = (await Promise.all(runs.map(({ ended }) => ended))).map(({ code }) => code);

  expect([
    [0, 0],
    [0, 1],
  ]).toContainEqual(codes.sort());
  expect(ghl.contacts()).toHaveLength(10);
  expect(ghl.calls.filter(({ operation }) => operation === 'create-contact')).toHaveLength(10);
});

test('the lock outlives a reader: a store that is read beside its owner stays owned', async () => {
  const { storeUrl, start, spawn } = await aWorld();
  await start();
  const clock = watchedClock();
  const reader = await openStore(storeUrl, { clock, owner: false });
  await reader.close();

  const second = spawn('run');
  const { code } = await second.ended;

  expect(code).toBe(1);
});
