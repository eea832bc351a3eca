import { describe, expect, test } from 'vitest';
import { aBooking } from '../support/a-config.ts';
import { watchedClock } from '../support/clocks.ts';
import { until } from '../support/wait.ts';
import { worlds } from '../support/world.ts';

const aWorld = worlds();

const PER_MS = 500;
const limited = { ghl: { rateLimit: { requests: 20, per: '500ms' } } };
const limit = { limit: { requests: 20, perMs: PER_MS } };
const bookings = Array.from({ length: 50 }, (_, id) => aBooking({ id }));
const HOUR_MS = 3_600_000;

describe.each([
  ['forward', HOUR_MS],
  ['back', -HOUR_MS],
])("the machine's clock is set %s by an hour", (_, ms) => {
  test('between a clean stop and a start: the slots that were out come back when they would have', async () => {
    const { ghl, source, start } = await aWorld(limited, limit);
    source.rows(bookings);
    const before = await start({ mayLeaveWork: true });
    void before.pass();
    await until(() => ghl.calls.length >= 15);
    await before.stop();

    const runner = await start({ clock: watchedClock(1, () => ms), mayLeaveWork: true });
    const called = ghl.calls.length;
    source.rows(bookings.map((booking) => ({ ...booking, first_name: 'Anna' })));
    void runner.pass({ full: true });
    await until(() => ghl.calls.length >= called + 40);

    expect(ghl.maxInWindow(PER_MS)).toBeLessThanOrEqual(20);
    expect(ghl.violations()).toBe(0);
  });

  test('after kill -9: a whole window passes before the first call', async () => {
    const { ghl, source, start, spawn } = await aWorld(limited, limit);
    source.rows(bookings);
    const run = spawn('run');
    await until(() => ghl.calls.length >= 15);
    await run.kill();

    const runner = await start({ clock: watchedClock(1, () => ms), mayLeaveWork: true });
    const called = ghl.calls.length;
    source.rows(bookings.map((booking) => ({ ...booking, first_name: 'Anna' })));
    void runner.pass({ full: true });
    await until(() => ghl.calls.length >= called + 40);

    expect(ghl.maxInWindow(PER_MS)).toBeLessThanOrEqual(20);
    expect(ghl.violations()).toBe(0);
  });
});

describe('a source that does not say when its records changed', () => {
  const config = { source: { updatedAt: undefined } };
  const tell = (name: string) => ({
    type: 'booking.updated',
    data: { ...aBooking({ id: 1 }), first_name: name },
  });

  test('the clock is set back: what comes later is the newer all the same', async () => {
    let set = 0;
    const { ghl, start } = await aWorld(config);
    const runner = await start({ clock: watchedClock(1, () => set) });
    await runner.webhook(tell('First'));
    await runner.idle();
    set = -HOUR_MS;

    await runner.webhook(tell('Second'));
    await runner.idle();

    expect(ghl.contacts()).toMatchObject([{ firstName: 'Second' }]);
  });

  test('so it is where the clock is set back while no process runs', async () => {
    const { ghl, start } = await aWorld(config);
    const before = await start();
    await before.webhook(tell('First'));
    await before.idle();
    await before.stop();

    const runner = await start({ clock: watchedClock(1, () => -HOUR_MS) });
    await runner.webhook(tell('Second'));
    await runner.idle();

    expect(ghl.contacts()).toMatchObject([{ firstName: 'Second' }]);
  });

  test('a page that was asked for before a webhook came does not win over it, should the clock be set back meanwhile', async () => {
    let set = 0;
    const { ghl, source, start } = await aWorld(config);
    const runner = await start({ clock: watchedClock(1, () => set) });
    await runner.webhook(tell('First'));
    await runner.idle();
    source.script(async () => {
      set = -HOUR_MS;
      await runner.webhook(tell('Webhook'));
      await runner.idle();
      return { body: { data: [tell('Page').data] } };
    });

    await runner.pass();

    expect(ghl.contacts()).toMatchObject([{ firstName: 'Webhook' }]);
  });
});
