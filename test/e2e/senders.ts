import { createHmac, randomUUID } from 'node:crypto';
import { asRest } from './booking-apis.ts';
import type { Booking } from './bookings.ts';
import { isRecord, type Json } from './http.ts';
import { SECRET } from './booking-apis.ts';

/** Those who send webhooks, each with its own way to sign. */
export async function post(
  url: string,
  body: Json | string,
  headers: Readonly<Record<string, string>> = {},
): Promise<number> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: text,
  });
  await response.arrayBuffer();
  return response.status;
}

/** Plain hex of the body. */
export function sendHex(base: string, body: Json | string, secret = SECRET): Promise<number> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const signature = createHmac('sha256', secret).update(text).digest('hex');
  return post(`${base}/webhooks/hex`, text, { 'x-shop-signature': signature });
}

export function bookingEvent(
  booking: Booking,
  type = 'booking.updated',
  delivery: string = randomUUID(),
): Json {
  return { delivery, event: { type, object: asRest(booking) } };
}

/** t=…,v1=… over time and body. */
export function sendStamped(base: string, body: Json, at = Math.floor(Date.now() / 1000)): Promise<number> {
  const text = JSON.stringify(body);
  const signature = createHmac('sha256', SECRET)
    .update(`${String(at)}.${text}`)
    .digest('hex');
  const id = randomUUID();
  return post(`${base}/webhooks/stamped`, text, {
    signature: `t=${String(at)},v1=${signature}`,
    'x-delivery-id': id,
  });
}

/** sha512=… in base64. */
export function sendPrefixed(base: string, topic: string, body: Json, secret = SECRET): Promise<number> {
  const text = JSON.stringify(body);
  const signature = createHmac('sha512', secret).update(text).digest('base64');
  return post(`${base}/webhooks/prefixed`, text, { 'x-hub': `sha512=${signature}`, 'x-topic': topic });
}

/** All of them, at most so many at once; the statuses in order. */
export async function together<T>(
  items: readonly T[],
  atOnce: number,
  send: (item: T) => Promise<number>,
): Promise<number[]> {
  const statuses: number[] = [];
  const left = [...items.entries()];
  const worker = async (): Promise<void> => {
    for (let next = left.shift(); next; next = left.shift()) statuses[next[0]] = await send(next[1]);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return statuses;
}

export function listOf(value: Json | undefined): Record<string, Json>[] {
  return Array.isArray(value) ? value.filter((one) => isRecord(one)) : [];
}
