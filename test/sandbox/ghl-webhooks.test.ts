import { verify } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { startReceiver } from './receiver.ts';
import { runningGhl } from './running-ghl.ts';

const { ghl, call } = runningGhl();

async function listening(statuses: readonly number[] = []) {
  const receiver = await startReceiver(statuses);
  onTestFinished(receiver.close);
  ghl().set({ webhook: { url: receiver.url, retryMs: 5 } });
  return receiver;
}

test('a change is told, signed with Ed25519 over the raw body', async () => {
  const { received } = await listening();

  await call('POST', '/contacts/', { locationId: ghl().locationId, email: 'a@example.com', tags: ['vip'] });
  await ghl().webhooks.idle();

  expect(received.map((one) => one.body['type']).sort()).toEqual(['ContactCreate', 'ContactTagUpdate']);
  expect(received[0]?.body).toMatchObject({
    ...{ locationId: ghl().locationId, email: 'a@example.com', tags: ['vip'], attachments: [] },
    webhookId: expect.any(String) as string,
  });
  expect(received[0]?.body).not.toHaveProperty('dateUpdated');
  for (const { headers, text } of received) {
    const signature = Buffer.from(String(headers['x-ghl-signature']), 'base64');
    expect(verify(null, Buffer.from(text), ghl().webhooks.publicKey, signature)).toBe(true);
  }
});

test('what a person does by hand is told too', async () => {
  const { received } = await listening();

  const { id } = ghl().addContact({ email: 'a@example.com' });
  ghl().setTags(id, ['by-hand']);
  ghl().deleteContact(id);
  await ghl().webhooks.idle();

  expect(received.map((one) => one.body['type']).sort()).toEqual([
    ...['ContactCreate', 'ContactDelete', 'ContactTagUpdate'],
  ]);
});

test('429 alone is tried again, with the same body', async () => {
  const { received } = await listening([429, 429, 500]);

  ghl().addContact({ email: 'a@example.com' });
  await ghl().webhooks.idle();

  expect(ghl().webhooks.tries.map((one) => one.status)).toEqual([429, 429, 500]);
  expect(new Set(received.map((one) => one.text)).size).toBe(1);
});

test('a task that is edited fires nothing; one that is completed does', async () => {
  const { id } = ghl().addContact({ email: 'a@example.com' });
  const body = { title: 'Call', dueDate: '2026-06-14', completed: false };
  const made = await call('POST', `/contacts/${id}/tasks`, body);
  const path = `/contacts/${id}/tasks/${(made.body['task'] as { id: string }).id}`;
  const { received } = await listening();

  await call('PUT', path, { title: 'Ring' });
  await call('PUT', path, { completed: true });
  await ghl().webhooks.idle();

  expect(received.map((one) => one.body['type'])).toEqual(['TaskComplete']);
});
