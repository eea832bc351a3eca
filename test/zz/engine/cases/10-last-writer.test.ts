import { describe, expect, test } from 'vitest';
import { aBooking } from '../../support/a-config.ts';
import { operationsOf, worlds } from '../../support/world.ts';

const aWorld = worlds();

const sync = {
  tags: [{ when: 'status = "Confirmed"', add: ['booked', 'type:{{ type }}'], else: 'remove' }],
  onDelete: 'delete',
};
const booking = (id: number, wish: object = {}) =>
  aBooking({
    id,
    email: 'ann@example.com',
    status: 'Confirmed',
    type: `t${id}`,
    updated_at: `2026-05-01T10:0${id}:00Z`,
    ...wish,
  });

test('a repeat customer keeps her contact when one of two bookings is removed, and loses it with the last', async () => {
  const { ghl, start } = await aWorld({ sync });
  const runner = await start();
  const tell = async (data: object) => {
    await runner.webhook({ type: 'booking.updated', data });
    await runner.idle();
  };
  await tell(booking(1));
  await tell(booking(2));

  await tell(booking(1, { deleted: true }));
  const kept = ghl.contacts().map(({ tags }) => [...tags].sort());
  await tell(booking(2, { deleted: true }));

  expect(kept).toEqual([['booked', 'type:t2']]);
  expect(ghl.contacts()).toEqual([]);
});

test('an old booking that is cancelled strips no customer who has another', async () => {
  const { ghl, start } = await aWorld({ sync });
  const runner = await start();
  await runner.webhook({ type: 'booking.created', data: booking(1) });
  await runner.webhook({ type: 'booking.created', data: booking(2) });
  await runner.idle();

  await runner.webhook({
    type: 'booking.updated',
    data: booking(1, { status: 'Cancelled', updated_at: '2026-05-02T10:00:00Z' }),
  });
  await runner.idle();

  expect([...ghl.contacts()[0]!.tags].sort()).toEqual(['booked', 'type:t2']);
});

test("the newest booking's fields stand, whichever came last", async () => {
  const { ghl, start } = await aWorld({ sync });
  const runner = await start();

  await runner.webhook({ type: 'booking.created', data: booking(2, { first_name: 'Newest' }) });
  await runner.idle();
  await runner.webhook({ type: 'booking.created', data: booking(1, { first_name: 'Older' }) });
  await runner.idle();

  expect(ghl.contacts()[0]).toMatchObject({ firstName: 'Newest' });
});

test('when the newest leaves, the fields are those of the one that stays', async () => {
  const { ghl, start } = await aWorld({ sync });
  const runner = await start();
  await runner.webhook({ type: 'booking.created', data: booking(1, { first_name: 'Ann' }) });
  await runner.webhook({ type: 'booking.created', data: booking(2, { first_name: 'Anna' }) });
  await runner.idle();

  await runner.webhook({ type: 'booking.updated', data: booking(2, { deleted: true }) });
  await runner.idle();

  expect(ghl.contacts()[0]).toMatchObject({ firstName: 'Ann' });
});

test('both leaving at once is the last one leaving', async () => {
  const { ghl, start } = await aWorld({ sync });
  const runner = await start();
  await runner.webhook({ type: 'booking.created', data: [booking(1), booking(2)] });
  await runner.idle();

  await runner.webhook({
    type: 'booking.updated',
    data: [booking(1, { deleted: true }), booking(2, { deleted: true })],
  });
  await runner.idle();

  expect(ghl.contacts()).toEqual([]);
  expect(operationsOf(ghl)).toEqual(['create-contact', 'delete-contact']);
});

test('one leaves while another joins: the contact stays', async () => {
  const { ghl, start } = await aWorld({ sync });
  const runner = await start();
  await runner.webhook({ type: 'booking.created', data: booking(1) });
  await runner.idle();

  await runner.webhook({ type: 'booking.updated', data: [booking(1, { deleted: true }), booking(2)] });
  await runner.idle();

  expect(ghl.contacts()).toHaveLength(1);
  expect([...ghl.contacts()[0]!.tags].sort()).toEqual(['booked', 'type:t2']);
  expect(operationsOf(ghl)).not.toContain('delete-contact');
});

test('`--full` over shared contacts makes no call', async () => {
  const { ghl, source, start } = await aWorld({ sync });
  source.rows(
    Array.from({ length: 40 }, (_, id) =>
      booking(id % 10, { id, email: `guest${id % 4}@example.com`, first_name: `N${id}` }),
    ),
  );
  const runner = await start();
  await runner.pass();
  ghl.clear();

  await runner.pass({ full: true });
  await runner.pass({ full: true });

  expect(ghl.calls).toEqual([]);
});

test('an edited mapping that changes nothing makes no call', async () => {
  const { ghl, source, start } = await aWorld({ sync });
  source.rows([booking(1), booking(2), booking(3, { email: 'joe@example.com' })]);
  const before = await start();
  await before.pass();
  await before.stop();
  ghl.clear();

  const runner = await start({ config: { sync: { ...sync, onDelete: { tag: 'gone' } } } });
  await runner.pass();

  expect(ghl.calls).toEqual([]);
});

describe('what `when` decides', () => {
  const leaving = { sync: { ...sync, when: 'status != "Cancelled"', onLeave: { tag: 'left' } } };

  test('a booking that leaves takes only its own tags while another stays', async () => {
    const { ghl, start } = await aWorld(leaving);
    const runner = await start();
    await runner.webhook({ type: 'booking.created', data: [booking(1), booking(2)] });
    await runner.idle();

    await runner.webhook({
      type: 'booking.updated',
      data: booking(1, { status: 'Cancelled', updated_at: '2026-05-02T10:00:00Z' }),
    });
    await runner.idle();

    expect([...ghl.contacts()[0]!.tags].sort()).toEqual(['booked', 'type:t2']);
  });

  test('the last one that leaves is tagged, once, and the tag goes when it comes back', async () => {
    const { ghl, start } = await aWorld(leaving);
    const runner = await start();
    const tell = async (wish: object) => {
      await runner.webhook({ type: 'booking.updated', data: booking(1, wish) });
      await runner.idle();
    };
    await tell({});

    await tell({ status: 'Cancelled', updated_at: '2026-05-02T10:00:00Z' });
    const left = ghl.contacts()[0]!.tags;
    await tell({ status: 'Cancelled', first_name: 'Anna', updated_at: '2026-05-03T10:00:00Z' });
    await tell({ status: 'Confirmed', updated_at: '2026-05-04T10:00:00Z' });

    expect(left).toContain('left');
    expect(operationsOf(ghl).filter((operation) => operation === 'add-tags').length).toBeLessThanOrEqual(2);
    expect([...ghl.contacts()[0]!.tags].sort()).toEqual(['booked', 'type:t1']);
  });
});

test("a deleted record's late update does not bring the contact back", async () => {
  const { ghl, start } = await aWorld({ sync });
  const runner = await start();
  const tell = async (data: object) => {
    await runner.webhook({ type: 'booking.updated', data });
    await runner.idle();
  };
  await tell(booking(1, { updated_at: '2026-05-01T10:00:00Z' }));
  await tell(booking(1, { updated_at: '2026-05-01T12:00:00Z', deleted: true }));

  await tell(booking(1, { updated_at: '2026-05-01T11:00:00Z', first_name: 'Late' }));

  expect(ghl.contacts()).toEqual([]);
});
