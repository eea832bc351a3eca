import { describe, expect, onTestFinished, test } from 'vitest';
import { sharedPostgres } from '../support/postgres.ts';
import { aPlace, type Place } from './place.ts';
import type { Shop } from './shop.ts';

const PEOPLE = 9;
const BOOKINGS = 18;
const STATUSES = ['Enquiry', 'Confirmed', 'Cancelled'] as const;

const any = (count: number): number => Math.floor(Math.random() * count);
const emailOf = (booking: number): string => `guest${booking % PEOPLE}@example.com`;

/** Something happens to a booking, or staff write a note. Bookings below `PEOPLE` stay, so that each note has a contact. */
function anyDeed(shop: Shop, turn: number): void {
  const id = any(BOOKINGS);
  if (any(4) === 0) {
    const memo = any(PEOPLE);
    shop.write({ id: memo, email: emailOf(memo), text: `memo ${memo}, at turn ${turn}` });
    return;
  }
  shop.save({
    id,
    email: emailOf(id),
    status: STATUSES[any(3)]!,
    task: any(3) === 0 ? '' : `task of b${id}, turn ${turn}`,
    deleted: id >= PEOPLE && any(4) === 0,
  });
}

/** In odd lives at a random instant, in even ones at a random commit or call. */
async function storm(place: Place, lives: number): Promise<string[]> {
  for (let life = 0; life < lives; life += 1) {
    const kind = any(3) === 0 ? 'call' : 'commit';
    const dieAt =
      life % 2 === 0 ? `${kind} ${1 + any(25)} ${any(2) === 0 ? 'before' : 'after'}` : 300 + any(1_500);
    await place.life(dieAt, () => {
      for (let deed = 0; deed < 3 + any(8); deed += 1) anyDeed(place.shop, life);
    });
  }
  return place.outcome();
}

const postgres = sharedPostgres();
const STORES = [
  ['SQLite', () => Promise.resolve(undefined)],
  ['PostgreSQL', async () => (await postgres()).schema()],
] as const;

describe.each(STORES)('killed again and again while webhooks come in (%s)', (_name, store) => {
  test('the target is what the source says: nothing lost, nothing twice', { timeout: 300_000 }, async () => {
    const place = await aPlace(store);
    onTestFinished(place.close);
    for (let id = 0; id < PEOPLE; id += 1) place.shop.save({ id, email: emailOf(id) });

    const wrong = await storm(place, 30);

    expect(wrong).toEqual([]);
    expect(place.ghl.contacts().length).toBe(PEOPLE);
  });
});
