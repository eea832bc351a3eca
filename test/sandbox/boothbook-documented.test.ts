import { describe, expect, test } from 'vitest';
import type { Booking } from '../../src/sandbox/boothbook/booking.ts';
import { runningBoothbook } from './running-boothbook.ts';

const { boothbook, post } = runningBoothbook();

const aBooking = (more: Partial<Booking> = {}): Booking => ({
  ...{ booking_id: 10_421, status: 'Confirmed', event_name: 'Ana & Joe', event_date: '2026-06-14' },
  ...{ email: 'ana@example.com', phone: '+44 7700 900123', staff: [{ name: 'Sam', confirmed: 1 }], ...more },
});
const june = { start: '2026-06-01', end: '2026-06-30' };

describe('reads', () => {
  test.each(['multipart', 'urlencoded'] as const)(
    'bookings are a map by id, asked for by %s',
    async (kind) => {
      boothbook().putBooking(aBooking());

      const got = await post('get/bookings', { ...june, scope: 'full' }, kind);

      expect(got).toMatchObject({ status: 200, body: { result: 'success', message: '', total: 1 } });
      expect(got.body['bookings']).toEqual({ '10421': aBooking() });
    },
  );

  test('scope minimal, the default, shows no person', async () => {
    boothbook().putBooking(aBooking());

    const got = await post('get/bookings', june);

    expect(got.body['bookings']).toEqual({
      '10421': {
        ...{ booking_id: 10_421, status: 'Confirmed', event_name: 'Ana & Joe', event_date: '2026-06-14' },
      },
    });
  });

  test('the window is of event dates and holds both its ends', async () => {
    for (const [id, date] of [
      [1, '2026-05-31'],
      [2, '2026-06-01'],
      [3, '2026-06-30'],
      [4, '2026-07-01'],
    ] as const) {
      boothbook().putBooking(aBooking({ booking_id: id, event_date: date }));
    }

    const got = await post('get/bookings', june);

    expect(Object.keys(got.body['bookings'] as object)).toEqual(['2', '3']);
  });

  test('one booking is asked for by its id; one that is gone is no error', async () => {
    boothbook().putBooking(aBooking());

    const one = await post('get/bookings', { booking_id: '10421' });
    boothbook().removeBooking(10_421);
    const none = await post('get/bookings', { booking_id: '10421' });

    expect(one.body['total']).toBe(1);
    expect(none).toMatchObject({ status: 200, body: { result: 'success', bookings: {}, total: 0 } });
  });

  test('the account, payments, units and types are there', async () => {
    boothbook().putPayment({
      payment_id: 1,
      booking_id: 2,
      type: 'manual',
      amount: '50.00',
      date: '2026-05-01',
    });

    const account = await post('get/account', {});
    const manual = await post('get/payments', { type: 'manual' });
    const customer = await post('get/payments', { type: 'customer' });
    const types = await post('get/event_types', {});
    const units = [await post('get/units', {}), await post('get/unit_types', {})];

    expect(account.body).toMatchObject({ business_timezone: 'Europe/London', is_paid: 1, result: 'success' });
    expect([manual.body['total'], customer.body['total']]).toEqual([1, 0]);
    expect(types.body['event_types']).toMatchObject({ '1': { name: 'Wedding' } });
    expect(units.map((got) => got.status)).toEqual([200, 200]);
  });
});

