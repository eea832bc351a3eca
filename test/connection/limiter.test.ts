import { describe, expect, test, vi } from 'vitest';
import { createLimiter, type Limiter } from '../../src/connection/limiter.ts';
import { manualClock, watchedClock } from '../support/clocks.ts';
import { until } from '../support/wait.ts';

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A server that counts arrivals in its own sliding window, as HighLevel does. */
function aServer(perMs: number) {
  const arrivals: number[] = [];
  return {
    arrivals,
    most: () =>
      Math.max(...arrivals.map((end) => arrivals.filter((at) => at > end - perMs && at <= end).length)),
  };
}

async function call(
  limiter: Limiter,
  server: ReturnType<typeof aServer>,
  latency: () => number,
  priority = 1,
): Promise<void> {
  const slot = await limiter.acquire(priority);
  if (!slot) return;
  await sleep(latency());
  server.arrivals.push(performance.now());
  await sleep(latency());
  slot.release();
}

describe('a window', () => {
  test('is never exceeded, whatever the calls take, and is used', async () => {
    const limiter = createLimiter({ requests: 10, perMs: 150 }, watchedClock());
    const server = aServer(150);
    const start = performance.now();

    await Promise.all(Array.from({ length: 60 }, () => call(limiter, server, () => Math.random() * 25)));
    const took = performance.now() - start;
    limiter.stop();

    expect(server.arrivals).toHaveLength(60);
    expect(server.most()).toBeLessThanOrEqual(10);
    expect(took).toBeLessThan(2_500);
  });

  test('is not exceeded at its edges by bursts that come apart', async () => {
    const limiter = createLimiter({ requests: 5, perMs: 100 }, watchedClock());
    const server = aServer(100);

    for (const wait of [0, 60, 30, 90, 10]) {
      await sleep(wait);
      await Promise.all(Array.from({ length: 5 }, () => call(limiter, server, () => Math.random() * 10)));
    }
    limiter.stop();

    expect(server.most()).toBeLessThanOrEqual(5);
  });

  test('goes on where the wall clock is set back, and is not exceeded', async () => {
    const limiter = createLimiter({ requests: 5, perMs: 100 }, watchedClock());
    const server = aServer(100);
    const calls = () => Promise.all(Array.from({ length: 8 }, () => call(limiter, server, () => 5)));
    await calls();
    const now = Date.now;
    const setBack = vi.spyOn(Date, 'now').mockImplementation(() => now() - 3_600_000);
    const start = performance.now();

    await calls();
    const took = performance.now() - start;
    setBack.mockRestore();
    limiter.stop();

    expect(took).toBeLessThan(60_000);
    expect(server.arrivals).toHaveLength(16);
    expect(server.most()).toBeLessThanOrEqual(5);
  });

  test('begins with the slots that an earlier process had out', async () => {
    const clock = watchedClock();
    const limiter = createLimiter({ requests: 3, perMs: 100 }, clock, {
      out: [80, 80],
    });

    const started: number[] = [];
    const begin = performance.now();
    await Promise.all(
      [1, 2, 3].map(() => limiter.acquire(1).then(() => started.push(performance.now() - begin))),
    );
    limiter.stop();

    expect(started[1]).toBeGreaterThanOrEqual(75);
  });

  test('has at once what an earlier process left of the window', async () => {
    // Those that are out come back after the end of any test.
    const limiter = createLimiter({ requests: 3, perMs: 1_000_000 }, watchedClock(), {
      out: [900_000, 900_000],
    });

    const slot = await limiter.acquire(1);
    const out = limiter.outstanding();
    limiter.stop();

    expect(slot).toBeDefined();
    expect(out).toHaveLength(3);
  });

  test('tells which slots are out, those of calls under way for a whole window', async () => {
    const clock = watchedClock();
    const limiter = createLimiter({ requests: 3, perMs: 10_000 }, clock);
    const answered = await limiter.acquire(1);
    await limiter.acquire(1);

    answered!.release();
    const out = limiter.outstanding();
    limiter.stop();

    expect(out).toHaveLength(2);
    expect(Math.min(...out)).toBeGreaterThan(9_000);
  });

  test('counts a release once', async () => {
    const limiter = createLimiter({ requests: 1, perMs: 60 }, watchedClock());
    const slot = await limiter.acquire(1);
    slot!.release();
    slot!.release();
    const second = await limiter.acquire(1);
    let third = false;
    void limiter.acquire(1).then(() => (third = true));

    await sleep(150);
    expect(third).toBe(false);
    second!.release();
    await until(() => third);
    limiter.stop();
  });
});

