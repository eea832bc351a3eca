import { expect, test } from 'vitest';
import { aBooking, type ConfigWish } from '../support/a-config.ts';
import { watchedClock } from '../support/clocks.ts';
import { command, commandJson } from '../support/command.ts';
import { until } from '../support/wait.ts';
import { worlds } from '../support/world.ts';

const aWorld = worlds();

const DAILY = 12;
const config: ConfigWish = { ghl: { rateLimit: { requests: 1000, per: '100ms', daily: DAILY } } };
const DAY_MS = 86_400_000;

test('a day’s quota that is used up pauses the lane until it comes back: over restarts, in words, and nothing dies', async () => {
  const world = await aWorld(config);
  const { ghl, source, start } = world;
  source.rows(Array.from({ length: 20 }, (_, id) => aBooking({ id })));
  let ahead = 0;
  const clock = watchedClock(1, () => ahead);
  const first = await start({ clock, mayLeaveWork: true });
  await first.pass();
  const [lane] = first.engine.lanes;
  const pause = lane!.paused();
  await first.stop();
  const used = ghl.calls.length;

  const second = await start({ clock, mayLeaveWork: true });
  await second.pass();
  const afterRestart = ghl.calls.length;
  await until(() => second.engine.lanes[0]!.paused() !== null);
  await second.stop();
  const { json, code } = await commandJson(world, 'status');
  const { stdout } = await command(world, 'status');
  ahead = DAY_MS;
  const third = await start({ clock });
  await third.pass();

  const midnight = new Date(Math.ceil(Date.now() / DAY_MS) * DAY_MS).toISOString();
  expect(pause).toMatchObject({
    reason: `the day's quota of ${DAILY} calls is used up`,
    remedy: expect.stringContaining('by itself') as string,
    until: Date.parse(midnight),
  });
  expect([used, afterRestart]).toEqual([DAILY, DAILY]);
  expect(code).toBe(1);
  expect(json).toMatchObject({
    lanes: expect.arrayContaining([
      expect.objectContaining({
        callsToday: DAILY,
        paused: { reason: pause!.reason, remedy: pause!.remedy, until: midnight },
      }),
    ]) as unknown,
    deadLetters: [],
  });
  expect(stdout).toContain(
    `${DAILY} calls today; paused until ${midnight}: the day's quota of ${DAILY} calls`,
  );
  expect(ghl.contacts()).toHaveLength(20);
  expect(new Set(await third.states())).toEqual(new Set(['done']));
});

test('what others take of the day is left to them: the lane rests before it is refused, and goes on the next day', async () => {
  const { ghl, source, start } = await aWorld(config, {
    limit: { requests: 1000, perMs: 100, daily: DAILY },
  });
  let ahead = 0;
  const runner = await start({ clock: watchedClock(1, () => ahead) });
  source.rows([aBooking({ id: 0 })]);
  await runner.pass();
  const before = ghl.calls.length;
  ghl.consume(5);
  source.rows([aBooking({ id: 1 })]);
  await runner.pass();

  source.rows(Array.from({ length: 12 }, (_, id) => aBooking({ id })));
  await runner.pass();

  const used = ghl.calls.length;
  const reason = runner.engine.lanes[0]!.paused()?.reason;
  ahead = DAY_MS;
  ghl.set({ limit: { daily: 100 } });
  await until(async () => (await runner.states()).every((state) => state === 'done'), 'the next day');
  expect([before, used]).toEqual([before, DAILY - 5]);
  expect(reason).toBe(`the day's quota of ${DAILY} calls is used up, 5 of them by others who share it`);
  expect(ghl.violations()).toBe(0);
  expect(ghl.contacts()).toHaveLength(12);
});

test('what others take of the window is left to them, and taken back when they are gone', async () => {
  const [requests, perMs] = [20, 200];
  const limited: ConfigWish = { ghl: { rateLimit: { requests, per: `${perMs}ms` } } };
  const { ghl, start } = await aWorld(limited, { limit: { requests, perMs } });
  const runner = await start();
  let last = 0;
  const most = async (count: number, restMs = 2 * perMs) => {
    await new Promise((resolve) => setTimeout(resolve, restMs));
    ghl.clear();
    const data = Array.from({ length: count }, () => aBooking({ id: (last += 1) }));
    await runner.webhook({ type: 'booking.created', data });
    await runner.idle();
    return ghl.maxInWindow(perMs);
  };
  const alone = await most(60);
  ghl.set({ limit: { othersUse: 15 } });
  await most(1);

  const shared = await most(15, 0);
  const refused = ghl.violations();
  ghl.set({ limit: { othersUse: 0 } });
  await most(1);
  await most(1);
  const aloneAgain = await most(60);

  expect(Math.min(alone, aloneAgain)).toBeGreaterThan(requests / 2);
  expect(shared).toBeLessThan(requests / 2);
  expect(refused).toBe(0);
  expect(ghl.contacts()).toHaveLength(last);
});
