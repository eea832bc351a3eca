import { Gauge, type Registry } from 'prom-client';
import type { LaneMeasure, Measures } from '../engine/measure.ts';

/** What is so at the moment at which somebody asks. */
export interface Gauges {
  /** Nothing seen: the store can't be read. */
  show(seen: Measures | undefined, backlog: number | undefined): void;
}

const PAUSES = ['auth-failed', 'quota', 'outage'] as const;

export function createGauges(registry: Registry): Gauges {
  const all: Gauge[] = [];
  const gauge = (name: string, help: string, ...labelNames: string[]) => {
    const made = new Gauge({ name: `boothsync_${name}`, help, labelNames, registers: [registry] });
    all.push(made);
    return made;
  };
  const readable = gauge('store_readable', '1 where the store could be read just now');
  const waiting = gauge('backlog_events', 'Events and deliveries that wait to be worked off');
  const oldest = gauge('oldest_due_seconds', 'How long the oldest of what is due has waited', 'lane');
  const dead = gauge('dead_letters', 'What waits for a person', 'sync', 'reason');
  const read = gauge('poll_age_seconds', 'Since a source was last read to its end', 'source');
  const due = gauge(
    'credential_due_seconds',
    'Until a static credential is due to be replaced; negative where overdue',
    'connection',
  );
  const showLane = laneGauges(gauge);
  return {
    show: (seen, backlog) => {
      // What is not so any more is gone, not as it was.
      for (const one of all) one.reset();
      readable.set(seen ? 1 : 0);
      if (backlog !== undefined) waiting.set(backlog);
      if (!seen) return;
      seen.lanes.forEach(showLane);
      for (const { lane, ms } of seen.waiting) oldest.set({ lane }, ms / 1000);
      for (const { source, ms } of seen.reads) read.set({ source }, ms / 1000);
      for (const { sync, reason, count } of seen.deadLetters) dead.set({ sync, reason }, count);
      for (const { connection, ms } of seen.credentials) due.set({ connection }, ms / 1000);
    },
  };
}

function laneGauges(
  gauge: (name: string, help: string, ...labelNames: string[]) => Gauge,
): (measure: LaneMeasure) => void {
  const paused = gauge('lane_paused', '1 where a lane rests for that cause', 'lane', 'cause');
  const window = gauge('limiter_window_calls', 'Calls allowed in any window of the rate limit', 'lane');
  const used = gauge('limiter_window_used_calls', 'Of these, those that are used', 'lane');
  const queued = gauge('limiter_waiting_calls', 'Calls that wait for a place in the window', 'lane');
  const quota = gauge('quota_calls', 'Calls allowed in a day (UTC)', 'lane');
  const quotaUsed = gauge('quota_used_calls', 'Calls of this day (UTC)', 'lane');
  return (measure) => {
    const { lane } = measure;
    for (const cause of PAUSES) paused.set({ lane, cause }, measure.paused === cause ? 1 : 0);
    queued.set({ lane }, measure.waiting);
    quotaUsed.set({ lane }, measure.dayCalls);
    if (measure.window) window.set({ lane }, measure.window.requests);
    if (measure.window) used.set({ lane }, measure.window.used);
    if (measure.daily !== undefined) quota.set({ lane }, measure.daily);
  };
}
