import { describe, expect, test } from 'vitest';
import { worlds, type Runner } from '../support/world.ts';
import type { ScriptedSource } from '../support/scripted-source.ts';

const aWorld = worlds();

interface Row {
  readonly id: number;
  readonly email: string;
  readonly updated_at: string;
}

const START = Date.parse('2026-05-01T10:00:00Z');
const at = (minute: number) => new Date(START + minute * 60_000).toISOString();
const rowsUpTo = (count: number): Row[] =>
  Array.from({ length: count }, (_, id) => ({ id, email: `g${id}@example.com`, updated_at: at(id) }));

type Order = 'oldest first' | 'newest first' | 'by id backwards';

/** An API that gives at most `cap` rows at once, whatever it is asked for; `told`: it says that there is more. */
function serve(source: ScriptedSource, rows: readonly Row[], order: Order, cap: number, told = false): void {
  source.script(({ query }) => {
    const since = query['since'] === undefined ? -Infinity : Date.parse(query['since']);
    const all = rows.filter(({ updated_at }) => Date.parse(updated_at) > since);
    const byTime = (a: Row, b: Row) => a.updated_at.localeCompare(b.updated_at);
    all.sort((a, b) =>
      order === 'oldest first' ? byTime(a, b) : order === 'newest first' ? byTime(b, a) : b.id - a.id,
    );
    const data = all.slice(0, cap);
    return { body: { data, ...(told ? { has_more: data.length < all.length } : {}) } };
  });
}

const poll = { request: { path: '/bookings', query: { since: '{{ $since }}', limit: 10 } } };
// Nothing is delivered: only the reading counts here.
const sync = { when: 'id = -1' };
const live = (runner: Runner) => runner.store.read.records.countLive('default', 'bookings');
const failure = (runner: Runner) => runner.engine.poller.failures().get('bookings');
const cursorOf = (runner: Runner) => runner.store.read.cursors.get('default', 'bookings');

describe('an API that gives four at once, where ten are asked for', () => {
  test('and says that there is more, oldest first: all are read at once', async () => {
    const { source, start } = await aWorld({ poll, sync });
    const runner = await start();
    serve(source, rowsUpTo(13), 'oldest first', 4, true);

    await runner.pass();

    expect([await live(runner), failure(runner)]).toEqual([13, undefined]);
  });

  test('and says that there is more, newest first: the poll fails and says why, and the cursor stays', async () => {
    const { source, start } = await aWorld({ poll, sync });
    const runner = await start();
    serve(source, rowsUpTo(13), 'newest first', 4, true);

    await runner.pass();

    expect(failure(runner)).toMatch(/oldest first.*`next`/);
    expect(await cursorOf(runner)).toEqual({});
  });

  test('and says nothing, oldest first: each poll goes on where the last ended', async () => {
    const { source, start } = await aWorld({ poll, sync });
    const runner = await start();
    serve(source, rowsUpTo(9), 'oldest first', 8);

    await runner.pass();
    await runner.pass();

    expect(await live(runner)).toBe(9);
  });

  test('and says nothing, newest first: what there was no room for fails the next poll, and the cursor stays', async () => {
    const { source, start } = await aWorld({ poll, sync });
    const runner = await start();
    serve(source, rowsUpTo(3), 'newest first', 4);
    await runner.pass();
    const before = await cursorOf(runner);
    serve(source, rowsUpTo(9), 'newest first', 4);

    await runner.pass();

    expect(failure(runner)).toContain('cut short');
    expect((await cursorOf(runner)).time).toEqual(before.time);
  });
});

describe('an API that gives ten at once, newest first, and was asked for ten', () => {
  test('fails the poll where there are more: time does not lead on to them', async () => {
    const { source, start } = await aWorld({ poll, sync });
    const runner = await start();
    serve(source, rowsUpTo(13), 'newest first', 10);

    await runner.pass();

    expect(failure(runner)).toContain('oldest first');
    expect(await cursorOf(runner)).toEqual({});
  });
});

describe('an answer that is whole, in whatever order', () => {
  test.each(['newest first', 'by id backwards'] as const)('moves the cursor on: %s', async (order) => {
    const { source, start } = await aWorld({ poll, sync });
    const runner = await start();
    serve(source, rowsUpTo(5), order, 100);
    await runner.pass();
    serve(source, rowsUpTo(8), order, 100);

    await runner.pass();

    expect([await live(runner), failure(runner)]).toEqual([8, undefined]);
    expect((await cursorOf(runner)).time?.ms).toBe(Date.parse(at(7)));
  });

  test('does so where a record that was read before has been deleted: one more read tells', async () => {
    const { source, start } = await aWorld({ poll, sync });
    const runner = await start();
    serve(source, rowsUpTo(20), 'newest first', 100);
    await runner.pass();
    serve(
      source,
      rowsUpTo(22).filter(({ id }) => id !== 18),
      'newest first',
      100,
    );
    const calls = source.calls.length;

    await runner.pass();

    expect(failure(runner)).toBeUndefined();
    expect((await cursorOf(runner)).time?.ms).toBe(Date.parse(at(21)));
    expect(source.calls.length - calls).toBe(2);
  });
});
