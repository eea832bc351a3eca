import { describe, expect, test } from 'vitest';
import { createHealth } from '../../../src/engine/health.ts';
import type { Outcome } from '../../../src/model/outcome.ts';
import { aBooking } from '../../support/a-config.ts';
import { manualClock, watchedClock } from '../../support/clocks.ts';
import { until } from '../../support/wait.ts';
import { worlds } from '../../support/world.ts';

const aWorld = worlds();

// Time runs fifty times as fast: an outage of minutes is one of seconds.
const config = { booth: { timeout: '20m' }, ghl: { timeout: '20m' } };
const fast = () => ({ clock: watchedClock(50) });
const rows = (count: number) => Array.from({ length: count }, (_, id) => aBooking({ id }));
const changes = { method: 'POST', path: '/contacts' };

describe('an outage kills nothing', () => {
  test.each([
    ['a gateway answers 502', { kind: 'status', status: 502 }],
    [
      'the service answers 503 with Retry-After',
      { kind: 'status', status: 503, headers: { 'Retry-After': '20' } },
    ],
    ['nobody listens', { kind: 'reset-before' }],
    ['a page says that it is down', { kind: 'html' }],
  ] as const)('of a whole backlog for minutes: %s', async (_, fault) => {
    const { ghl, source, start } = await aWorld(config);
    source.rows(rows(20));
    const { clock } = fast();
    const runner = await start({ clock });
    const down = ghl.fail({ ...fault, times: Infinity });
    const began = clock.now();

    const pass = runner.pass();
    await until(() => clock.now() - began > 240_000, 'four minutes');
    const during = await runner.states();
    down.remove();
    await pass;
    await until(
      async () => (await runner.states()).every((state) => state === 'done'),
      'the end of all',
      40_000,
    );

    expect(new Set(during)).not.toContain('dead');
    expect(ghl.contacts()).toHaveLength(20);
  });

  test('of one event in an idle lane', async () => {
    const { ghl, start } = await aWorld(config);
    const runner = await start(fast());
    const down = ghl.fail({ kind: 'status', status: 502, times: Infinity });

    await runner.webhook({ type: 'booking.created', data: aBooking({ id: 1 }) });
    await until(() => down.used() >= 12, 'twelve tries', 40_000);
    const [event] = await runner.events();
    down.remove();
    await until(() => ghl.contacts().length === 1, 'the contact', 40_000);
    await runner.idle();

    // Nobody else succeeded, so no try was the event's own.
    expect(event).toMatchObject({ tries: 0 });
    expect(['pending', 'sending']).toContain(event!.state);
    expect(await runner.states()).toEqual(['done']);
  });
});

test('a record whose calls alone fail dies when its eight tries end, and the others are done', async () => {
  const { ghl, start } = await aWorld(config);
  const runner = await start(fast());
  const own = ghl.fail({
    kind: 'status',
    status: 500,
    times: Infinity,
    match: { ...changes, bodyIncludes: 'bad@' },
  });

  await runner.webhook({ type: 'booking.created', data: aBooking({ id: 'bad', email: 'bad@example.com' }) });
  const dead = async () => (await runner.events())[0]?.state === 'dead';
  // Between any two of its tries another record succeeds; a slow machine may see a try before the success that came before it.
  for (let id = 0; id < 20 && !(await dead()); id++) {
    const used = own.used();
    await runner.webhook({ type: 'booking.created', data: aBooking({ id }) });
    await until(() => ghl.contactByEmail(`guest${id}@example.com`) !== undefined, 'another record');
    await until(async () => own.used() > used || (await dead()), `the try after ${used}`);
  }
  await runner.idle();

  const [event, ...others] = await runner.events();
  expect(event).toMatchObject({
    state: 'dead',
    remedy: expect.stringContaining('others succeeded') as string,
  });
  // Of the first try nobody knew yet whether others succeed.
  expect(own.used()).toBeGreaterThanOrEqual(8);
  expect(own.used()).toBeLessThanOrEqual(12);
  expect(new Set(others.map(({ state }) => state))).toEqual(new Set(['done']));
});

