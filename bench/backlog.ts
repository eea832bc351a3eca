/**
 * 100,000 events that wait in one lane: how long a start takes, how much memory the process holds, and what it costs to ask what
 * is due, beside the same with 1,000. Prints one JSON line.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../src/engine/system-clock.ts';
import type { NewEvent } from '../src/store/event-row.ts';
import type { Store } from '../src/store/store.ts';
import { openStore } from '../src/store/open-store.ts';

const LANE = 'https://target.example#location';
const few = await measure(1_000);
const many = await measure(100_000);
console.log(
  JSON.stringify({
    bench: 'backlog',
    openMs: { few: few.openMs, many: many.openMs },
    askWhatIsDueMs: { few: few.askMs, many: many.askMs, ratio: Number((many.askMs / few.askMs).toFixed(2)) },
    rssMiB: Math.round(process.memoryUsage.rss() / 2 ** 20),
  }),
);

async function measure(events: number): Promise<{ openMs: number; askMs: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'boothsync-bench-'));
  const url = `sqlite:${join(folder, 'bench.db')}`;
  const filling = await openStore(url, { clock: systemClock, owner: true });
  await fill(filling, events);
  await filling.close();

  const started = performance.now();
  const store = await openStore(url, { clock: systemClock, owner: true });
  await store.write((tables) => tables.events.releaseSending(systemClock.now()));
  await ask(store);
  const openMs = performance.now() - started;
  const asked = performance.now();
  for (let i = 0; i < 200; i++) await ask(store);
  const askMs = (performance.now() - asked) / 200;
  await store.close();
  rmSync(folder, { recursive: true });
  return { openMs: Math.round(openMs), askMs: Number(askMs.toFixed(3)) };
}

/** What a lane asks before each step. */
async function ask(store: Store): Promise<void> {
  const busy = Array.from({ length: 100 }, (_, at) => `busy ${at}`);
  await store.read.events.due(LANE, Date.now(), 50, busy, true);
  await store.read.events.nextDue(LANE);
  await store.read.events.nextExpiry(LANE);
}

async function fill(store: Store, count: number): Promise<void> {
  for (let from = 0; from < count; from += 500) {
    const events = Array.from({ length: Math.min(500, count - from) }, (_, at) => anEvent(from + at));
    await store.write((tables) => tables.events.add(events, 0));
  }
}

function anEvent(at: number): NewEvent {
  return {
    lane: LANE,
    tenant: 'default',
    source: 'bookings',
    sync: 'contacts',
    key: String(at),
    element: '',
    targetKey: `${LANE}|contact||guest${at}@example.com`,
    targetKeyBefore: null,
    priority: 2,
    state: 'pending',
    reason: null,
    remedy: null,
    tries: 0,
    due: at,
    waitsFor: null,
    name: null,
    createdAt: at,
  };
}
