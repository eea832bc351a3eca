import { describe, expect, test } from 'vitest';
import type { SourceCall } from '../../support/scripted-source.ts';
import { aBooking } from '../../support/a-config.ts';
import { worlds, type Runner, type World } from '../../support/world.ts';

const aWorld = worlds();

const sync = { onDelete: 'delete' };
const rows = (...ids: number[]) => ids.map((id) => aBooking({ id }));
const emails = (...ids: number[]) => ids.map((id) => `guest${id}@example.com`);
/** Of what is there; in which order it was made is chance. */
const emailsOf = (ghl: World['ghl']) =>
  ghl
    .contacts()
    .map(({ email }) => email)
    .toSorted();
const full = { full: true };

async function settled(runner: Runner): Promise<void> {
  await runner.idle();
}

test('a record that a full read does not hold is deleted; one that a plain poll does not hold is not', async () => {
  const { ghl, source, start } = await aWorld({ sync });
  const runner = await start();
  source.rows(rows(1, 2, 3));
  await runner.pass();

  source.rows(rows(1, 2));
  await runner.pass();
  const plain = ghl.contacts().length;
  await runner.pass(full);

  expect(plain).toBe(3);
  expect(emailsOf(ghl)).toEqual(emails(1, 2));
});

test('a record that was created or changed while the read was under way is not gone', async () => {
  const { ghl, source, start } = await aWorld({ sync });
  const runner = await start();
  source.rows(rows(1, 2, 3, 4));
  await runner.pass();

  source.script(async () => {
    await runner.webhook({ type: 'booking.created', data: aBooking({ id: 5 }) });
    await runner.webhook({
      type: 'booking.updated',
      data: aBooking({ id: 4, first_name: 'Edited', updated_at: '2026-05-02T10:00:00Z' }),
    });
    await settled(runner);
    return { body: { data: rows(1, 2, 3) } };
  });
  await runner.pass(full);

  expect(emailsOf(ghl)).toEqual(emails(1, 2, 3, 4, 5));
});

test('absent from windows of dates is not deleted', async () => {
  const window = { from: '-1d', to: '+1d', step: '1d' };
  const { ghl, source, start } = await aWorld({ sync, poll: { window } });
  const runner = await start();
  source.rows(rows(1, 2, 3));
  await runner.pass();

  source.rows(rows(1, 2));
  await runner.pass(full);

  expect(ghl.contacts()).toHaveLength(3);
});

describe.each(['page', 'offset'] as const)('by %s', (type) => {
  const next = { type, param: 'at' };
  const poll = { next, request: { path: '/bookings', query: { limit: 2 } } };

  /** Two records a page, of the rows as they are at that moment. */
  const pages = (rowsNow: () => readonly object[]) => (call: SourceCall) => {
    const at = Number(call.query['at'] ?? (type === 'page' ? 1 : 0));
    const from = type === 'page' ? (at - 1) * 2 : at;
    return { body: { data: rowsNow().slice(from, from + 2) } };
  };

  test('a record that slipped past the pages is read again at once, and stays', async () => {
    const { ghl, source, start } = await aWorld({ sync, poll });
    const runner = await start();
    let now = rows(1, 2, 3, 4, 5, 6);
    source.script(pages(() => now));
    await runner.pass();

    // The first is deleted after its page was read: all that follow move up by one, and 3 is on no page.
    let read = 0;
    source.script((call) => {
      read += 1;
      if (read === 2) now = now.slice(1);
      return pages(() => now)(call);
    });
    await runner.pass(full);
    const first = ghl.contacts().map(({ email }) => email);
    await runner.pass(full);

    expect(first).toContain('guest3@example.com');
    expect(emailsOf(ghl)).toEqual(emails(2, 3, 4, 5, 6));
  });

  test('one that both reads do not hold is deleted in the same pass', async () => {
    const { ghl, source, start } = await aWorld({ sync, poll });
    const runner = await start();
    source.script(pages(() => rows(1, 2, 3, 4, 5)));
    await runner.pass();

    source.script(pages(() => rows(1, 2, 4, 5)));
    await runner.pass(full);

    expect(emailsOf(ghl)).toEqual(emails(1, 2, 4, 5));
  });
});

test('a full read that breaks off deletes nothing', async () => {
  const poll = { next: { type: 'cursor', param: 'cursor', value: 'next' } };
  const { ghl, source, start } = await aWorld({ sync, poll });
  const runner = await start();
  source.rows(rows(1, 2, 3, 4, 5));
  await runner.pass();

  source.script((call) =>
    call.query['cursor'] === undefined
      ? { body: { data: rows(1, 2, 3), next: 'more' } }
      : { status: 400, body: { message: 'cursor is odd' } },
  );
  await runner.pass(full);

  expect([...runner.engine.poller.failures().keys()]).toEqual(['bookings']);
  expect(ghl.contacts()).toHaveLength(5);
});

test('one that is absent and comes back is created again once two reads have seen it, and the rest is left as it is', async () => {
  const { ghl, source, start } = await aWorld({ sync });
  const runner = await start();
  source.rows(rows(1, 2, 3));
  await runner.pass();
  source.rows(rows(1, 2));
  await runner.pass(full);
  ghl.clear();

  source.rows(rows(1, 2, 3));
  await runner.pass(full);
  await runner.pass();

  expect(ghl.contacts()).toHaveLength(3);
  expect(ghl.calls.map(({ operation }) => operation)).toEqual(['create-contact']);
});
