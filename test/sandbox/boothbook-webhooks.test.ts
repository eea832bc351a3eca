import { createHmac } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { startReceiver } from './receiver.ts';
import { runningBoothbook } from './running-boothbook.ts';

const { boothbook } = runningBoothbook();

async function receiving(statuses: readonly number[] = []) {
  const receiver = await startReceiver(statuses);
  onTestFinished(receiver.close);
  return receiver;
}
const hmac = (text: string) => createHmac('sha256', 'shh').update(text).digest('hex');

test('a webhook bears the envelope, and a signature over the time and the raw body', async () => {
  const { url, received } = await receiving();

  const sent = await boothbook().sendWebhook({
    ...{
      type: 'booking.updated',
      object: { booking_id: 10_421 },
      id: 'evt_9',
      created: '2026-05-01T10:00:00Z',
    },
    ...{ previousAttributes: { status: 'Pending' }, url, sign: { secret: 'shh' } },
  });

  expect(sent).toMatchObject({ id: 'evt_9', status: 200 });
  expect(received[0]?.body).toEqual({
    ...{ id: 'evt_9', type: 'booking.updated', created: '2026-05-01T10:00:00Z' },
    data: { object: { booking_id: 10_421 }, previous_attributes: { status: 'Pending' } },
  });
  const signature = String(received[0]?.headers['x-boothbook-signature']);
  const [, unix = '', hex] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(signature) ?? [];
  expect(Math.abs(Number(unix) - Date.now() / 1000)).toBeLessThan(5);
  expect(hex).toBe(hmac(`${unix}.${received[0]?.text ?? ''}`));
});

test('a plain hex signature goes under any header, with any prefix; unsigned bears none', async () => {
  const { url, received } = await receiving();
  const wish = { type: 'booking.created', object: { booking_id: 1 }, url };

  await boothbook().sendWebhook({
    ...{ ...wish, sign: { secret: 'shh', mode: 'hex', header: 'X-Hub-Signature', prefix: 'sha256=' } },
  });
  await boothbook().sendWebhook(wish);

  expect(received[0]?.headers['x-hub-signature']).toBe(`sha256=${hmac(received[0]?.text ?? '')}`);
  expect(received[1]?.headers).not.toHaveProperty('x-boothbook-signature');
});

test('a timestamp can be made old', async () => {
  const { url, received } = await receiving();

  await boothbook().sendWebhook({ type: 'x', object: {}, url, sign: { secret: 'shh', ageSeconds: 7_200 } });

  const unix = Number(/t=(\d+)/.exec(String(received[0]?.headers['x-boothbook-signature']))?.[1]);
  expect(Date.now() / 1000 - unix).toBeGreaterThan(7_000);
});

test('a webhook comes twice, late, or out of order', async () => {
  const { url, received } = await receiving();

  await boothbook().sendWebhook({ type: 'a', object: {}, url, copies: 2, delayMs: 20 });
  const wishes = Array.from({ length: 8 }, (_, index) => ({ type: `n${index}`, object: {}, url }));
  await boothbook().sendShuffled(wishes);

  expect(received[0]?.text).toBe(received[1]?.text);
  const order = received.slice(2).map((one) => one.body['type']);
  expect([...order].sort()).toEqual(wishes.map((wish) => wish.type));
  expect(order).not.toEqual(wishes.map((wish) => wish.type));
});

test('a burst counts the answers', async () => {
  const { url, received } = await receiving([500, 429]);

  const result = await boothbook().burst(50, 8, (index) => ({ type: 'x', object: { index }, url }));

  expect(result.statuses).toEqual({ '200': 48, '429': 1, '500': 1 });
  expect(new Set(received.map((one) => one.body['id'])).size).toBe(50);
});

test('nobody there is no status', async () => {
  const { url, close } = await receiving();
  close();

  const sent = await boothbook().sendWebhook({ type: 'x', object: {}, url });

  expect(sent.status).toBeNull();
});

test('changes are told where a URL is set, whole or thin', async () => {
  const { url, received } = await receiving();
  boothbook().set({ webhook: { url, secret: 'shh' } });
  const booking = { booking_id: 7, status: 'Pending', event_name: 'x', event_date: '2026-06-14' };

  boothbook().putBooking(booking);
  await boothbook().idle();
  boothbook().set({ webhook: { thin: true } });
  boothbook().patchBooking(7, { status: 'Confirmed' });
  await boothbook().idle();
  boothbook().putRecord('tasks', { id: 't1' });
  await boothbook().idle();

  expect(received.map((one) => one.body)).toMatchObject([
    { type: 'booking.created', data: { object: booking } },
    {
      type: 'booking.updated',
      data: { object: { booking_id: 7 }, previous_attributes: { status: 'Pending' } },
    },
    { type: 'task.created', data: { object: { id: 't1' } } },
  ]);
  expect(received[1]?.body).not.toHaveProperty('data.object.status');
});
