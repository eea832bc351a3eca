import { expect, test } from 'vitest';
import { aBooking } from '../support/a-config.ts';
import { watchedClock } from '../support/clocks.ts';
import { until } from '../support/wait.ts';
import { operationsOf, worlds } from '../support/world.ts';

const aWorld = worlds();

const tags = ['boothbook', { when: 'status = "Confirmed"', add: 'booked', else: 'remove' }];
const fields = {
  firstName: 'first_name',
  email: '$lowercase(email)',
  customFields: { event_date: 'event_date', package: 'package' },
};
const booking = (wish: object = {}) =>
  aBooking({ id: 1, status: 'Confirmed', event_date: '2026-06-14', package: 'Mirror', ...wish });

test('a new contact with tags and custom fields is one call, after each look-up once', async () => {
  const { ghl, source, start } = await aWorld({ sync: { fields, tags } });
  const runner = await start();
  source.rows([booking(), booking({ id: 2, email: 'b@example.com' })]);

  await runner.pass();

  expect(ghl.calls.map(({ operation }) => operation).sort()).toEqual([
    'create-contact',
    'create-contact',
    'get-custom-fields',
    'get-location',
  ]);
  expect(ghl.contacts()[0]!.customFields).toHaveLength(2);
});

test('look-ups are kept over a restart', async () => {
  const { ghl, source, start } = await aWorld({ sync: { fields, tags } });
  const before = await start();
  source.rows([booking()]);
  await before.pass();
  await before.stop();
  ghl.clear();

  const runner = await start();
  source.rows([booking(), booking({ id: 2, email: 'b@example.com' })]);
  await runner.pass();

  expect(ghl.calls.map(({ operation }) => operation)).toEqual(['create-contact']);
});

test('a custom field that was made a moment ago is found: its name is asked for anew', async () => {
  const { ghl, source, start } = await aWorld({
    sync: { fields: { ...fields, customFields: { 'Brand new': 'package' } } },
  });
  const runner = await start();
  source.rows([booking()]);
  await runner.pass();
  const dead = await runner.events();

  expect(dead).toMatchObject([{ state: 'dead', reason: expect.stringContaining('Brand new') as string }]);
  expect(ghl.contacts()).toEqual([]);
});

test('an unchanged record is no call, no event', async () => {
  const { ghl, source, start } = await aWorld({ sync: { fields, tags } });
  const runner = await start();
  source.rows([booking()]);
  await runner.pass();
  ghl.clear();

  await runner.pass();
  source.rows([booking({ irrelevant: 'to this mapping' })]);
  await runner.pass();

  expect(ghl.calls).toEqual([]);
});

test('one changed field is one call that bears just that field', async () => {
  const { ghl, source, start } = await aWorld({ sync: { fields, tags } });
  const runner = await start();
  source.rows([booking()]);
  await runner.pass();
  ghl.clear();

  source.rows([booking({ first_name: 'Anna', updated_at: '2026-05-01T11:00:00Z' })]);
  await runner.pass();

  expect(ghl.calls).toMatchObject([{ operation: 'update-contact', body: { firstName: 'Anna' } }]);
  expect(ghl.calls[0]!.body).toEqual({ firstName: 'Anna' });
});

test('one changed custom field is one call that bears just that field', async () => {
  const { ghl, source, start } = await aWorld({ sync: { fields, tags } });
  const runner = await start();
  source.rows([booking()]);
  await runner.pass();
  ghl.clear();

  source.rows([booking({ package: '360', updated_at: '2026-05-01T11:00:00Z' })]);
  await runner.pass();

  expect(ghl.calls.map(({ body }) => body)).toEqual([
    { customFields: [{ id: ghl.customFieldId('package'), field_value: '360' }] },
  ]);
});

test('a changed tag is one call', async () => {
  const { ghl, source, start } = await aWorld({ sync: { fields, tags } });
  const runner = await start();
  source.rows([booking()]);
  await runner.pass();
  ghl.clear();

  source.rows([booking({ status: 'Cancelled', updated_at: '2026-05-01T11:00:00Z' })]);
  await runner.pass();

  expect(operationsOf(ghl)).toEqual(['remove-tags']);
});

