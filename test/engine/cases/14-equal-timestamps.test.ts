import { describe, expect, test } from 'vitest';
import { worlds } from '../../support/world.ts';
import type { ScriptedSource } from '../../support/scripted-source.ts';

const aWorld = worlds();

interface Row {
  readonly id: number;
  readonly email: string;
  readonly updated_at: string;
}

const at = (second: number) =>
  new Date(Date.parse('2026-05-01T10:00:00Z') + second * 1000).toISOString().replace('.000', '');
const rowsAt = (seconds: readonly number[]): Row[] =>
  seconds.map((second, id) => ({ id, email: `g${id}@example.com`, updated_at: at(second) }));
const same = (count: number, second: number) => Array.from({ length: count }, () => second);

/** An API that answers the first `limit` rows since a time, by time and id; `next`: with a cursor to go on. */
function serve(
  source: ScriptedSource,
  rows: readonly Row[],
  how: { strictly: boolean; next: boolean },
): void {
  source.script(({ query }) => {
    const since = query['since'] === undefined ? -Infinity : Date.parse(query['since']);
    const limit = Number(query['limit'] ?? 100);
    const start = Number(query['cursor'] ?? 0);
    const all = rows
      .filter(({ updated_at }) =>
        how.strictly ? Date.parse(updated_at) > since : Date.parse(updated_at) >= since,
      )
      .sort((a, b) => a.updated_at.localeCompare(b.updated_at) || a.id - b.id);
    const data = all.slice(start, start + limit);
    return { body: { data, ...(how.next && start + limit < all.length ? { next: start + limit } : {}) } };
  });
}

const poll = { request: { path: '/bookings', query: { since: '{{ $since }}', limit: 100 } } };
const paged = { ...poll, next: { type: 'cursor', value: 'next' } };
// Nothing is delivered: only the reading counts here.
const sync = { when: 'id = -1' };
const read = (runner: Awaited<ReturnType<Awaited<ReturnType<typeof aWorld>>['start']>>) =>
  runner.store.read.records.countLive('default', 'bookings');

describe.each([
  ['>', true],
  ['≥', false],
])('250 rows of one instant, 100 at a time, from an API that reads `%s` since', (_, strictly) => {
  test('with `next` all are read, and again after an edit of one', async () => {
    const { source, start } = await aWorld({ poll: paged, sync });
    const runner = await start();
    const rows = rowsAt(same(250, 0));
    serve(source, rows, { strictly, next: true });

    await runner.pass();
    serve(source, [...rows, { id: 250, email: 'g250@example.com', updated_at: at(0) }], {
      strictly,
      next: true,
    });
    await runner.pass();

    expect(await read(runner)).toBe(251);
  });

  test('without `next` the poll fails and says so, and the cursor stays', async () => {
    const { source, start } = await aWorld({ poll, sync });
    const runner = await start();
    serve(source, rowsAt(same(250, 0)), { strictly, next: false });

    await runner.pass();

    expect([...runner.engine.poller.failures().keys()]).toEqual(['bookings']);
    expect(await runner.store.read.cursors.get('default', 'bookings')).toEqual({});
  });

  test('without `next`, rows of many instants are all read', async () => {
    const { source, start } = await aWorld({ poll, sync });
    const runner = await start();
    serve(source, rowsAt([...same(60, 0), ...same(60, 1), ...same(99, 2), ...same(31, 3)]), {
      strictly,
      next: false,
    });

    await runner.pass();

    expect(await read(runner)).toBe(250);
    expect(runner.engine.poller.failures().size).toBe(0);
  });

  test('without `next`, a page that ends just at the limit is not the end', async () => {
    const { source, start } = await aWorld({ poll, sync });
    const runner = await start();
    serve(source, rowsAt([...same(50, 0), ...same(50, 1), ...same(50, 2)]), { strictly, next: false });

    await runner.pass();

    expect(await read(runner)).toBe(150);
  });
});

test('the cursor moves only after the last page: what broke off is read again', async () => {
  const { source, start } = await aWorld({ poll: paged, sync });
  const runner = await start({ random: () => 0 });
  const rows = rowsAt([...same(100, 0), ...same(100, 1), ...same(50, 2)]);
  let broken = true;
  serve(source, rows, { strictly: true, next: true });
  const failing = new Set<string>();
  source.script(({ query }) => {
    const start = Number(query['cursor'] ?? 0);
    if (broken && start === 200) {
      failing.add('third page');
      return { status: 400, body: { message: 'broken' } };
    }
    const since = query['since'] === undefined ? -Infinity : Date.parse(query['since']);
    const all = rows.filter(({ updated_at }) => Date.parse(updated_at) > since);
    return {
      body: {
        data: all.slice(start, start + 100),
        ...(start + 100 < all.length ? { next: start + 100 } : {}),
      },
    };
  });

  await runner.pass();
  const before = await read(runner);
  broken = false;
  await runner.pass();

  expect([failing.size, before, await read(runner)]).toEqual([1, 200, 250]);
});

test('a page of the limit from an API without times is a failed poll, not a silent loss', async () => {
  const { source, start } = await aWorld({
    poll: { request: { path: '/bookings', query: { limit: 100 } } },
    source: { updatedAt: undefined },
    sync,
  });
  const runner = await start();
  serve(source, rowsAt(same(250, 0)), { strictly: false, next: false });

  await runner.pass();

  expect(runner.engine.poller.failures().size).toBe(1);
});
