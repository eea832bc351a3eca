import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type TestContext } from 'vitest';
import { contactOf, edit, environment, someBookings, wrong, type Booking } from './bookings.ts';
import { SECRET, startBookingApi, type BookingApi, type Shape } from './booking-apis.ts';
import { boothsync, folder, type Ended, type Environment } from './program.ts';
import { startStrictGhl, TOKEN, type GhlOptions, type StrictGhl } from './strict-ghl.ts';

/** The scenario by which the program is judged, against six booking APIs that have nothing in common. */
interface Stage {
  readonly api: BookingApi;
  readonly ghl: StrictGhl;
  readonly env: Environment;
  readonly cwd: string;
  run(...args: string[]): Promise<Ended>;
  /** Calls that arrived at HighLevel since the last question. */
  news(): number;
}

async function stage(
  { onTestFinished }: Pick<TestContext, 'onTestFinished'>,
  shape: Shape,
  bookings: Booking[],
  options: GhlOptions = {},
): Promise<Stage> {
  const [api, ghl, place] = await Promise.all([
    startBookingApi(shape, bookings),
    startStrictGhl(options),
    folder(),
  ]);
  onTestFinished(async () => {
    await Promise.all([api.close(), ghl.close()]);
    await place.remove();
  });
  const env = { ...environment, SHOP_URL: api.url, SHOP_SECRET: SECRET, GHL_URL: ghl.url, GHL_TOKEN: TOKEN };
  let seen = 0;
  return {
    api,
    ghl,
    env,
    cwd: place.path,
    run: (...args) => boothsync(place.path, ['run', '-c', `${shape}.yaml`, '--json', ...args], env),
    news: () => {
      const fresh = ghl.calls.length - seen;
      seen = ghl.calls.length;
      return fresh;
    },
  };
}

const shapes: readonly [Shape, GhlOptions][] = [
  ['rest', { answers: 'full', rateHeaders: true }],
  ['cursor', { answers: 'terse', hiddenLocation: true }],
  ['link', { answers: 'terse', latencyMs: () => 5 + Math.random() * 60 }],
  ['offset', { answers: 'full', latencyMs: () => 20 }],
  ['php', { answers: 'full', hiddenLocation: true, rateHeaders: true }],
  ['multipart', { answers: 'terse' }],
];

test.concurrent.for(shapes)(
  '%s: 120 records become 120 right contacts in at most 126 calls; again: none; four changed: at most six',
  async ([shape, options], context) => {
    const bookings = someBookings(120);
    const { api, ghl, run, news } = await stage(context, shape, bookings, options);

    const first = await run();
    expect(api.problems).toEqual([]);
    expect(ghl.problems).toEqual([]);
    expect({ code: first.code, stderr: first.code === 0 ? '' : first.stderr }).toEqual({
      code: 0,
      stderr: '',
    });
    expect(wrong(ghl, bookings)).toEqual([]);
    expect(ghl.contacts.size).toBe(120);
    const calls = news();
    expect(calls).toBeLessThanOrEqual(126);
    expect(first.json['events']).toMatchObject({ done: 120, waiting: 0, dead: 0 });
    expect(first.json['calls']).toBe(calls);
    expect(typeof first.json['seconds']).toBe('number');

    const second = await run();
    expect(second.code).toBe(0);
    expect(news()).toBe(0);
    expect(second.json).toMatchObject({ calls: 0, events: { done: 0, dead: 0 } });

    const [field, label, both, flip] = [bookings[1], bookings[4], bookings[7], bookings[9]];
    if (!field || !label || !both || !flip) throw new Error('too few bookings');
    contactOf(ghl, flip)?.tags.push('by hand');
    contactOf(ghl, both)?.tags.push('by hand');
    edit(field, { given: 'Renamed' });
    edit(label, { kind: 'Gala', labels: label.labels });
    edit(both, { family: 'Changed', kind: 'Corporate' });
    flip.state = flip.state === 'booked' ? 'cancelled' : 'booked';
    edit(flip, {});
    const third = await run();
    expect(third.code).toBe(0);
    expect(ghl.problems).toEqual([]);
    expect(news()).toBeLessThanOrEqual(6);
    expect(contactOf(ghl, field)?.fields['firstName']).toBe('Renamed');
    expect(contactOf(ghl, label)?.tags).toContain('kind:gala');
    expect(contactOf(ghl, both)?.fields['lastName']).toBe('Changed');
    expect(contactOf(ghl, both)?.tags).toEqual(expect.arrayContaining(['by hand', 'kind:corporate']));
    expect(wrong(ghl, [flip], ['by hand'])).toEqual([]);

    expect(ghl.mostIn(2000)).toBeLessThanOrEqual(100);
    console.log(
      `${shape}: ${String(calls)} calls, most in 2 s ${String(ghl.mostIn(2000))}, ` +
        `${first.seconds.toFixed(1)} s, ${second.seconds.toFixed(1)} s, ${third.seconds.toFixed(1)} s`,
    );
  },
);

