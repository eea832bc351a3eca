import { expect, test } from 'vitest';
import { aBooking } from '../../support/a-config.ts';
import { watchedClock } from '../../support/clocks.ts';
import { until } from '../../support/wait.ts';
import { worlds } from '../../support/world.ts';

const aWorld = worlds();

test('a runner that is stopped at any moment leaves no timer behind', async () => {
  const { start } = await aWorld();

  for (let round = 0; round < 8; round++) {
    const clock = watchedClock(500);
    const runner = await start({ clock });
    await new Promise((resolve) => setTimeout(resolve, round));
    await runner.stop();

    expect(clock.timersSet()).toBe(0);
  }
});

test('a backlog that is full is told to senders, and taken from again once it is worked off', async () => {
  const { ghl, start } = await aWorld({ top: { server: { backlog: 5 } } });
  ghl.fail({ kind: 'status', status: 503, times: Infinity });
  const runner = await start({ clock: watchedClock(10) });
  const tell = (id: number) => runner.webhook({ type: 'booking.created', data: aBooking({ id }) });
  let taken = 0;

  await until(async () => (await tell(taken)).type === 'busy' || ++taken > 1_000);
  ghl.clearFaults();
  await until(async () => (await tell(0)).type !== 'busy', 'room');
  await runner.idle();

  expect(taken).toBeLessThan(1_000);
  expect(ghl.contacts()).toHaveLength(taken);
}, 60_000);

test('a source that lists no events takes also deliveries that have no name', async () => {
  const { start } = await aWorld({
    booth: { webhook: { verify: { type: 'none' } } },
    source: { webhook: { record: 'body.data' } },
  });
  const runner = await start();

  const told = await runner.webhook({ data: aBooking({ id: 1 }) });
  await runner.idle();

  expect(told.type).toBe('stored');
  expect(await runner.states()).toEqual(['done']);
});

test('a forged webhook is refused before anything else, and leaves nothing', async () => {
  const verify = { type: 'token', header: 'x-token', secret: 'right' };
  const { start } = await aWorld({ booth: { webhook: { event: 'body.type', verify } } });
  const runner = await start();
  const told = { type: 'booking.created', data: aBooking({ id: 1 }) };

  const forged = await runner.webhook(told, { headers: { 'x-token': 'wrong' } });
  const missing = await runner.webhook(told);
  const right = await runner.webhook(told, { headers: { 'x-token': 'right' } });
  await runner.idle();

  expect([forged.type, missing.type, right.type]).toEqual(['forged', 'forged', 'stored']);
  expect(await runner.events()).toHaveLength(1);
});

test('what authenticates a webhook is not stored', async () => {
  const verify = { type: 'token', header: 'x-token', secret: 's3cret-of-webhook' };
  const { start } = await aWorld({ booth: { webhook: { event: 'body.type', verify } } });
  const runner = await start();

  await runner.webhook(
    { type: 'booking.created', data: aBooking({ id: 1 }) },
    {
      headers: {
        'x-token': 's3cret-of-webhook',
        authorization: 'Bearer s3cret-of-webhook',
        'x-other': 'kept',
      },
    },
  );
  await runner.idle();

  const delivery = await runner.store.read.deliveries.get(1);
  expect(delivery?.raw).toContain('kept');
  expect(delivery?.raw).not.toContain('s3cret-of-webhook');
});