describe('the lane pauses', () => {
  test.each([401, 403, 502])(
    'after the same %i on several keys in a row, and few calls are wasted',
    async (status) => {
      const { ghl, source, start } = await aWorld({
        ...config,
        ghl: { ...config.ghl, rateLimit: { requests: 4, per: '100ms' } },
      });
      source.rows(rows(80));
      const runner = await start(fast());
      const down = ghl.fail({ kind: 'status', status, times: Infinity, match: changes });

      const pass = runner.pass();
      await until(() => runner.engine.lanes.some((lane) => lane.paused() !== null), 'a pause');
      const [lane] = runner.engine.lanes;
      const pause = lane!.paused();
      const used = down.used();
      down.remove();
      await pass;
      await until(
        async () => (await runner.states()).every((state) => state === 'done'),
        'the end of all',
        40_000,
      );

      expect(pause).toMatchObject({
        reason: expect.stringContaining(String(status)) as string,
        remedy: expect.stringMatching(status === 502 ? /by itself/ : /token/) as string,
      });
      // Those that were under way when it paused, not the backlog.
      expect(used).toBeLessThanOrEqual(40);
      expect(runner.log.lines.some(({ message }) => message.startsWith('lane paused'))).toBe(true);
      expect(runner.log.lines.some(({ message }) => message === 'lane works again')).toBe(true);
      expect(lane!.paused()).toBeNull();
      expect(ghl.contacts()).toHaveLength(80);
    },
  );
});

describe('the retry budget', () => {
  const busy = { type: 'busy', failure: { status: 503, message: 'busy' } } as const;
  const fine: Outcome = { type: 'applied', targetId: 'c1', answer: {} };
  const aHealth = () => {
    const clock = manualClock();
    return createHealth({ clock, random: () => 0.5, perMs: 10_000, changed: () => undefined });
  };
  /** Failures with a success between, so that it is never the lane as a whole that fails. */
  const failing = (health: ReturnType<typeof aHealth>, times: number) => {
    for (let n = 0; n < times; n++) {
      health.note(busy, `t${n % 2}`);
      health.note(fine, 'other');
    }
  };

  test('holds a hundred, a failure costs one and a call that succeeds gives 0.2 back', () => {
    const health = aHealth();

    failing(health, 123);
    const before = health.room(0, 50);
    failing(health, 2);

    // 100 - 125 + 125 × 0.2, less the last refund, is below one for the first time.
    expect(before).toBe(50);
    expect(health.room(0, 50)).toBe(1);
  });

  test('when empty, one probe at a time; what succeeds fills it again', () => {
    const health = aHealth();
    failing(health, 130);

    const [free, probing] = [health.room(0, 50), health.room(1, 50)];
    for (let n = 0; n < 5; n++) health.note(fine, 'other');

    expect([free, probing]).toEqual([1, 0]);
    expect(health.room(3, 50)).toBe(47);
    expect(health.paused()).toBeNull();
  });

  test('is not touched by a 429, nor by what the record is to blame for', () => {
    const health = aHealth();

    for (let n = 0; n < 500; n++) {
      health.note({ type: 'dead', reason: '422: no', remedy: 'mend it' }, `t${n}`);
      health.note({ type: 'busy', failure: { status: 422, message: 'no' } }, `t${n}`);
    }

    expect(health.room(0, 50)).toBe(50);
  });

  test('kills nothing: where two calls of five fail, all is done in the end', async () => {
    const { ghl, source, start } = await aWorld(config);
    source.rows(rows(60));
    const runner = await start(fast());
    ghl.fail({ kind: 'status', status: 503, times: 120, chance: 0.4, match: changes });

    await runner.pass();
    await until(async () => (await runner.states()).every((state) => state === 'done'), 'the end of all');

    expect(ghl.contacts()).toHaveLength(60);
  });
});
