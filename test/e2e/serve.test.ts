import { expect, test, type TestContext } from 'vitest';
import { contactOf, edit, environment, held, someBookings, wrong, type Booking } from './bookings.ts';
import { asRest, SECRET, startBookingApi, type BookingApi } from './booking-apis.ts';
import { until, type Json } from './http.ts';
import { boothsync, folder, serve, type Environment, type Serving } from './program.ts';
import { bookingEvent, listOf, post, sendHex, sendPrefixed, sendStamped, together } from './senders.ts';
import { startStrictGhl, TOKEN, type GhlOptions, type StrictGhl } from './strict-ghl.ts';

interface Stage {
  readonly ghl: StrictGhl;
  readonly api: BookingApi;
  readonly env: Environment;
  readonly cwd: string;
  start(): Promise<Serving>;
  status(): Promise<Record<string, Json>>;
}

async function stage(
  { onTestFinished }: Pick<TestContext, 'onTestFinished'>,
  bookings: Booking[] = [],
  options: GhlOptions = {},
): Promise<Stage> {
  const [api, ghl, place] = await Promise.all([
    startBookingApi('rest', bookings),
    startStrictGhl(options),
    folder(),
  ]);
  const env = { ...environment, SHOP_URL: api.url, SHOP_SECRET: SECRET, GHL_URL: ghl.url, GHL_TOKEN: TOKEN };
  const started: Serving[] = [];
  onTestFinished(async () => {
    await Promise.all(started.map((one) => one.kill('SIGKILL')));
    await Promise.all([api.close(), ghl.close()]);
    await place.remove();
  });
  return {
    ghl,
    api,
    env,
    cwd: place.path,
    start: async () => {
      const serving = await serve(place.path, 'hooks.yaml', env);
      started.push(serving);
      return serving;
    },
    status: async () => (await boothsync(place.path, ['status', '-c', 'hooks.yaml', '--json'], env)).json,
  };
}

/** Bookings that `contacts` of hooks.yaml takes: with an address, and no enquiries. */
function takenBookings(count: number): Booking[] {
  const some = someBookings(count * 3);
  return some.filter((one) => one.mail && one.state !== 'enquiry').slice(0, count);
}

async function idle(ghl: StrictGhl, quietMs = 1200): Promise<void> {
  let calls = -1;
  while (calls !== ghl.calls.length) {
    calls = ghl.calls.length;
    await new Promise((resolve) => setTimeout(resolve, quietMs));
  }
}

test.concurrent(
  'signed deliveries arrive in each way of signing; health says that all is well',
  async (context) => {
    const bookings = takenBookings(2);
    const { ghl, start } = await stage(context, bookings);
    const { url, kill } = await start();
    const [plain, fetched] = bookings;
    if (!plain || !fetched) throw new Error('no booking');
    const bearer = { authorization: `Bearer ${SECRET}` };

    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    const statuses = await Promise.all([
      sendHex(url, bookingEvent(plain)),
      sendStamped(url, { type: 'reservation.changed', reservation: fetched.id }),
      sendPrefixed(url, 'person/new', { id: 1, mail: 'prefixed@example.com', name: 'P' }),
      post(`${url}/webhooks/headed`, { id: 5, mail: 'headed@example.com', kind: 'x' }, bearer),
      post(`${url}/webhooks/asked?key=${SECRET}&topic=a.created`, { id: 6, mail: 'asked@example.com' }),
    ]);
    expect(statuses).toEqual([200, 200, 200, 200, 200]);
    await until('five contacts', () => ghl.contacts.size === 5);

    expect(wrong(ghl, [plain])).toEqual([]);
    expect(contactOf(ghl, fetched)?.fields['firstName']).toBe(fetched.given);
    for (const name of ['prefixed', 'headed', 'asked']) {
      expect(ghl.find('email', `${name}@example.com`)?.id).toBeDefined();
    }
    expect(ghl.problems).toEqual([]);
    const ended = await kill('SIGTERM');
    expect(ended.code).toBe(0);
    expect(ended.seconds).toBeLessThan(10);
  },
);

