import { describe, expect, test } from 'vitest';
import { sharedPostgres } from '../support/postgres.ts';
import { aPlace } from './place.ts';

/** What a start and one booking with its contact, task, note and action take at least. */
const COMMITS = 10;
const CALLS = 4;

const MOMENTS = ['before', 'after'].flatMap((when) => [
  ...Array.from({ length: COMMITS }, (_, at) => `commit ${at + 1} ${when}`),
  ...Array.from({ length: CALLS }, (_, at) => `call ${at + 1} ${when}`),
]);

const postgres = sharedPostgres();
const STORES = [
  ['SQLite', () => Promise.resolve(undefined)],
  ['PostgreSQL', async () => (await postgres()).schema()],
] as const;

describe.each(STORES)('killed between two stages of one booking (%s)', (_name, store) => {
  test.concurrent.for(MOMENTS)('%s', { timeout: 300_000 }, async (moment, { onTestFinished }) => {
    const place = await aPlace(store);
    onTestFinished(place.close);
    place.shop.write({ id: 1, email: 'ann@example.com', text: 'memo 1, first' });

    const died = await place.life(moment, () =>
      place.shop.save({ id: 1, email: 'ann@example.com', status: 'Confirmed', task: 'task of b1, first' }),
    );
    const wrong = await place.outcome();

    expect(died).toBe('as told');
    expect(wrong).toEqual([]);
  });
});