describe('errors', () => {
  test.each([
    ['a wrong secret', 'get/bookings', { ...june, secret: 'nope' }, 401],
    ['no window', 'get/bookings', {}, 400],
    ['half a window', 'get/bookings', { start: '2026-06-01' }, 400],
    ['a date that is none', 'get/bookings', { start: '2026-02-30', end: '2026-03-01' }, 400],
    ['an unknown scope', 'get/bookings', { ...june, scope: 'all' }, 400],
    ['an unknown endpoint', 'get/customers', {}, 404],
  ])('%s is answered by an error', async (_, name, fields, status) => {
    const got = await post(name, fields);

    expect(got).toMatchObject({ status, body: { result: 'error' } });
  });

  test('key and secret in the query, a JSON body or a GET do not count', async () => {
    const { url, key, secret } = boothbook();
    const target = `${url}/api/v1/get/account?key=${key}&secret=${secret}`;

    const json = await fetch(target, { method: 'POST', body: JSON.stringify({ key, secret }) });
    const get = await fetch(target);

    expect([json.status, get.status]).toEqual([401, 405]);
  });

  test('a multipart body that was cut off is no form', async () => {
    const { url, key, secret } = boothbook();
    const part = (name: string, value: string) =>
      `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    const whole = `${part('key', key)}${part('secret', secret)}--b--\r\n`;
    const send = (body: string) =>
      fetch(`${url}/api/v1/get/account`, {
        ...{ method: 'POST', body },
        headers: { 'content-type': 'multipart/form-data; boundary=b' },
      });

    expect((await send(whole)).status).toBe(200);
    expect((await send(whole.slice(0, -6))).status).toBe(401);
  });
});

describe('leads', () => {
  test('each post makes a lead, in UTF-8', async () => {
    const fields = { first_name: 'Zoë', email: 'zoe@example.com', event_date: '2026-06-14' };

    const first = await post('post/leads', fields);
    await post('post/leads', fields, 'urlencoded');
    const listed = await post('get/leads', june);

    expect(first.body).toMatchObject({ result: 'success', lead_id: 5_001 });
    expect(boothbook().leads()).toMatchObject([
      { first_name: 'Zoë', status: 'New' },
      { first_name: 'Zoë', lead_id: 5_002 },
    ]);
    expect(boothbook().leads()[0]).not.toHaveProperty('secret');
    expect(listed.body['total']).toBe(2);
  });

  test('a lead without a person is refused', async () => {
    const got = await post('post/leads', { event_date: '2026-06-14' });

    expect(got.status).toBe(400);
  });
});

describe('quirks', () => {
  const one = async (id: number) => {
    const got = await post('get/bookings', { booking_id: String(id), scope: 'full' });
    return (got.body['bookings'] as Record<string, Record<string, unknown>>)[String(id)] ?? {};
  };

  test('an empty map may be a list', async () => {
    boothbook().set({ quirks: { emptyAsList: true } });

    expect((await post('get/bookings', june)).body['bookings']).toEqual([]);
  });

  test('numbers may be texts and booleans 0 and 1', async () => {
    boothbook().set({ quirks: { numbersAsStrings: true, zeroOneBooleans: true } });
    boothbook().putBooking(aBooking({ paid: true }));

    expect(await one(10_421)).toMatchObject({ booking_id: '10421', paid: '1', staff: [{ confirmed: '1' }] });
  });

  test('notes may bear HTML entities', async () => {
    boothbook().set({ quirks: { htmlEntities: true } });
    boothbook().putBooking(aBooking({ customer_notes: `"Props" & Ana's <book>` }));

    const shown = await one(10_421);

    expect(shown['customer_notes']).toBe('&quot;Props&quot; &amp; Ana&#039;s &lt;book&gt;');
    expect(shown['event_name']).toBe('Ana &amp; Joe');
  });

  test('phones may be national, in several fashions', async () => {
    boothbook().set({ quirks: { nationalPhones: true } });
    for (const id of [0, 1, 2, 3]) boothbook().putBooking(aBooking({ booking_id: id }));

    const phones = await Promise.all([0, 1, 2, 3].map(async (id) => (await one(id))['phone']));

    expect(phones).toEqual(['07700900123', '07700 900123', '(07700) 900 123', '07700-900-123']);
  });

  test('emails may be missing or empty', async () => {
    boothbook().set({ quirks: { missingEmail: true } });
    for (const id of [1, 3, 6]) boothbook().putBooking(aBooking({ booking_id: id }));

    expect((await one(1))['email']).toBe('ana@example.com');
    expect(await one(3)).not.toHaveProperty('email');
    expect((await one(6))['email']).toBe('');
  });

  test('errors may be answered 200', async () => {
    boothbook().set({ quirks: { errorAs200: true } });

    const got = await post('get/bookings', { ...june, secret: 'nope' });

    expect(got).toMatchObject({ status: 200, body: { result: 'error', message: 'Unauthorised' } });
  });

  test('a limit for each minute answers 429 with Retry-After', async () => {
    boothbook().set({ requestsPerMinute: 2 });

    const answers = [
      await post('get/account', {}),
      await post('get/account', {}),
      await post('get/account', {}),
    ];

    expect(answers.map((got) => got.status)).toEqual([200, 200, 429]);
    expect(answers[2]?.headers.get('retry-after')).toBe('60');
  });

  test('the Date header follows a clock that is wrong', async () => {
    boothbook().set({ clockSkewMs: 86_400_000 });

    const got = await post('get/account', {});

    expect(Date.parse(got.headers.get('date') ?? '') - Date.now()).toBeGreaterThan(80_000_000);
  });

  test('faults befall it as they do GHL', async () => {
    boothbook().fail({ match: { path: '/api/v1/get/bookings' }, kind: 'status', status: 502 });

    const answers = [
      await post('get/account', {}),
      await post('get/bookings', june),
      await post('get/bookings', june),
    ];

    expect(answers.map((got) => got.status)).toEqual([200, 502, 200]);
    expect(boothbook().calls.map((one) => one.operation)).toEqual([
      'get/account',
      'get/bookings',
      'get/bookings',
    ]);
  });
});