test.concurrent('bad deliveries get their status and leave nothing behind', async (context) => {
  const [booking] = takenBookings(1);
  if (!booking) throw new Error('no booking');
  const { ghl, start, status } = await stage(context, [booking]);
  const { url } = await start();
  const old = Math.floor(Date.now() / 1000) - 3600;
  const big = { ...(bookingEvent(booking) as Record<string, Json>), filler: 'x'.repeat(1.1 * 1024 * 1024) };

  expect(await sendHex(url, bookingEvent(booking), 'not the secret')).toBe(401);
  expect(await post(`${url}/webhooks/hex`, bookingEvent(booking))).toBe(401);
  expect(await post(`${url}/webhooks/hex`, bookingEvent(booking), { 'x-shop-signature': 'zz' })).toBe(401);
  expect(await sendStamped(url, { type: 'reservation.changed', reservation: booking.id }, old)).toBe(401);
  expect(await sendPrefixed(url, 'person/new', { id: 1, mail: 'a@example.com' }, 'wrong')).toBe(401);
  expect(await post(`${url}/webhooks/headed`, { id: 1 }, { authorization: 'Bearer wrong' })).toBe(401);
  expect(await post(`${url}/webhooks/asked?key=wrong`, { id: 1 })).toBe(401);
  expect(await post(`${url}/webhooks/asked`, { id: 1 })).toBe(401);
  expect(await sendHex(url, '{"event": ')).toBe(400);
  expect(await post(`${url}/webhooks/nobody`, { id: 1 })).toBe(404);
  expect(await sendHex(url, big)).toBe(413);
  expect(await sendHex(url, { delivery: 'd-1', event: { type: 'invoice.paid', object: { id: 1 } } })).toBe(
    200,
  );
  expect(
    await post(`${url}/webhooks/asked?key=${SECRET}&topic=a.removed`, { id: 6, mail: 'x@example.com' }),
  ).toBe(200);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);

  await idle(ghl, 500);
  expect(ghl.writes()).toEqual([]);
  expect((await status())['deadLetters']).toEqual([]);
});

test.concurrent(
  'a delivery that comes twice is one event; the same record in another delivery is none',
  async (context) => {
    const [booking] = takenBookings(1);
    if (!booking) throw new Error('no booking');
    const { ghl, start } = await stage(context, [booking]);
    const { url } = await start();
    const delivery = bookingEvent(booking, 'booking.created', 'delivery-1');

    expect(await sendHex(url, delivery)).toBe(200);
    await until('the contact', () => ghl.contacts.size === 1);
    edit(booking, { given: 'Later' });
    expect(await sendHex(url, bookingEvent(booking, 'booking.created', 'delivery-1'))).toBe(200);
    expect(await sendHex(url, delivery)).toBe(200);
    await idle(ghl);
    expect(ghl.writes()).toHaveLength(1);

    expect(await sendHex(url, bookingEvent(booking, 'booking.updated', 'delivery-2'))).toBe(200);
    expect(await sendHex(url, bookingEvent(booking, 'booking.updated', 'delivery-3'))).toBe(200);
    await until('the edit', () => contactOf(ghl, booking)?.fields['firstName'] === 'Later');
    await idle(ghl);
    expect(ghl.writes()).toHaveLength(2);
  },
);

test.concurrent('500 deliveries, 50 at once, are all answered 200 and all applied', async (context) => {
  const bookings = takenBookings(500);
  const { ghl, start, status } = await stage(context);
  const { url } = await start();
  const began = performance.now();

  const statuses = await together(bookings, 50, (booking) => sendHex(url, bookingEvent(booking)));
  const answered = performance.now();
  await until('500 contacts', () => ghl.contacts.size >= 500);

  expect(statuses.filter((one) => one !== 200)).toEqual([]);
  expect(wrong(ghl, bookings)).toEqual([]);
  expect(ghl.contacts.size).toBe(500);
  expect(ghl.problems).toEqual([]);
  expect(ghl.mostIn(2000)).toBeLessThanOrEqual(100);
  await idle(ghl, 500);
  expect(ghl.calls.length).toBeLessThanOrEqual(506);
  expect((await status())['deadLetters']).toEqual([]);
  console.log(
    `500 webhooks answered in ${((answered - began) / 1000).toFixed(2)} s, applied in ` +
      `${((performance.now() - began) / 1000).toFixed(1)} s, ${String(ghl.calls.length)} calls`,
  );
});

