import { describe, expect, test } from 'vitest';
import { aBooking } from '../../support/a-config.ts';
import { watchedClock } from '../../support/clocks.ts';
import { until } from '../../support/wait.ts';
import { operationsOf, worlds } from '../../support/world.ts';
import type { RunningGhl } from '../../../src/sandbox/ghl/start-ghl.ts';

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

test('a contact that thousands of bookings share is one contact, made and kept by few calls', async () => {
  const { ghl, source, start } = await aWorld({ sync });
  source.rows(Array.from({ length: 5_000 }, (_, id) => booking(1, { id, type: 'same' })));
  const runner = await start();

  await runner.pass();

  expect(ghl.contacts()).toHaveLength(1);
  expect(new Set(await runner.states())).toEqual(new Set(['done']));
  expect(operationsOf(ghl).length).toBeLessThan(5);
});

test('a page of records for many syncs is no more than the store can take', async () => {
  const more = {
    from: 'bookings',
    to: 'ghl.contact',
    key: '$lowercase(email)',
    when: 'id = 1',
    fields: { email: 'email' },
  };
  const { ghl, source, start } = await aWorld({
    sync: { when: 'id = 1' },
    syncs: { b: more, c: more, d: more, e: more },
  });
  source.rows(Array.from({ length: 1_000 }, (_, id) => booking(1, { id })));
  const runner = await start();

  await runner.pass();

  expect([...runner.engine.poller.failures()]).toEqual([]);
  expect(ghl.contacts()).toHaveLength(1);
});