test.concurrent(
  'a booked record that is no longer booked loses the tags that the rule added, and no other',
  async (context) => {
    const bookings = someBookings(12).filter((one) => one.state === 'booked');
    const { ghl, run, news } = await stage(context, 'rest', bookings);
    await run();
    news();
    for (const booking of bookings) {
      contactOf(ghl, booking)?.tags.push('newsletter', 'hand-made');
      edit(booking, { state: 'cancelled' });
    }

    const ended = await run();

    expect(ended.code).toBe(0);
    expect(ghl.problems).toEqual([]);
    expect(wrong(ghl, bookings, ['newsletter', 'hand-made'])).toEqual([]);
    // What is equal for all of them goes in one call.
    expect(news()).toBe(1);
  },
);

test.concurrent(
  'contacts that were there are adopted, with the tags and fields that people gave them',
  async (context) => {
    const bookings = someBookings(10, 20);
    const { ghl, run, news } = await stage(context, 'rest', bookings);
    const [byMail, byPhone] = [bookings[0], bookings.find((one) => !one.mail)];
    if (!byMail || !byPhone) throw new Error('no such booking');
    const old = ghl.byHand({
      fields: { email: byMail.mail?.toLowerCase() ?? '', city: 'Leeds', source: 'By hand', firstName: 'Old' },
      tags: ['loyal', 'by hand'],
    });
    const phone = ghl.byHand({
      fields: { phone: `+44${byPhone.mobile?.slice(1).replace(' ', '') ?? ''}`, city: 'York' },
      tags: ['caller'],
    });

    const ended = await run();

    expect(ended.code).toBe(0);
    expect(ghl.problems).toEqual([]);
    expect(ghl.contacts.size).toBe(10);
    expect(old.fields).toMatchObject({ city: 'Leeds', source: 'By hand', firstName: byMail.given });
    expect(old.tags).toEqual(expect.arrayContaining(['loyal', 'by hand', 'booth']));
    expect(phone.fields).toMatchObject({ city: 'York', firstName: byPhone.given });
    expect(phone.tags).toEqual(expect.arrayContaining(['caller', 'booth']));
    const others = bookings.filter((one) => one !== byMail && one !== byPhone);
    expect(wrong(ghl, others)).toEqual([]);
    news();
    expect((await run()).json['calls']).toBe(0);
    expect(news()).toBe(0);
  },
);

test.concurrent(
  'a record that the source calls deleted gets its tag, once, and keeps those of people',
  async (context) => {
    const bookings = someBookings(6);
    const { ghl, run, news } = await stage(context, 'cursor', bookings);
    await run();
    const gone = bookings[2];
    if (!gone) throw new Error('no booking');
    contactOf(ghl, gone)?.tags.push('by hand');
    edit(gone, { gone: true });
    news();

    const ended = await run();

    expect(ended.code).toBe(0);
    expect(contactOf(ghl, gone)?.tags).toEqual(expect.arrayContaining(['booth-gone', 'by hand']));
    expect(news()).toBe(1);
    expect((await run()).json['calls']).toBe(0);
    expect([...ghl.contacts.values()].filter((one) => one.tags.includes('booth-gone'))).toHaveLength(1);
    expect(ghl.problems).toEqual([]);
  },
);

test.concurrent(
  'a record that a full read no longer finds gets its tag; one outside of a plain read does not',
  async (context) => {
    const bookings = someBookings(8);
    const { api, ghl, run } = await stage(context, 'link', bookings);
    await run();
    const gone = bookings[3];
    if (!gone) throw new Error('no booking');
    gone.gone = true;

    const plain = await run();
    expect(plain.json['calls']).toBe(0);
    const full = await run('--full');

    expect(full.code).toBe(0);
    expect(contactOf(ghl, gone)?.tags).toContain('booth-gone');
    expect([...ghl.contacts.values()].filter((one) => one.tags.includes('booth-gone'))).toHaveLength(1);
    gone.gone = false;
    await run();
    expect(contactOf(ghl, gone)?.tags).not.toContain('booth-gone');
    expect(api.problems).toEqual([]);
    expect(ghl.problems).toEqual([]);
  },
);

test.concurrent(
  'several bookings of one person are one contact, with the newest fields and the tags of all',
  async (context) => {
    const bookings = someBookings(9).map((one, n) => ({
      ...one,
      mail: `Pair.${String(n % 3)}@example.com`,
      mobile: null,
    }));
    const { ghl, run, news } = await stage(context, 'rest', bookings);

    const first = await run();

    expect(first.code).toBe(0);
    expect(ghl.problems).toEqual([]);
    expect(ghl.contacts.size).toBe(3);
    for (const [n, newest] of bookings.slice(6).entries()) {
      const contact = contactOf(ghl, newest);
      expect(contact?.fields).toMatchObject({
        email: `pair.${String(n)}@example.com`,
        firstName: newest.given,
      });
      const booked = bookings.filter((one) => one.mail === newest.mail).some((one) => one.state === 'booked');
      expect(contact?.tags.includes('booked')).toBe(booked);
    }
    news();
    expect((await run()).json['calls']).toBe(0);
    expect(news()).toBe(0);
  },
);

