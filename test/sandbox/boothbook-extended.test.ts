import { describe, expect, test } from 'vitest';
import { runningBoothbook } from './running-boothbook.ts';

const { boothbook, get } = runningBoothbook();

interface Page {
  readonly data: readonly { readonly id: string }[];
  readonly next_cursor: string | null;
}

async function readAll(kind: string, query: string, from = ''): Promise<readonly string[]> {
  const ids: string[] = [];
  let cursor = from;
  for (;;) {
    const got = await get(`${kind}?${query}&cursor=${cursor}`);
    const page = got.body as unknown as Page;
    ids.push(...page.data.map((record) => record.id));
    if (page.next_cursor === null) return ids;
    cursor = page.next_cursor;
  }
}

describe('pages', () => {
  test('records come by (updated_at, id), also where many share a time', async () => {
    for (const id of ['t10', 't2', 't1', 't3', 't9']) {
      boothbook().putRecord('tasks', { id, updated_at: '2026-05-01T10:00:00Z' });
    }
    boothbook().putRecord('tasks', { id: 't0', updated_at: '2026-05-02T10:00:00Z' });

    const ids = await readAll('tasks', 'limit=2');

    expect(ids).toEqual(['t1', 't2', 't3', 't9', 't10', 't0']);
  });

  test('updated_since is inclusive', async () => {
    boothbook().putRecord('notes', { id: 'a', updated_at: '2026-05-01T10:00:00Z' });
    boothbook().putRecord('notes', { id: 'b', updated_at: '2026-05-02T10:00:00Z' });

    const got = await get('notes?updated_since=2026-05-02T11:00:00%2B01:00');

    expect(got.body).toMatchObject({ data: [{ id: 'b' }], next_cursor: null });
  });

  test('a record that changes while one reads comes again at the end, and none is missed', async () => {
    for (const id of ['a', 'b', 'c'])
      boothbook().putRecord('tasks', { id, updated_at: '2026-05-01T10:00:00Z' });
    const first = (await get('tasks?limit=1')).body as unknown as Page;

    boothbook().patchRecord('tasks', 'a', { completed: true });
    const rest = await readAll('tasks', 'limit=1', first.next_cursor ?? '');

    expect([first.data[0]?.id, ...rest]).toEqual(['a', 'b', 'c', 'a']);
  });

  test('25 at a time unless asked, 100 at most', async () => {
    for (let id = 0; id < 30; id++) boothbook().putRecord('tasks', { id: `t${id}` });

    const usual = (await get('tasks')).body as unknown as Page;
    const greedy = await get('tasks?limit=101');

    expect(usual.data).toHaveLength(25);
    expect(greedy).toMatchObject({ status: 400, body: { error: { code: 'invalid_limit', param: 'limit' } } });
  });

  test.each([
    ['a cursor that is none', 'tasks?cursor=!!!', 400],
    ['a date that is none', 'tasks?updated_since=soon', 400],
    ['an unknown kind', 'payments', 404],
  ])('%s is refused', async (_, path, status) => {
    expect((await get(path)).status).toBe(status);
  });

  test('key and secret must stand in the headers', async () => {
    const { key, secret } = boothbook();

    const got = await get(`tasks?key=${key}&secret=${secret}`, {});

    expect(got).toMatchObject({ status: 401, body: { error: { code: 'unauthorized' } } });
  });
});

describe('state', () => {
  test('a booking shows in both profiles, with the time of its change', async () => {
    boothbook().putBooking({ booking_id: 7, status: 'Pending', event_name: 'x', event_date: '2026-06-14' });
    boothbook().patchBooking(7, { status: 'Confirmed' });

    const got = await get('bookings');

    expect(got.body['data']).toMatchObject([{ id: 7, booking_id: 7, status: 'Confirmed' }]);
    expect(boothbook().booking(7)?.status).toBe('Confirmed');
  });

  test('seeds are the same for the same arguments, with persons of their own', () => {
    const bookings = boothbook().seed(1_200, { baseDate: '2026-06-01', seed: 3 });
    const again = boothbook().seed(1_200, { baseDate: '2026-06-01', seed: 3 });

    expect(again).toEqual(bookings);
    expect(new Set(bookings.map((one) => one.email)).size).toBe(1_200);
    expect(new Set(bookings.map((one) => one.phone)).size).toBe(1_200);
    expect(bookings.slice(0, 1_000).every((one) => /^07700 900\d{3}$/.test(one.phone ?? ''))).toBe(true);
    expect(bookings.every((one) => one.email?.endsWith('@example.com'))).toBe(true);
  });

  test('repeat customers book several times and stay one customer', () => {
    const bookings = boothbook().seed(100, { baseDate: '2026-06-01', repeats: 0.5 });

    const people = new Set(bookings.map((one) => one.email)).size;
    expect(people).toBeLessThan(75);
    expect(boothbook().records('customers')).toHaveLength(people);
    expect(boothbook().records('appointments')).toHaveLength(100);
  });
});
