import { expect, test } from 'vitest';
import { aBooking } from '../../support/a-config.ts';
import { operationsOf, worlds } from '../../support/world.ts';

const aWorld = worlds();

test('many bookings of one person, from poll and webhook at once, make one contact by one call', async () => {
  const { ghl, source, start } = await aWorld({}, { latencyMs: 20 });
  const runner = await start();
  const booking = (id: number) => aBooking({ id, email: 'Ann@Example.com' });
  source.rows(Array.from({ length: 30 }, (_, id) => booking(id)));

  const webhooks = Array.from({ length: 30 }, (_, id) =>
    runner.webhook({ type: 'booking.created', id: `e${id}`, data: booking(100 + id) }),
  );
  await Promise.all([...webhooks, runner.pass()]);
  await runner.idle();

  expect(operationsOf(ghl)).toEqual(['create-contact']);
  expect(ghl.contacts()).toHaveLength(1);
  expect(new Set(await runner.states())).toEqual(new Set(['done']));
});

test('where the location allows duplicates, one look and one create', async () => {
  const { ghl, source, start } = await aWorld({}, { latencyMs: 10 });
  ghl.changeLocation({ allowDuplicateContact: true });
  const runner = await start();
  source.rows(Array.from({ length: 10 }, (_, id) => aBooking({ id, email: 'ann@example.com' })));

  await runner.pass();

  expect(operationsOf(ghl)).toEqual(['get-duplicate-contact', 'create-contact']);
  expect(ghl.contacts()).toHaveLength(1);
});

test('two syncs of one source with the same key write one contact', async () => {
  const wish = { from: 'bookings', to: 'ghl.contact', key: '$lowercase(email)', quiet: '0ms' };
  const { ghl, source, start } = await aWorld(
    { syncs: { names: { ...wish, fields: { lastName: 'last_name', email: '$lowercase(email)' } } } },
    { latencyMs: 10 },
  );
  const runner = await start();
  source.rows([aBooking({ id: 1, last_name: 'Lee' })]);

  await runner.pass();

  expect(ghl.contacts()).toHaveLength(1);
  expect(ghl.contacts()[0]).toMatchObject({ firstName: 'Ann', lastName: 'Lee' });
  expect(operationsOf(ghl)).toEqual(['create-contact']);
});

test('a record that changes its target while its create is under way leaves one contact', async () => {
  const { ghl, start } = await aWorld({}, { latencyMs: 150 });
  const runner = await start();
  const tell = (email: string, updated_at: string) =>
    runner.webhook({ type: 'booking.updated', data: aBooking({ id: 1, email, updated_at }) });

  await tell('old@example.com', '2026-05-01T10:00:00Z');
  while (!ghl.calls.some(({ operation }) => operation === 'create-contact')) await new Promise(setImmediate);
  await tell('new@example.com', '2026-05-01T10:00:01Z');
  await runner.idle();

  expect(ghl.contacts().map(({ email }) => email)).toEqual(['new@example.com']);
});