test.concurrent(
  'records without an identity, with a bad phone or of a person that is there twice stop nobody else',
  async (context) => {
    const bookings = someBookings(5);
    const [nobody, badPhone, badMail] = bookings;
    if (!nobody || !badPhone || !badMail) throw new Error('no booking');
    Object.assign(nobody, { mail: '', mobile: null });
    Object.assign(badPhone, { mail: 'fine@example.com', mobile: 'ring the bell' });
    Object.assign(badMail, { mail: 'not an address', mobile: null });
    const { ghl, run, cwd, env } = await stage(context, 'rest', bookings);

    const ended = await run();

    expect(ended.code).toBe(1);
    expect(ended.json['events']).toMatchObject({ done: 3, skipped: 1, dead: 1 });
    expect(ghl.find('email', 'fine@example.com')?.fields['phone']).toBeUndefined();
    expect(wrong(ghl, bookings.slice(3))).toEqual([]);
    expect(ghl.contacts.size).toBe(3);
    const status = await boothsync(cwd, ['status', '-c', 'rest.yaml', '--json'], env);
    expect(JSON.stringify(status.json['deadLetters'])).toContain('email');
  },
);

test.concurrent(
  '350 records never pass 100 calls in any 2 s, nor does a run that follows at once',
  async (context) => {
    const bookings = someBookings(350);
    const { ghl, run, news } = await stage(context, 'rest', bookings, {
      latencyMs: () => Math.random() * 40,
    });

    const first = await run();
    for (const booking of bookings.slice(0, 150)) edit(booking, { given: 'Edited' });
    const second = await run();

    expect([first.code, second.code]).toEqual([0, 0]);
    expect(ghl.problems).toEqual([]);
    expect(wrong(ghl, bookings)).toEqual([]);
    expect(ghl.mostIn(2000)).toBeLessThanOrEqual(100);
    expect(news()).toBeLessThanOrEqual(350 + 6 + 150);
    console.log(
      `350: ${first.seconds.toFixed(1)} s, then 150 in ${second.seconds.toFixed(1)} s, ` +
        `most in 2 s ${String(ghl.mostIn(2000))}, ${String(ghl.calls.length)} calls`,
    );
  },
);

test.concurrent(
  'two runs at once: one does the work, the other says who holds the store and exits 1',
  async (context) => {
    const { ghl, run } = await stage(context, 'rest', someBookings(120), { latencyMs: () => 200 });

    const [one, other] = await Promise.all([
      run(),
      new Promise((go) => setTimeout(go, 1500)).then(() => run()),
    ]);

    // On a busy machine the second may be the first.
    const [refused] = [one, other].filter(({ code }) => code !== 0);
    expect([one.code, other.code].toSorted()).toEqual([0, 1]);
    expect(`${refused?.stderr}${refused?.stdout}`).toMatch(/held|holds|process \d+|pid/i);
    expect(`${refused?.stderr}${refused?.stdout}`).not.toMatch(/\n\s+at .+:\d+:\d+/);
    expect(ghl.contacts.size).toBe(120);
  },
);

test.concurrent('one value for a custom field that holds a list is sent as a list', async (context) => {
  const bookings = someBookings(6);
  const { ghl, run, cwd } = await stage(context, 'offset', bookings);
  const file = join(cwd, 'offset.yaml');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace("'[Marken.name]'", 'Marken.name'));

  const ended = await run();

  expect(ghl.problems).toEqual([]);
  expect(ended.code).toBe(0);
  expect(wrong(ghl, bookings)).toEqual([]);
});

test.concurrent(
  'a location that allows duplicates costs a look for each new contact, and gets no twin',
  async (context) => {
    const bookings = someBookings(20);
    const { ghl, run, news } = await stage(context, 'rest', bookings, { allowDuplicates: true });
    const known = bookings[0];
    if (!known) throw new Error('no booking');
    ghl.byHand({ fields: { email: known.mail?.toLowerCase() ?? '' }, tags: ['by hand'] });

    const ended = await run();

    expect(ended.code).toBe(0);
    expect(ghl.contacts.size).toBe(20);
    expect(contactOf(ghl, known)?.tags).toEqual(expect.arrayContaining(['by hand', 'booth']));
    expect(news()).toBeLessThanOrEqual(2 * 20 + 6);
  },
);

test.concurrent('an API that answers its error with 200 fails the poll, not the records', async (context) => {
  const bookings = someBookings(6);
  const { api, ghl, run } = await stage(context, 'php', bookings);
  await run();
  for (let n = 0; n < 40; n += 1)
    api.instead.push({ status: 200, body: { status: 'error', msg: 'maintenance' } });

  const ended = await run('--full');

  expect(ended.code).toBe(1);
  expect(`${ended.stderr}${ended.stdout}`).toContain('maintenance');
  expect([...ghl.contacts.values()].filter((one) => one.tags.includes('booth-gone'))).toEqual([]);
  expect(wrong(ghl, bookings)).toEqual([]);
  api.instead.length = 0;
  expect(await run()).toMatchObject({ code: 0, json: { calls: 0 } });
});