describe('while a newer state of one booking waits to be tried again, another booking of the same contact changes', () => {
  /** The names that the contact was given, in order. */
  const namesIn = ({ calls }: RunningGhl) =>
    calls
      .filter(({ operation }) => operation === 'update-contact')
      .map(({ body }) => (body as { firstName?: string }).firstName);

  test('what was put already is not put back, where only the tags failed', async () => {
    const { runner, ghl } = await aSharedContact();
    ghl.fail({ kind: 'status', status: 503, match: { operation: 'add-tags' } });

    await runner.webhook(told(booking(2, { first_name: 'Newer', type: 'new', updated_at: noon })));
    await until(() => operationsOf(ghl).includes('add-tags'));
    await runner.webhook(told(booking(1, { type: 'other', updated_at: morning })));
    await runner.idle();

    expect(namesIn(ghl)).toEqual(['Newer']);
    expect([...ghl.contacts()[0]!.tags].sort()).toEqual(['booked', 'type:new', 'type:other']);
  });

  test('nor where nobody knows whether it was put', async () => {
    const { runner, ghl } = await aSharedContact();
    ghl.fail({ kind: 'reset-after', match: { operation: 'update-contact' } });

    await runner.webhook(told(booking(2, { first_name: 'Newer', updated_at: noon })));
    await until(() => operationsOf(ghl).includes('update-contact'));
    await runner.webhook(told(booking(1, { deleted: true, updated_at: morning })));
    await runner.idle();

    expect(namesIn(ghl)).toEqual(['Newer', 'Newer']);
    expect(ghl.contacts()).toMatchObject([{ firstName: 'Newer', tags: ['booked', 'type:t2'] }]);
  });

  test('it stays out of the contact, where that is because it left', async () => {
    const { runner, ghl } = await aSharedContact();
    ghl.fail({ kind: 'reset-after', match: { operation: 'update-contact' } });

    await runner.webhook(told(booking(2, { deleted: true, updated_at: noon })));
    await until(() => operationsOf(ghl).includes('update-contact'));
    await runner.webhook(
      told(booking(1, { first_name: 'Old 1', type: 'other', updated_at: '2026-05-01T10:01:30Z' })),
    );
    await runner.idle();

    expect(namesIn(ghl)).not.toContain('Old 2');
    expect(ghl.contacts()).toMatchObject([{ firstName: 'Old 1', tags: ['booked', 'type:other'] }]);
  });

  test('and if it can never be applied, it alone is dead', async () => {
    const { runner, ghl } = await aSharedContact();
    ghl.fail({ kind: 'status', status: 503, match: { operation: 'update-contact' } });
    ghl.fail({ kind: 'status', status: 422, times: Infinity, match: { bodyIncludes: 'Newer' } });

    await runner.webhook(told(booking(2, { first_name: 'Newer', updated_at: noon })));
    await until(() => operationsOf(ghl).includes('update-contact'));
    await runner.webhook(told(booking(1, { type: 'other', updated_at: morning })));
    await runner.idle();

    const ends = (await runner.events()).slice(-2).map(({ key, state }) => [key, state]);
    expect(ends).toEqual([
      ['2', 'dead'],
      ['1', 'done'],
    ]);
    expect([...ghl.contacts()[0]!.tags].sort()).toEqual(['booked', 'type:other', 'type:t2']);
  });

  test('where it is on its way to another contact, the one that it leaves is not given its fields again', async () => {
    const { runner, ghl } = await aMoveHalfway();
    await runner.webhook(told(booking(1, { deleted: true, updated_at: morning })));
    await runner.idle();

    expect(namesIn(ghl)).toEqual(['Moved']);
    expect(ghl.contacts()).toMatchObject([{ email: 'bea@example.com', firstName: 'Moved' }]);
  });

  test('nor is the one that it comes to, by whoever is there', async () => {
    const { runner, ghl } = await aMoveHalfway();
    await runner.webhook(
      told(booking(3, { first_name: 'Bea', email: 'bea@example.com', type: 'other', updated_at: morning })),
    );
    await runner.idle();

    expect(namesIn(ghl)).not.toContain('Bea');
    const bea = ghl.contacts().find(({ email }) => email === 'bea@example.com')!;
    expect([...bea.tags].sort()).toEqual(['booked', 'type:other', 'type:t2']);
  });

  test('where it comes from another contact, and nobody knows whether its new one was made', async () => {
    const { runner, ghl } = await aSharedContact();
    ghl.fail({ kind: 'reset-after', match: { operation: 'create-contact' } });

    await runner.webhook(
      told(booking(2, { first_name: 'Newer', email: 'joe@example.com', updated_at: noon })),
    );
    await until(() => operationsOf(ghl).includes('create-contact'));
    await runner.webhook(
      told(booking(3, { first_name: 'Older', email: 'joe@example.com', updated_at: morning })),
    );
    await runner.idle();

    expect(namesIn(ghl)).not.toContain('Older');
    expect(ghl.contacts()).toMatchObject([{ firstName: 'Old 1' }, { firstName: 'Newer' }]);
  });

  test('and where a still newer state takes its place, which waits for quiet', async () => {
    const { runner, ghl } = await aSharedContact({ ...sync, quiet: '5s' });
    ghl.fail({ kind: 'status', status: 503, match: { operation: 'add-tags' } });
    const both = [
      booking(1, { type: 'other', updated_at: morning }),
      booking(2, { first_name: 'Newer', type: 'new', updated_at: noon }),
    ];
    await runner.webhook(told(both));
    await until(() => operationsOf(ghl).includes('add-tags'));
    await runner.webhook(
      told(booking(2, { first_name: 'Newest', type: 'new', updated_at: '2026-05-02T13:00:00Z' })),
    );
    await until(
      async () => !(await runner.states()).some((state) => state === 'pending' || state === 'sending'),
    );

    expect(namesIn(ghl)).toEqual(['Newer', 'Newest']);
    expect(ghl.contacts()).toMatchObject([{ firstName: 'Newest' }]);
  });

  const morning = '2026-05-02T08:00:00Z';
  const noon = '2026-05-02T12:00:00Z';
  const told = (data: object) => ({ type: 'booking.updated', data });

  /** Booking 2 is in Bea's contact by its fields, and not yet by its tags; booking 1 stays where both were. */
  async function aMoveHalfway() {
    const { runner, ghl } = await aSharedContact();
    await runner.webhook(told(booking(3, { first_name: 'Bea', email: 'bea@example.com' })));
    await runner.webhook(told(booking(1, { first_name: 'Old 1', updated_at: '2026-05-01T11:00:00Z' })));
    await runner.idle();
    ghl.clear();
    ghl.fail({ kind: 'status', status: 503, match: { operation: 'add-tags' } });

    await runner.webhook(
      told(booking(2, { first_name: 'Moved', email: 'bea@example.com', updated_at: noon })),
    );
    await until(() => operationsOf(ghl).includes('add-tags'));
    return { runner, ghl };
  }

  async function aSharedContact(wish: Readonly<Record<string, unknown>> = sync) {
    const { ghl, start } = await aWorld({ sync: wish });
    const runner = await start({ clock: watchedClock(5), random: () => 0.5 });
    for (const id of [1, 2]) {
      await runner.webhook(told(booking(id, { first_name: `Old ${id}` })));
      await runner.idle();
    }
    ghl.clear();
    return { runner, ghl };
  }
});
