import { expect, test } from 'vitest';
import { aBooking, type ConfigWish } from '../support/a-config.ts';
import { operationsOf, worlds } from '../support/world.ts';

const aWorld = worlds();

const notes = {
  from: 'bookings',
  to: 'ghl.note',
  parent: 'contacts',
  quiet: '0ms',
  fields: { body: { text: 'Booking {{ id }}' } },
};
const mode = (of: 'report' | 'apply', wish: object = {}): ConfigWish => ({
  sync: { mode: of, tags: ['boothbook'], ...wish },
  syncs: { notes },
});
const writes = (operations: readonly string[]) => operations.filter((one) => !one.startsWith('get-'));

test('what is reported is journalled and not sent, its children neither', async () => {
  const world = await aWorld(mode('report'));
  const runner = await world.start();
  world.source.rows([aBooking({ id: 1 })]);

  await runner.pass();

  expect(world.ghl.calls).toEqual([]);
  const events = await runner.events();
  expect(events.map(({ sync, state, reason }) => [sync, state, reason])).toEqual([
    ['contacts', 'skipped', 'report: created'],
    ['notes', 'skipped', 'report: created'],
  ]);
  expect(await runner.store.read.journal.of(events[0]!.id)).toMatchObject([
    {
      step: {
        type: 'report',
        steps: [
          { type: 'create', fields: { email: 'guest1@example.com', firstName: 'Ann' }, tags: ['boothbook'] },
        ],
      },
      answer: 'not sent',
    },
  ]);
});

test('switched to apply, everything is written', async () => {
  const world = await aWorld(mode('report'));
  const reporting = await world.start();
  world.source.rows([aBooking({ id: 1 }), aBooking({ id: 2 })]);
  await reporting.pass();
  await reporting.stop();

  const runner = await world.start({ config: mode('apply') });
  await runner.idle();

  expect(writes(operationsOf(world.ghl)).sort()).toEqual([
    'create-contact',
    'create-contact',
    'create-note',
    'create-note',
  ]);
});

test('what changes and goes while it is only reported is made up for afterwards', async () => {
  const world = await aWorld(mode('apply', { onDelete: 'delete' }));
  const applying = await world.start();
  world.source.rows([aBooking({ id: 1 }), aBooking({ id: 2 })]);
  await applying.pass();
  await applying.idle();
  await applying.stop();
  const reporting = await world.start({ config: mode('report', { onDelete: 'delete' }) });
  world.ghl.clear();
  const later = { updated_at: '2026-05-01T11:00:00Z' };
  world.source.rows([
    aBooking({ id: 1, first_name: 'Anna', ...later }),
    aBooking({ id: 2, deleted: true, ...later }),
  ]);
  await reporting.pass();
  await reporting.idle();
  expect(world.ghl.calls).toEqual([]);
  await reporting.stop();

  const runner = await world.start({ config: mode('apply', { onDelete: 'delete' }) });
  await runner.idle();

  expect(world.ghl.contacts().map(({ firstName }) => firstName)).toEqual(['Anna']);
});

test('a sync that is switched off leaves what it has written, and makes up for what it missed', async () => {
  const off = { enabled: false, tags: ['boothbook'] };
  const world = await aWorld({ sync: { tags: ['boothbook'] } });
  const first = await world.start();
  world.source.rows([aBooking({ id: 1 })]);
  await first.pass();
  await first.stop();
  const all = { from: 'bookings', to: 'ghl.business', key: 'id', fields: { name: 'first_name' } };
  const second = await world.start({ config: { sync: off, syncs: { all } } });
  world.source.rows([aBooking({ id: 1, first_name: 'Anna', updated_at: '2026-05-01T11:00:00Z' })]);
  await second.pass();
  await second.idle();
  expect(world.ghl.contacts()).toMatchObject([{ firstName: 'Ann', tags: ['boothbook'] }]);
  await second.stop();

  const third = await world.start({ config: { sync: { tags: ['boothbook'] }, syncs: { all } } });
  await third.idle();

  expect(world.ghl.contacts()).toMatchObject([{ firstName: 'Anna', tags: ['boothbook'] }]);
});
