import { describe, expect, test } from 'vitest';
import { aBooking } from '../../support/a-config.ts';
import { operationsOf, worlds, type Runner } from '../../support/world.ts';

const aWorld = worlds();

const at = (hour: number) => `2026-05-01T${String(hour).padStart(2, '0')}:00:00Z`;
const booking = (hour: number | null, wish: object = {}) =>
  aBooking({ id: 1, ...(hour === null ? { updated_at: null } : { updated_at: at(hour) }), ...wish });
const GONE = { deleted: true };

async function tell(runner: Runner, data: object): Promise<void> {
  await runner.webhook({ type: 'booking.updated', data });
  await runner.idle();
}

describe('a deleted record', () => {
  const config = { sync: { onDelete: 'delete' } };

  test('is not created again by a late update, by webhook or by a poll that lags', async () => {
    const { ghl, source, start } = await aWorld(config);
    const runner = await start();
    await tell(runner, booking(10));
    await tell(runner, booking(12, GONE));

    await tell(runner, booking(11, { first_name: 'Late' }));
    source.rows([booking(11, { first_name: 'Late' })]);
    await runner.pass();

    expect(ghl.contacts()).toEqual([]);
  });

  test('is not created again by a redelivery of what it was when it was deleted', async () => {
    const { ghl, start } = await aWorld(config);
    const runner = await start();
    await tell(runner, booking(10));
    await tell(runner, booking(10, GONE));

    await tell(runner, booking(10));

    expect(ghl.contacts()).toEqual([]);
  });

  test('that never was there before its end is not created by its late beginning', async () => {
    const { ghl, start } = await aWorld(config);
    const runner = await start();
    await tell(runner, booking(12, GONE));

    await tell(runner, booking(11));

    expect(ghl.contacts()).toEqual([]);
    expect(operationsOf(ghl)).toEqual([]);
  });

  test('stays so over a restart', async () => {
    const { ghl, start } = await aWorld(config);
    const before = await start();
    await tell(before, booking(10));
    await tell(before, booking(12, GONE));
    await before.stop();

    const runner = await start();
    await tell(runner, booking(11, { first_name: 'Late' }));

    expect(ghl.contacts()).toEqual([]);
  });

  test('comes back by a newer state, once', async () => {
    const { ghl, start } = await aWorld(config);
    const runner = await start();
    await tell(runner, booking(10));
    await tell(runner, booking(12, GONE));

    await tell(runner, booking(13, { first_name: 'Back' }));

    expect(ghl.contacts()).toMatchObject([{ firstName: 'Back' }]);
    expect(operationsOf(ghl)).toEqual(['create-contact', 'delete-contact', 'create-contact']);
  });
});

describe('a record that comes back', () => {
  const config = { sync: { tags: ['boothbook'], onDelete: { tag: 'boothsync-deleted' } } };

  test('loses the tag with which it was sent away', async () => {
    const { ghl, start } = await aWorld(config);
    const runner = await start();
    await tell(runner, booking(10));
    await tell(runner, booking(12, GONE));
    const away = ghl.contacts()[0]!.tags;

    await tell(runner, booking(13));

    expect(away).toContain('boothsync-deleted');
    expect(ghl.contacts()).toMatchObject([{ tags: ['boothbook'] }]);
  });

  test('loses it also where the process ended before it knew that the tag was set', async () => {
    const { ghl, start } = await aWorld(config);
    const before = await start({ mayLeaveWork: true });
    await tell(before, booking(10));
    ghl.fail({ kind: 'reset-after', match: { operation: 'add-tags' } });
    await before.webhook({ type: 'booking.updated', data: booking(12, GONE) });
    while (!operationsOf(ghl).includes('add-tags')) await new Promise(setImmediate);
    await before.stop();

    const runner = await start();
    await tell(runner, booking(13));

    expect(ghl.contacts()).toMatchObject([{ tags: ['boothbook'] }]);
  });

  test('loses it also where the store was lost in between', async () => {
    const { ghl, start } = await aWorld(config);
    const { id } = ghl.addContact({
      email: 'guest1@example.com',
      tags: ['boothbook', 'boothsync-deleted', 'vip'],
    });
    const runner = await start();

    await tell(runner, booking(13));

    expect([...ghl.contact(id)!.tags].sort()).toEqual(['boothbook', 'vip']);
  });

  test('under another record of the same contact loses it, too: the contact is alive', async () => {
    const { ghl, start } = await aWorld(config);
    const runner = await start();
    await tell(runner, booking(10));
    await tell(runner, booking(12, GONE));

    await tell(runner, booking(13, { id: 2, email: 'guest1@example.com' }));

    expect(ghl.contacts()).toMatchObject([{ tags: ['boothbook'] }]);
  });

  test('pays no call for it where it never had it', async () => {
    const { ghl, start } = await aWorld(config);
    ghl.addContact({ email: 'guest1@example.com', tags: ['boothbook'] });
    const runner = await start();

    await tell(runner, booking(13));

    expect(operationsOf(ghl)).not.toContain('remove-tags');
  });
});
