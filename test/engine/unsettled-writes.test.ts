import { describe, expect, test } from 'vitest';
import { aBooking } from '../support/a-config.ts';
import { watchedClock } from '../support/clocks.ts';
import { until } from '../support/wait.ts';
import { operationsOf, worlds } from '../support/world.ts';
import type { World } from '../support/world.ts';

const aWorld = worlds();

const config = {
  sync: { tags: ['boothbook', { when: 'vip', add: 'vip', else: 'remove' }], onLeave: 'delete' },
};
const before = { id: 1, first_name: 'Ann', updated_at: '2026-05-01T10:00:00Z' };
const edited = { id: 1, first_name: 'Anna', updated_at: '2026-05-01T11:00:00Z' };
const revert = { ...before, updated_at: '2026-05-01T12:00:00Z' };

/** A record is applied; then a process applies an edited mapping of it, and is killed before it hears of that. */
async function killedAfter(
  world: World,
  operation: string,
  mapping: object,
  isApplied: () => boolean,
): Promise<void> {
  const { ghl, source, start, spawn, writeConfig } = world;
  source.rows([aBooking(before)]);
  const first = await start();
  await first.pass();
  await first.stop();
  await writeConfig({ sync: { ...config.sync, ...mapping } });
  ghl.fail({ kind: 'hang-after', match: { operation } });
  const run = spawn('run');
  await until(isApplied);
  await run.kill();
  ghl.clear();
}

describe('the process ends between the answer of a write and its settling, and the mapping goes back to what it was', () => {
  test('the old value is sent, in one call', async () => {
    const world = await aWorld(config);
    const { ghl, start } = world;
    const fields = { firstName: '$uppercase(first_name)', email: '$lowercase(email)' };
    await killedAfter(world, 'update-contact', { fields }, () => ghl.contacts()[0]?.firstName === 'ANN');

    const runner = await start({ config });
    await runner.idle();

    expect(ghl.contacts()[0]).toMatchObject({ firstName: 'Ann' });
    expect(operationsOf(ghl)).toEqual(['update-contact']);
  });

  test('the tag that nobody heard of goes again', async () => {
    const world = await aWorld(config);
    const { ghl, start } = world;
    const tags = ['boothbook', { when: 'true', add: 'vip', else: 'remove' }];
    await killedAfter(world, 'add-tags', { tags }, () => ghl.contacts()[0]!.tags.includes('vip'));

    const runner = await start({ config });
    await runner.idle();

    expect(ghl.contacts()[0]!.tags).toEqual(['boothbook']);
    expect(operationsOf(ghl)).toEqual(['remove-tags']);
  });

  test('a target whose deletion nobody heard of is there again', async () => {
    const world = await aWorld(config);
    const { ghl, start } = world;
    await killedAfter(world, 'delete-contact', { when: 'false' }, () => ghl.contacts().length === 0);

    const runner = await start({ config });
    await runner.idle();

    expect(ghl.contacts()).toMatchObject([{ firstName: 'Ann', tags: ['boothbook'] }]);
    expect(await runner.states()).not.toContain('dead');
  });
});

test('an update that timed out, and then an edit back: the old value is sent', async () => {
  const { ghl, start } = await aWorld({ ...config, ghl: { timeout: '2s' } });
  const runner = await start({ clock: watchedClock(10) });
  await runner.webhook({ type: 'booking.updated', data: aBooking(before) });
  await runner.idle();
  ghl.fail({ kind: 'hang-after', match: { operation: 'update-contact' } });
  await runner.webhook({ type: 'booking.updated', data: aBooking(edited) });
  await until(() => ghl.contacts()[0]?.firstName === 'Anna');

  await runner.webhook({ type: 'booking.updated', data: aBooking(revert) });
  await until(() => ghl.contacts()[0]?.firstName === 'Ann');
  await runner.idle();

  expect(await runner.states()).not.toContain('dead');
});

test('an update that lands after its timeout, and then an edit back: the old value is sent once that has landed', async () => {
  const { ghl, start } = await aWorld({ ...config, ghl: { timeout: '2s' } });
  const runner = await start({ clock: watchedClock(10) });
  await runner.webhook({ type: 'booking.updated', data: aBooking(before) });
  await runner.idle();
  ghl.fail({ kind: 'slow', delayMs: 300, match: { operation: 'update-contact' } });
  await runner.webhook({ type: 'booking.updated', data: aBooking(edited) });
  await until(() => operationsOf(ghl).includes('update-contact'));

  await runner.webhook({ type: 'booking.updated', data: aBooking(revert) });
  await until(() => ghl.contacts()[0]?.firstName === 'Anna');
  await runner.idle();

  expect(ghl.contacts()[0]).toMatchObject({ firstName: 'Ann' });
  expect(operationsOf(ghl)).toEqual(['create-contact', 'update-contact', 'update-contact']);
});

test('what the API refused for its limit is not sent again once it is not wanted any more', async () => {
  const { ghl, start } = await aWorld(config);
  const runner = await start({ clock: watchedClock(10) });
  await runner.webhook({ type: 'booking.updated', data: aBooking(before) });
  await runner.idle();
  ghl.clear();
  ghl.fail({
    kind: 'status',
    status: 429,
    headers: { 'retry-after': '10' },
    match: { operation: 'update-contact' },
  });
  await runner.webhook({ type: 'booking.updated', data: aBooking(edited) });
  await until(() => ghl.calls.length === 1);

  await runner.webhook({ type: 'booking.updated', data: aBooking(revert) });
  await runner.idle();

  expect(operationsOf(ghl)).toEqual(['update-contact']);
});
