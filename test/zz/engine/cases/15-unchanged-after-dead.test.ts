import { expect, test } from 'vitest';
import { aBooking } from '../../support/a-config.ts';
import { watchedClock } from '../../support/clocks.ts';
import { operationsOf, worlds } from '../../support/world.ts';

const aWorld = worlds();

const v1 = aBooking({ id: 1, first_name: 'v1' });
const v2 = aBooking({ id: 1, first_name: 'v2', updated_at: '2026-05-01T11:00:00Z' });
const refusing = { kind: 'status', status: 422, times: Infinity, match: { bodyIncludes: 'v2' } } as const;

test('after a dead v2, a poll that reads it again is no event; `--full` tries again', async () => {
  const { ghl, source, start } = await aWorld();
  const runner = await start({ clock: watchedClock(10) });
  source.rows([v1]);
  await runner.pass();
  const fault = ghl.fail(refusing);
  source.rows([v2]);
  await runner.pass();
  fault.remove();

  await runner.pass();
  const unrepaired = ghl.contacts()[0]!.firstName;
  await runner.pass({ full: true });

  expect([unrepaired, ghl.contacts()[0]!.firstName]).toEqual(['v1', 'v2']);
  expect(await runner.states()).toEqual(['done', 'superseded', 'done']);
});

test('the digest is shared: a webhook with what a poll read already is no event', async () => {
  const { ghl, source, start } = await aWorld();
  const runner = await start({ clock: watchedClock(10) });
  source.rows([v1]);
  await runner.pass();

  await runner.webhook({ type: 'booking.updated', data: v1 });
  await runner.idle();
  await runner.pass();

  expect(operationsOf(ghl)).toEqual(['create-contact']);
  expect(await runner.events()).toHaveLength(1);
});

test('`--full` tries dead ones only: what is done stays untouched', async () => {
  const { ghl, source, start } = await aWorld();
  ghl.fail({
    kind: 'status',
    status: 400,
    body: { message: 'odd' },
    times: 1,
    match: { bodyIncludes: 'guest7@' },
  });
  const runner = await start({ clock: watchedClock(10) });
  source.rows(Array.from({ length: 10 }, (_, id) => aBooking({ id })));
  await runner.pass();
  ghl.clear();

  await runner.pass({ full: true });

  expect((await runner.events()).filter(({ state }) => state === 'done').map(({ key }) => key)).not.toContain(
    'no-key',
  );
  expect(ghl.contacts()).toHaveLength(10);
  expect(new Set(operationsOf(ghl))).toEqual(new Set(['create-contact']));
});

test('a dead letter is tried by each `--full`, and stays one letter', async () => {
  const { ghl, source, start } = await aWorld();
  ghl.fail({ kind: 'status', status: 422, times: Infinity, match: { operation: 'create-contact' } });
  const runner = await start({ clock: watchedClock(10) });
  source.rows([v2]);
  await runner.pass();

  await runner.pass({ full: true });
  await runner.pass({ full: true });

  const states = await runner.states();
  expect(states.filter((state) => state === 'dead')).toHaveLength(1);
});

test('a newer state of a dead record supersedes the letter', async () => {
  const { ghl, source, start } = await aWorld();
  ghl.fail(refusing);
  const runner = await start({ clock: watchedClock(10) });
  source.rows([v2]);
  await runner.pass();

  source.rows([aBooking({ id: 1, first_name: 'v3', updated_at: '2026-05-01T12:00:00Z' })]);
  await runner.pass();

  expect(await runner.states()).toEqual(['superseded', 'done']);
  expect(ghl.contacts()[0]).toMatchObject({ firstName: 'v3' });
});
