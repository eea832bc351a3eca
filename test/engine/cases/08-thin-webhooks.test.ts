import { describe, expect, test } from 'vitest';
import { aBooking } from '../../support/a-config.ts';
import { watchedClock } from '../../support/clocks.ts';
import { until } from '../../support/wait.ts';
import { worlds } from '../../support/world.ts';

const aWorld = worlds();

const tags = [{ when: 'status = "Confirmed"', add: 'booked', else: 'remove' }];
const whole = aBooking({ id: 1, status: 'Confirmed', phone: '+447700900123' });

describe('partial: true', () => {
  const partial = { source: { partial: true }, sync: { tags } };

  test('a webhook that bears one field keeps the others and the tags', async () => {
    const { ghl, source, start } = await aWorld(partial);
    source.rows([whole]);
    const runner = await start();
    await runner.pass();

    await runner.webhook({
      type: 'booking.updated',
      data: { id: 1, first_name: 'Anna', updated_at: '2026-05-01T11:00:00Z' },
    });
    await runner.idle();

    expect(ghl.contacts()[0]).toMatchObject({ firstName: 'Anna', phone: '+447700900123', tags: ['booked'] });
  });

  test.each([null, ''])('a part that says that a field is empty now (%j) empties it', async (status) => {
    const { ghl, start } = await aWorld(partial);
    const runner = await start();
    await runner.webhook({ type: 'booking.created', data: whole });
    await runner.idle();

    await runner.webhook({
      type: 'booking.updated',
      data: { id: 1, status, updated_at: '2026-05-01T11:00:00Z' },
    });
    await runner.idle();

    expect(ghl.contacts()[0]).toMatchObject({ phone: '+447700900123', tags: [] });
  });

  test('a newer part supersedes an older one and keeps what it brought', async () => {
    const { ghl, start } = await aWorld({ ...partial, sync: { tags, quiet: '200ms' } });
    const runner = await start();
    await runner.webhook({ type: 'booking.created', data: whole });
    await until(() => ghl.contacts().length === 1);

    await runner.webhook({
      type: 'booking.updated',
      data: { id: 1, phone: '+447700900999', updated_at: '2026-05-01T11:00:00Z' },
    });
    await until(async () => (await runner.events()).length === 2);
    await runner.webhook({
      type: 'booking.updated',
      data: { id: 1, first_name: 'Anna', updated_at: '2026-05-01T12:00:00Z' },
    });
    await runner.idle();

    expect(ghl.contacts()[0]).toMatchObject({ firstName: 'Anna', phone: '+447700900999', tags: ['booked'] });
  });

  test('parts that come together, in any order, are all kept', async () => {
    const { ghl, start } = await aWorld(partial);
    const runner = await start();
    const part = (hour: number, fields: object) => ({
      type: 'booking.updated',
      data: { id: 1, updated_at: `2026-05-01T${hour}:00:00Z`, ...fields },
    });
    await runner.webhook(part(10, { email: 'ann@example.com', first_name: 'Ann', status: 'Confirmed' }));
    await runner.idle();

    await Promise.all([
      runner.webhook(part(13, { status: 'Pending' })),
      runner.webhook(part(11, { first_name: 'Anna' })),
      runner.webhook(part(12, { phone: '+447700900123' })),
    ]);
    await runner.idle();

    expect(ghl.contacts()[0]).toMatchObject({ firstName: 'Anna', phone: '+447700900123', tags: [] });
  });

  test('a late part that comes together with a new one brings nothing old back', async () => {
    const { ghl, start } = await aWorld(partial);
    const runner = await start();
    await runner.webhook({
      type: 'booking.created',
      data: { ...whole, first_name: 'Newer', updated_at: '2026-05-01T12:00:00Z' },
    });
    await runner.idle();

    await Promise.all([
      runner.webhook({
        type: 'booking.updated',
        data: { id: 1, first_name: 'Stale', updated_at: '2026-05-01T11:00:00Z' },
      }),
      runner.webhook({
        type: 'booking.updated',
        data: { id: 1, phone: '+447700900999', updated_at: '2026-05-01T13:00:00Z' },
      }),
    ]);
    await runner.idle();

    expect(ghl.contacts()[0]).toMatchObject({ firstName: 'Newer', phone: '+447700900999' });
  });

  test('a poll of such a source still brings whole records', async () => {
    const { ghl, source, start } = await aWorld(partial);
    const runner = await start();
    await runner.webhook({ type: 'booking.created', data: whole });
    await runner.idle();

    source.rows([aBooking({ id: 1, updated_at: '2026-05-01T11:00:00Z' })]);
    await runner.pass();

    expect(ghl.contacts()[0]!.tags).toEqual([]);
  });
});

describe('fetch', () => {
  const fetching = {
    source: { fetch: { path: '/bookings/{{ id }}', record: 'data' }, deleted: '$event = "booking.deleted"' },
    sync: { tags, onDelete: 'delete' },
  };

  test('a webhook that bears only the key brings the whole record, read by it', async () => {
    const { ghl, source, start } = await aWorld(fetching);
    source.script(({ path }) => ({ body: { data: path === '/bookings/1' ? whole : null } }));
    const runner = await start();

    await runner.webhook({ type: 'booking.created', data: { id: 1 } });
    await runner.idle();

    expect(ghl.contacts()[0]).toMatchObject({ firstName: 'Ann', tags: ['booked'] });
  });

  test('a record that the source says is gone is not read', async () => {
    const { ghl, source, start } = await aWorld(fetching);
    source.script(() => ({ body: { data: whole } }));
    const runner = await start();
    await runner.webhook({ type: 'booking.created', data: { id: 1 } });
    await runner.idle();
    source.script(() => ({ status: 404, body: {} }));

    await runner.webhook({ type: 'booking.deleted', data: { id: 1 } });
    await runner.idle();

    expect(ghl.contacts()).toEqual([]);
    expect(source.calls).toHaveLength(1);
  });

  test('a 404 is a dead letter with the source and its words; the next delivery goes on', async () => {
    const { ghl, source, start } = await aWorld(fetching);
    source.script(({ path }) =>
      path === '/bookings/7'
        ? { status: 404, body: { message: 'no such booking' } }
        : { body: { data: whole } },
    );
    const runner = await start();

    await Promise.all([7, 1].map((id) => runner.webhook({ type: 'booking.created', data: { id } })));
    await runner.idle();

    expect(await runner.deadDeliveries()).toEqual([expect.stringContaining('no such booking')]);
    expect(ghl.contacts()).toHaveLength(1);
  });

  test('while the source is down its deliveries wait, and those of other sources go on', async () => {
    const { ghl, source, start } = await aWorld({
      ...fetching,
      sources: {
        leads: { connection: 'booth', key: 'id', webhook: { events: ['lead.*'], record: 'body.data' } },
      },
      syncs: { leads: { from: 'leads', key: 'email', to: 'ghl.contact', fields: { email: 'email' } } },
    });
    let up = false;
    source.script(() => (up ? { body: { data: whole } } : { status: 503, body: {} }));
    const runner = await start({ clock: watchedClock(20) });

    await runner.webhook({ type: 'booking.created', data: { id: 1 } });
    await until(() => source.calls.length > 0);
    await runner.webhook({ type: 'lead.created', data: { id: 5, email: 'lead@example.com' } });
    await until(() => ghl.contactByEmail('lead@example.com') !== undefined, 'the lead', 3_000);
    up = true;
    await until(() => ghl.contacts().length === 2);
    await runner.idle();

    expect(await runner.states()).toEqual(['done', 'done']);
  });
});