test.concurrent(
  'a burst of edits to one record costs at most two calls, and the newest wins',
  async (context) => {
    const [booking] = takenBookings(1);
    if (!booking) throw new Error('no booking');
    const { ghl, start } = await stage(context);
    const { url } = await start();
    await sendHex(url, bookingEvent(booking));
    await until('the contact', () => ghl.contacts.size === 1);
    await idle(ghl, 2500);
    const before = ghl.calls.length;

    const began = performance.now();
    for (let n = 1; n <= 30; n += 1) {
      edit(booking, { given: `Edit ${String(n)}` });
      expect(await sendHex(url, bookingEvent(booking))).toBe(200);
    }
    // One more for each `quiet` that a busy machine needs to send them.
    const spare = Math.floor((performance.now() - began) / 2_000);
    await until('the newest', () => contactOf(ghl, booking)?.fields['firstName'] === 'Edit 30');
    await idle(ghl, 2500);

    expect(ghl.calls.length - before).toBeLessThanOrEqual(2 + spare);
    expect(wrong(ghl, [booking])).toEqual([]);
  },
);

test.concurrent(
  'killed in the middle of a burst and started again: nothing is lost and nobody is there twice',
  async (context) => {
    const bookings = takenBookings(220);
    const { ghl, start, status } = await stage(context, [], { latencyMs: () => 20 + Math.random() * 80 });
    const first = await start();
    const accepted: Booking[] = [];
    const sending = together(bookings, 20, async (booking) => {
      const code = await sendHex(first.url, bookingEvent(booking)).catch(() => 0);
      if (code === 200) accepted.push(booking);
      return code;
    });
    await until('some contacts', () => ghl.contacts.size >= 30);
    await first.kill('SIGKILL');
    await sending;
    expect(accepted.length).toBeGreaterThan(30);

    const began = performance.now();
    const second = await start();
    await until('all that was accepted', () => wrong(ghl, accepted).length === 0, 40_000);
    await idle(ghl, 800);

    const mails = [...ghl.contacts.values()].map((contact) => contact.fields['email']);
    expect(new Set(mails).size).toBe(mails.length);
    expect(ghl.contacts.size).toBeGreaterThanOrEqual(accepted.length);
    expect(ghl.problems).toEqual([]);
    expect(ghl.mostIn(2000)).toBeLessThanOrEqual(100);
    expect((await second.kill('SIGTERM')).code).toBe(0);
    expect((await status())['deadLetters']).toEqual([]);
    console.log(
      `kill -9: ${String(accepted.length)} accepted, all there ${String(Math.round(performance.now() - began))} ms later`,
    );
  },
);

test.concurrent(
  'SIGTERM with slow calls in flight ends with 0 within 10 s, and the rest comes after the next start',
  async (context) => {
    const bookings = takenBookings(60);
    const { ghl, start } = await stage(context, [], { latencyMs: () => 1500 });
    const first = await start();
    await together(bookings, 30, (booking) => sendHex(first.url, bookingEvent(booking)));

    const ended = await first.kill('SIGTERM');
    expect(ended.code).toBe(0);
    expect(ended.seconds).toBeLessThan(10);
    await start();
    await until('all contacts', () => wrong(ghl, bookings).length === 0);

    expect(ghl.contacts.size).toBe(60);
    expect(ghl.problems).toEqual([]);
  },
);

