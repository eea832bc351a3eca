import { expect, test } from 'vitest';
import { seedIds } from '../../src/sandbox/ghl/seed-location.ts';
import { aBooking } from '../support/a-config.ts';
import { watchedClock } from '../support/clocks.ts';
import { operationsOf, worlds } from '../support/world.ts';

const aWorld = worlds();

/** A location that may not be read, with so many contacts of an earlier life. */
async function aSilentWorld(allowDuplicateContact: boolean, contacts: number) {
  const world = await aWorld({});
  world.ghl.changeLocation({ allowDuplicateContact });
  world.ghl.fail({ kind: 'status', status: 403, match: { operation: 'get-location' }, times: Infinity });
  for (let id = 1; id <= contacts; id++) world.ghl.addContact({ email: `guest${id}@example.com` });
  return world;
}

const bookings = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => aBooking({ id: from + at }));
const looks = (operations: readonly string[]) => operations.filter((one) => one === 'get-duplicate-contact');

test('what a lost store had created is found where the location allows twins, and does not say so', async () => {
  const { ghl, source, start } = await aSilentWorld(true, 30);
  const runner = await start();
  source.rows(bookings(1, 30));

  await runner.pass();

  expect(ghl.contacts()).toHaveLength(30);
  expect(await runner.states()).toEqual(Array.from({ length: 30 }, () => 'done'));
});

test('three looks tell that nothing was there, and a store with three of its own needs none', async () => {
  const { ghl, source, start } = await aSilentWorld(true, 0);
  const runner = await start();
  source.rows(bookings(1, 30));
  await runner.pass();
  await runner.stop();
  const next = await start();
  source.rows(bookings(1, 60));

  await next.pass();

  expect(ghl.contacts()).toHaveLength(60);
  expect(looks(operationsOf(ghl))).toHaveLength(3);
  expect(ghl.calls).toHaveLength(60 + 3 + 1);
});

test('once the API has refused a twin, its refusals tell enough', async () => {
  const { ghl, source, start } = await aSilentWorld(false, 30);
  ghl.fail({ kind: 'status', status: 404, match: { operation: 'get-duplicate-contact' }, times: 1 });
  const runner = await start();
  source.rows(bookings(1, 1));
  await runner.pass();
  source.rows(bookings(1, 30));

  await runner.pass();

  expect(ghl.contacts()).toHaveLength(30);
  expect(looks(operationsOf(ghl))).toHaveLength(1);
});

test('an appointment is found by its time in the config’s zone where the location does not say its own', async () => {
  const visits = {
    from: 'bookings',
    to: 'ghl.appointment',
    parent: 'contacts',
    quiet: '0ms',
    fields: {
      calendarId: { value: seedIds.calendar },
      title: { value: 'Booth' },
      startTime: '$zoned("2026-07-01 18:00")',
    },
  };
  const world = await aWorld(
    { top: { timezone: 'Europe/London' }, syncs: { visits } },
    { timezone: 'Europe/London' },
  );
  const { ghl, source, start } = world;
  ghl.fail({ kind: 'status', status: 403, match: { operation: 'get-location' }, times: Infinity });
  ghl.fail({ kind: 'status-after', status: 502, match: { operation: 'create-appointment' } });
  source.rows(bookings(1, 1));
  const runner = await start({ clock: watchedClock(10) });

  await runner.pass();

  expect(ghl.appointments()).toHaveLength(1);
  expect(await runner.states()).toEqual(['done', 'done']);
});
