import { expect, test, type TestContext } from 'vitest';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contactOf, edit, environment, someBookings, wrong, type Booking } from './bookings.ts';
import { SECRET, startBookingApi } from './booking-apis.ts';
import { boothsync, folder, type Ended } from './program.ts';
import {
  startStrictGhl,
  TOKEN,
  type Call,
  type FaultKind,
  type GhlOptions,
  type StrictGhl,
} from './strict-ghl.ts';

/** What an API does to a create when it has a bad day: afterwards everybody is there, and nobody twice. */
async function stage(
  { onTestFinished }: Pick<TestContext, 'onTestFinished'>,
  bookings: Booking[],
  options: GhlOptions = {},
): Promise<{ ghl: StrictGhl; run(...args: string[]): Promise<Ended> }> {
  const [api, ghl, place] = await Promise.all([
    startBookingApi('rest', bookings),
    startStrictGhl(options),
    folder(),
  ]);
  onTestFinished(async () => {
    await Promise.all([api.close(), ghl.close()]);
    await place.remove();
  });
  const file = join(place.path, 'rest.yaml');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace('location: ${GHL', 'timeout: 1s\n    location: ${GHL'));
  const env = { ...environment, SHOP_URL: api.url, SHOP_SECRET: SECRET, GHL_URL: ghl.url, GHL_TOKEN: TOKEN };
  return { ghl, run: (...args) => boothsync(place.path, ['run', '-c', 'rest.yaml', '--json', ...args], env) };
}

const isCreate = (call: Call): boolean => call.operation === 'create-contact';

const kinds: readonly FaultKind[] = [
  'reset-before',
  'reset-after',
  '502-before',
  '502-after',
  '500-before',
  'hang-before',
  'hang-after',
  'hang-late',
  '429',
  'html',
];

/** Runs until nothing is left to do, as cron would. */
async function runs(run: () => Promise<Ended>, ghl: StrictGhl, bookings: Booking[]): Promise<Ended[]> {
  const all: Ended[] = [];
  for (let n = 0; n < 3; n += 1) {
    all.push(await run());
    if (wrong(ghl, bookings).length === 0 && all.at(-1)?.code === 0) break;
  }
  return all;
}

test.concurrent.for(kinds)(
  'creates that meet %s: no lost record, no twin',
  { timeout: 300_000 },
  async (kind, context) => {
    for (const allowDuplicates of /before|429|html/.test(kind) ? [false] : [false, true]) {
      const bookings = someBookings(12);
      const { ghl, run } = await stage(context, bookings, {
        allowDuplicates,
        answers: allowDuplicates ? 'full' : 'terse',
      });
      ghl.faults.push({ kind, when: isCreate, times: 3 });

      const ended = await runs(run, ghl, bookings);

      expect({ kind, allowDuplicates, wrong: wrong(ghl, bookings) }).toEqual({
        kind,
        allowDuplicates,
        wrong: [],
      });
      expect({ kind, allowDuplicates, size: ghl.contacts.size }).toEqual({ kind, allowDuplicates, size: 12 });
      expect(ghl.problems).toEqual([]);
      expect(ended.at(-1)?.code).toBe(0);
      const again = await run();
      expect({ code: again.code, calls: again.json['calls'] }).toEqual({ code: 0, calls: 0 });
      console.log(
        `${kind}, duplicates ${String(allowDuplicates)}: ${ended.map((one) => one.seconds.toFixed(1)).join(', ')} s, ${String(ghl.calls.length)} calls`,
      );
    }
  },
);

test.concurrent('a streak of 500s slows it down and kills nothing', { timeout: 300_000 }, async (context) => {
  const bookings = someBookings(40);
  const { ghl, run } = await stage(context, bookings);
  ghl.faults.push({ kind: '500-before', when: isCreate, times: 12 });

  const ended = await runs(run, ghl, bookings);

  expect(wrong(ghl, bookings)).toEqual([]);
  expect(ghl.contacts.size).toBe(40);
  expect(
    ended.map((one) => one.json['events']).every((one) => JSON.stringify(one).includes('"dead":0')),
  ).toBe(true);
});

test.concurrent(
  'updates and tags that meet faults end right, with the tags of people kept',
  { timeout: 300_000 },
  async (context) => {
    const bookings = someBookings(6);
    const { ghl, run } = await stage(context, bookings);
    await run();
    for (const booking of bookings) {
      contactOf(ghl, booking)?.tags.push('by hand');
      edit(booking, { family: 'Faulted', state: booking.state === 'booked' ? 'cancelled' : 'booked' });
    }
    const later = (call: Call): boolean => /^(update|add|remove)/.test(call.operation);
    for (const kind of ['reset-after', '502-after', 'hang-after', '429', 'html'] as const) {
      ghl.faults.push({ kind, when: later, times: 1 });
    }

    const ended = await runs(run, ghl, []);

    expect(ended.at(-1)?.code).toBe(0);
    expect(wrong(ghl, bookings, ['by hand'])).toEqual([]);
    expect(ghl.contacts.size).toBe(6);
    expect(ghl.problems).toEqual([]);
  },
);

test.concurrent(
  'a record that HighLevel refuses dies once, with its reason, and costs a few calls',
  { timeout: 300_000 },
  async (context) => {
    const bookings = someBookings(5);
    const refused = bookings[1];
    if (!refused) throw new Error('no booking');
    Object.assign(refused, { mail: 'not an address', mobile: null });
    const { ghl, run } = await stage(context, bookings);

    const first = await run();

    expect(first.code).toBe(1);
    expect(first.json['events']).toMatchObject({ done: 4, dead: 1 });
    expect(
      wrong(
        ghl,
        bookings.filter((one) => one !== refused),
      ),
    ).toEqual([]);
    expect(ghl.calls.length).toBeLessThanOrEqual(5 + 2 + 4);
    const second = await run();
    expect(second.json['calls']).toBe(0);
  },
);

test.concurrent(
  'an update that HighLevel refuses dies once and leaves the contact as it was',
  { timeout: 300_000 },
  async (context) => {
    const bookings = someBookings(5);
    const { ghl, run } = await stage(context, bookings);
    await run();
    const refused = bookings[0];
    if (!refused) throw new Error('no booking');
    const [before, tags] = [ghl.calls.length, contactOf(ghl, refused)?.tags];
    ghl.faults.push({ kind: '422', when: (call) => call.operation === 'update-contact', times: 1000 });
    edit(refused, { given: 'Refused' });

    const ended = await run();

    expect(ended.code).toBe(1);
    expect(ended.json['events']).toMatchObject({ dead: 1 });
    expect(ghl.calls.length - before).toBeLessThanOrEqual(4);
    expect(contactOf(ghl, refused)?.tags).toEqual(tags);
  },
);

test.concurrent(
  'a token that is refused pauses the lane: nothing dies, and all arrive when it is good again',
  { timeout: 300_000 },
  async (context) => {
    const bookings = someBookings(30);
    const { ghl, run } = await stage(context, bookings);
    const anyCall = { kind: '401' as const, when: () => true, times: 1000 };
    ghl.faults.push(anyCall);

    const ended = await run();

    expect(ended.code).toBe(1);
    expect(ended.json['events']).toMatchObject({ dead: 0, done: 0 });
    expect(ghl.calls.length).toBeLessThanOrEqual(20);
    expect(`${ended.stdout}${ended.stderr}`).not.toContain(TOKEN);
    anyCall.times = 0;
    const good = await run();
    expect(good.code).toBe(0);
    expect(wrong(ghl, bookings)).toEqual([]);
  },
);
