import { afterEach, describe, expect, test } from 'vitest';
import { createLimiter, type Limiter } from '../../../src/connection/limiter.ts';
import { PRIORITY } from '../../../src/model/event.ts';
import { createVirtualTime, type VirtualTime } from '../../simulation/virtual-time.ts';

let restore: (() => void) | undefined;
afterEach(() => {
  restore?.();
  restore = undefined;
});

/** Time that jumps from timer to timer: what a busy machine adds is not in it. */
function virtualTime(): VirtualTime {
  const time = createVirtualTime();
  restore = time.install();
  return time;
}

interface Arrival {
  readonly at: number;
  readonly name: string;
}

/** A server of this latency, which notes when calls come in. */
function aServer(time: VirtualTime, limiter: Limiter, latencyMs: number) {
  const arrivals: Arrival[] = [];
  return {
    arrivals,
    call: (name: string, priority: number) => {
      void limiter.acquire(priority).then((slot) => {
        time.after(latencyMs / 2, () => arrivals.push({ at: time.monotonic(), name }));
        time.after(latencyMs, () => slot?.release());
      });
      time.stir();
    },
    most: (perMs: number) =>
      Math.max(
        ...arrivals.map((last) => arrivals.filter(({ at }) => at > last.at - perMs && at <= last.at).length),
      ),
  };
}

async function passTo(time: VirtualTime, until: number): Promise<void> {
  do await time.settle();
  while (time.fireNext(until));
  time.moveTo(until);
}

describe.each([
  { requests: 100, perMs: 2_000, latencyMs: 20 },
  { requests: 100, perMs: 2_000, latencyMs: 100 },
  { requests: 100, perMs: 10_000, latencyMs: 300 },
])('$requests calls in $perMs ms, answered after $latencyMs ms', ({ requests, perMs, latencyMs }) => {
  test('under a backlog at least 98 % of what the sliding window allows is used, and never more in any window', async () => {
    const time = virtualTime();
    const limiter = createLimiter({ requests, perMs }, time.clock);
    const server = aServer(time, limiter, latencyMs);
    const windows = 10;
    for (let n = 0; n < requests * (windows + 2); n++) server.call('bulk', PRIORITY.bulk);

    await passTo(time, windows * perMs);
    limiter.stop();

    // A slot is out from its call until `per` after its answer.
    const allowed = (requests * windows * perMs) / (perMs + latencyMs);
    expect(server.arrivals.length).toBeGreaterThanOrEqual(Math.floor(0.98 * allowed));
    expect(server.most(perMs)).toBeLessThanOrEqual(requests);
  });

  test('a live call that comes behind 50,000 of a bulk import is in the next window', async () => {
    const time = virtualTime();
    const limiter = createLimiter({ requests, perMs }, time.clock);
    const server = aServer(time, limiter, latencyMs);
    for (let n = 0; n < 50_000; n++) server.call('bulk', PRIORITY.bulk);
    await passTo(time, 2.5 * perMs);
    const before = server.arrivals.length;

    server.call('live', PRIORITY.live);
    await passTo(time, 5 * perMs);
    limiter.stop();

    const live = server.arrivals.findIndex(({ name }) => name === 'live');
    expect(live).toBeGreaterThanOrEqual(before);
    expect(live - before).toBeLessThanOrEqual(requests);
    expect(server.arrivals[live]!.at).toBeLessThanOrEqual(2.5 * perMs + perMs + 2 * latencyMs);
  });
});