test('a field that goes missing in the record is left alone', async () => {
  const { ghl, source, start } = await aWorld({ sync: { fields, tags } });
  const runner = await start();
  source.rows([booking()]);
  await runner.pass();
  ghl.clear();

  source.rows([booking({ first_name: null, package: '', updated_at: '2026-05-01T11:00:00Z' })]);
  await runner.pass();

  expect(ghl.calls).toEqual([]);
  expect(ghl.contacts()[0]).toMatchObject({ firstName: 'Ann' });
});

test('twenty edits of one record within a moment are two calls: the first at once, then the newest', async () => {
  const { ghl, start } = await aWorld({ sync: { quiet: '1s' } });
  let ahead = 0;
  const runner = await start({ clock: watchedClock(1, () => ahead) });
  await runner.webhook({ type: 'booking.created', data: booking() });
  await until(() => ghl.contacts().length === 1);
  await runner.idle();
  ahead = 60_000;
  ghl.clear();

  for (let n = 0; n < 20; n++) {
    const data = booking({
      first_name: `Edit ${n}`,
      updated_at: `2026-05-01T11:00:${String(n).padStart(2, '0')}Z`,
    });
    await runner.webhook({ type: 'booking.updated', data });
  }
  await runner.idle();

  expect(operationsOf(ghl)).toEqual(['update-contact', 'update-contact']);
  expect(ghl.contacts()[0]).toMatchObject({ firstName: 'Edit 19' });
});

test('a burst that begins with the create is two calls, too', async () => {
  const { ghl, start } = await aWorld({ sync: { quiet: '800ms' } }, { latencyMs: 30 });
  const runner = await start();

  for (let n = 0; n < 20; n++) {
    const data = booking({
      first_name: `Edit ${n}`,
      updated_at: `2026-05-01T11:00:${String(n).padStart(2, '0')}Z`,
    });
    await runner.webhook({ type: 'booking.updated', data });
  }
  await runner.idle();

  expect(operationsOf(ghl)).toEqual(['create-contact', 'update-contact']);
});

test('a contact that was there before keeps its tags and gets the missing ones', async () => {
  const { ghl, source, start } = await aWorld({ sync: { fields, tags } });
  const { id } = ghl.addContact({
    email: 'guest1@example.com',
    firstName: 'Old',
    tags: ['vip', 'boothbook'],
  });
  const runner = await start();
  source.rows([booking()]);

  await runner.pass();

  expect([...ghl.contact(id)!.tags].sort()).toEqual(['booked', 'boothbook', 'vip']);
  expect(operationsOf(ghl)).toEqual(['create-contact', 'update-contact', 'add-tags']);
  expect(ghl.calls.find(({ operation }) => operation === 'add-tags')!.body).toEqual({ tags: ['booked'] });
});

test('an edit back to what stands is no call', async () => {
  const { ghl, start } = await aWorld({ sync: { quiet: '300ms' } });
  const runner = await start();
  await runner.webhook({ type: 'booking.created', data: booking() });
  await until(() => ghl.contacts().length === 1);

  await runner.webhook({
    type: 'booking.updated',
    data: booking({ first_name: 'X', updated_at: '2026-05-01T11:00:00Z' }),
  });
  await runner.webhook({ type: 'booking.updated', data: booking({ updated_at: '2026-05-01T12:00:00Z' }) });
  await runner.idle();

  expect(operationsOf(ghl)).toEqual(['create-contact']);
});

test('a contact that was deleted by hand is made again, once', async () => {
  const { ghl, source, start } = await aWorld({ sync: { fields, tags } });
  const runner = await start();
  source.rows([booking()]);
  await runner.pass();
  ghl.deleteContact(ghl.contacts()[0]!.id);
  ghl.clear();

  source.rows([booking({ first_name: 'Anna', updated_at: '2026-05-01T11:00:00Z' })]);
  await runner.pass();

  expect(ghl.contacts()).toHaveLength(1);
  expect(ghl.contacts()[0]).toMatchObject({ firstName: 'Anna', tags: ['boothbook', 'booked'] });
  expect(operationsOf(ghl).filter((operation) => operation === 'create-contact')).toHaveLength(1);
});
