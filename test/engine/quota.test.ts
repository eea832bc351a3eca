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

test('what the API said of the day outlives the process: who starts while it is used up sends nothing', async () => {
  const { ghl, source, start } = await aWorld(
    { ghl: { rateLimit: { requests: 1000, per: '100ms', daily: 200_000 } } },
    { limit: { requests: 1000, perMs: 100, daily: DAILY } },
  );
  let ahead = 0;
  const clock = watchedClock(1, () => ahead);
  source.rows(Array.from({ length: 20 }, (_, id) => aBooking({ id })));
  const first = await start({ clock, mayLeaveWork: true });
  await first.pass();
  await first.stop();
  const used = ghl.calls.length;

  const second = await start({ clock, mayLeaveWork: true });
  await second.pass();
  await second.webhook({ type: 'booking.created', data: aBooking({ id: 20 }) });
  const after = ghl.calls.length;
  const paused = second.engine.lanes[0]!.paused();
  await second.stop();
  ahead = DAY_MS;
  ghl.set({ limit: { daily: 1000 } });
  const third = await start({ clock });
  await third.pass();

  expect([used, after]).toEqual([DAILY, DAILY]);
  expect(paused).toMatchObject({
    cause: 'quota',
    reason: expect.stringContaining('used up') as string,
    remedy: expect.stringContaining('by itself') as string,
  });
  expect(ghl.violations()).toBe(0);
  expect(ghl.contacts()).toHaveLength(21);
  expect(new Set(await third.states())).toEqual(new Set(['done']));
});

test('a 429 that asks for hours is kept over restarts, and told', async () => {
  const world = await aWorld({ ghl: { rateLimit: { requests: 1000, per: '100ms' } } });
  const { ghl, source, start } = world;
  let ahead = 0;
  const clock = watchedClock(1, () => ahead);
  const fault = ghl.fail({ kind: 'status', status: 429, headers: { 'retry-after': '7200' }, times: null });
  source.rows([aBooking({ id: 0 })]);
  const first = await start({ clock, mayLeaveWork: true });
  await first.pass();
  await first.stop();

  const second = await start({ clock, mayLeaveWork: true });
  source.rows([aBooking({ id: 0 }), aBooking({ id: 1 })]);
  await second.pass();
  await second.stop();
  const refused = fault.used();
  const { json, code } = await commandJson(world, 'status');
  fault.remove();
  ahead = 7_201_000;
  const third = await start({ clock });
  await third.pass();

  expect(refused).toBe(1);
  expect(code).toBe(1);
  expect(json).toMatchObject({
    lanes: expect.arrayContaining([
      expect.objectContaining({
        paused: expect.objectContaining({ reason: 'the API takes no more calls for now (429)' }) as unknown,
      }),
    ]) as unknown,
  });
  expect(ghl.contacts()).toHaveLength(2);
});

test('an API that answers nothing but 429, and does not say until when, is asked ever more seldom, by one call', async () => {
  const { ghl, source, start } = await aWorld({ ghl: { rateLimit: { requests: 20, per: '10s' } } });
  const fault = ghl.fail({ kind: 'status', status: 429, times: null });
  source.rows(Array.from({ length: 50 }, (_, id) => aBooking({ id })));
  const runner = await start({ clock: watchedClock(100), mayLeaveWork: true });

  await runner.pass();

  const paused = runner.engine.lanes[0]!.paused();
  await runner.stop();
  // Two windows, and a call of its own for each time it was asked again.
  expect(fault.used()).toBeLessThanOrEqual(2 * 20 + 4);
  expect(paused).toMatchObject({
    reason: expect.stringMatching(/^429: /) as string,
    remedy: expect.stringContaining('by itself') as string,
  });
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