describe('who goes first', () => {
  test('lower numbers, and among equals who came first', async () => {
    const limiter = createLimiter({ requests: 1, perMs: 5 }, watchedClock());
    const order: string[] = [];
    const take = async (name: string, priority: number) => {
      const slot = await limiter.acquire(priority);
      order.push(name);
      slot!.release();
    };

    await Promise.all([
      take('first', 2),
      take('bulk 1', 2),
      take('bulk 2', 2),
      take('changed', 1),
      take('live 1', 0),
      take('live 2', 0),
    ]);
    limiter.stop();

    expect(order).toEqual(['live 1', 'live 2', 'changed', 'first', 'bulk 1', 'bulk 2']);
  });
});

describe('others who use the same limit', () => {
  test('lower what is started, as the API tells it', async () => {
    const limiter = createLimiter({ requests: 10, perMs: 300 }, watchedClock());
    const slot = await limiter.acquire(1);
    limiter.observe(2, performance.now());
    slot!.release();

    let started = 0;
    for (let n = 0; n < 9; n++) void limiter.acquire(1).then((one) => one && (started += 1));
    await sleep(60);
    const early = started;
    await until(() => started === 9);
    limiter.stop();

    expect(early).toBe(2);
  });

  test('that are not there lower nothing: what the API tells of our own calls is known', async () => {
    const limiter = createLimiter({ requests: 10, perMs: 5_000 }, watchedClock());
    const slots = await Promise.all(Array.from({ length: 4 }, () => limiter.acquire(1)));
    for (const remaining of [9, 8, 7, 6]) limiter.observe(remaining, performance.now());
    slots.forEach((slot) => slot!.release());

    const more = await Promise.all(Array.from({ length: 6 }, () => limiter.acquire(1)));
    limiter.stop();

    expect(more.every((slot) => slot !== undefined)).toBe(true);
  });

  test('are not what came back to us while the call was under way that tells of it', async () => {
    const clock = manualClock();
    const limiter = createLimiter({ requests: 3, perMs: 1_000 }, clock);
    (await limiter.acquire(1))!.release();
    await clock.pass(950);
    const since = clock.monotonic();
    const slot = await limiter.acquire(1);
    await clock.pass(100);
    limiter.observe(1, since);
    slot!.release();

    let started = 0;
    for (let n = 0; n < 2; n++) void limiter.acquire(1).then((one) => one && (started += 1));
    await until(() => started === 2, 'the start of both', 10_000);
    limiter.stop();

    expect(limiter.calls()).toBe(4);
  });
});

describe('stopping', () => {
  test('answers all that wait with nothing, and all that come later', async () => {
    const clock = watchedClock();
    const limiter = createLimiter({ requests: 1, perMs: 10_000 }, clock);
    await limiter.acquire(1);
    const waiting = [limiter.acquire(1), limiter.acquire(0)];

    limiter.stop();

    expect(await Promise.all([...waiting, limiter.acquire(0)])).toEqual([undefined, undefined, undefined]);
    expect(clock.timersSet()).toBe(0);
  });
});

test('without a limit everybody goes at once', async () => {
  const limiter = createLimiter(undefined, watchedClock());

  const slots = await Promise.all(Array.from({ length: 1_000 }, () => limiter.acquire(2)));

  expect(slots.every((slot) => slot !== undefined)).toBe(true);
  expect(limiter.calls()).toBe(1_000);
});