test.concurrent(
  'a record that throws is answered 200 and is a dead letter with a reason; others go on',
  async (context) => {
    const { ghl, start, status } = await stage(context);
    const { url } = await start();

    expect(
      await sendHex(url, { delivery: 'odd-1', event: { type: 'odd.thing', object: { id: 'seven' } } }),
    ).toBe(200);
    const objects = [1, 2, 3].map((n) => ({
      id: n,
      mail: `list.${String(n)}@example.com`,
      name: `L${String(n)}`,
    }));
    expect(await sendHex(url, { delivery: 'list-1', event: { type: 'batch.sent', objects } })).toBe(200);
    await until('three contacts', () => ghl.contacts.size === 3);
    await idle(ghl, 500);

    const letters = listOf((await status())['deadLetters']);
    expect(letters).toHaveLength(1);
    expect(typeof letters[0]?.['reason']).toBe('string');
    expect(typeof letters[0]?.['remedy']).toBe('string');
    expect(ghl.contacts.size).toBe(3);
  },
);

test.concurrent(
  'a partial record is merged over the stored one, so that a thin delivery strips nothing',
  async (context) => {
    const { ghl, start } = await stage(context);
    const { url } = await start();

    await sendPrefixed(url, 'person/new', { id: 1, mail: 'p@example.com', name: 'Pam', vip: true });
    await until('the contact', () => ghl.contacts.size === 1);
    expect(await sendPrefixed(url, 'person/changed', { id: 1, name: 'Pamela' })).toBe(200);
    await until('the name', () => ghl.find('email', 'p@example.com')?.fields['firstName'] === 'Pamela');
    expect(ghl.find('email', 'p@example.com')?.tags).toEqual(['vip']);
    expect(await sendPrefixed(url, 'person/changed', { id: 1, vip: false })).toBe(200);
    await until('no tag', () => ghl.find('email', 'p@example.com')?.tags.length === 0);

    expect(ghl.find('email', 'p@example.com')?.fields).toMatchObject({ firstName: 'Pamela' });
    expect(ghl.problems).toEqual([]);
  },
);

test.concurrent('a fetched source reads the record anew for each delivery', async (context) => {
  const bookings = takenBookings(3);
  const { api, ghl, start } = await stage(context, bookings);
  const { url } = await start();
  const [booking] = bookings;
  if (!booking) throw new Error('no booking');

  await sendStamped(url, { type: 'reservation.changed', reservation: booking.id });
  await until('the contact', () => ghl.contacts.size === 1);
  edit(booking, { given: 'Fetched again' });
  expect(await sendStamped(url, { type: 'reservation.changed', reservation: booking.id })).toBe(200);
  await until('the edit', () => contactOf(ghl, booking)?.fields['firstName'] === 'Fetched again');

  expect(api.problems).toEqual([]);
  expect(ghl.writes()).toHaveLength(2);
});

test.concurrent(
  'leaving `when` and being removed put their tags on, and by-hand tags stay',
  async (context) => {
    const [leaving, removed] = takenBookings(2);
    if (!leaving || !removed) throw new Error('no booking');
    const { ghl, start } = await stage(context);
    const { url } = await start();
    await sendHex(url, bookingEvent(leaving));
    await sendHex(url, bookingEvent(removed));
    await until('both contacts', () => ghl.contacts.size === 2);
    for (const one of [leaving, removed]) contactOf(ghl, one)?.tags.push('by hand');

    edit(leaving, { state: 'enquiry' });
    edit(removed, {});
    await sendHex(url, bookingEvent(leaving));
    await sendHex(url, { delivery: 'r', event: { type: 'booking.removed', object: asRest(removed) } });
    await until('the tags', () => contactOf(ghl, leaving)?.tags.includes('booth-left') ?? false);
    await until('the tags', () => contactOf(ghl, removed)?.tags.includes('booth-gone') ?? false);
    await idle(ghl);

    expect(contactOf(ghl, leaving)?.tags).toContain('by hand');
    expect(contactOf(ghl, removed)?.tags).toContain('by hand');
    expect(held(contactOf(ghl, removed))?.['firstName']).toBe(removed.given);
    expect(ghl.problems).toEqual([]);
  },
);
