import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import type { EngineOptions } from '../engine/engine.ts';
import type { Measures } from '../engine/measure.ts';
import { createGauges } from './gauges.ts';

/** What `/metrics` shows, and what feeds it. */
export interface Metrics {
  readonly hears: Required<Pick<EngineOptions, 'onCall' | 'onEnded' | 'onPoll'>>;
  /** An answer to a webhook; the connection is one of the config, or `unknown`. */
  answered(connection: string, status: number): void;
  readonly contentType: string;
  /** All of it, as text. Where the store can't be read, what needs it is left out. */
  text(look: Look): Promise<string>;
}

export interface Look {
  readonly measures: () => Promise<Measures>;
  readonly backlog: () => number | undefined;
}

/** Calls to HighLevel take 0.1 to 2 s. In s. */
const BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const TOKEN_CALLS = ['get-access-token', 'get-location-access-token'];

/** Counters of one process, and gauges that are read when they are asked for. No label grows with the records. */
export function createMetrics(tenant: string): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const calls = new Counter({
    name: 'boothsync_calls_total',
    help: 'Calls sent, by HTTP status, or why there was no answer',
    labelNames: ['connection', 'tenant', 'operation', 'status'],
    registers,
  });
  const durations = new Histogram({
    name: 'boothsync_call_duration_seconds',
    help: 'From sending a call to its answer',
    labelNames: ['connection', 'operation'],
    buckets: BUCKETS,
    registers,
  });
  const refreshes = new Counter({
    name: 'boothsync_token_refreshes_total',
    help: 'Tokens asked for, by result: ok or failed',
    labelNames: ['connection', 'result'],
    registers,
  });
  const events = new Counter({
    name: 'boothsync_events_total',
    help: 'Events that ended, by final state',
    labelNames: ['state'],
    registers,
  });
  const polls = new Counter({
    name: 'boothsync_polls_total',
    help: 'Polls, by result: ok or failed',
    labelNames: ['source', 'result'],
    registers,
  });
  const answers = new Counter({
    name: 'boothsync_webhook_answers_total',
    help: 'Answers to webhooks, by HTTP status',
    labelNames: ['connection', 'status'],
    registers,
  });
  const gauges = createGauges(registry);
  return {
    hears: {
      onCall: ({ connection, operation, status, tookMs }) => {
        calls.inc({ connection, tenant, operation, status: String(status) });
        durations.observe({ connection, operation }, tookMs / 1000);
        if (!TOKEN_CALLS.includes(operation)) return;
        const isOk = typeof status === 'number' && status >= 200 && status < 300;
        refreshes.inc({ connection, result: isOk ? 'ok' : 'failed' });
      },
      onEnded: (state, count) => events.inc({ state }, count),
      onPoll: (source, ok) => polls.inc({ source, result: ok ? 'ok' : 'failed' }),
    },
    answered: (connection, status) => answers.inc({ connection, status: String(status) }),
    contentType: registry.contentType,
    text: async ({ measures, backlog }) => {
      const seen = await measures().catch(() => undefined);
      gauges.show(seen, backlog());
      return registry.metrics();
    },
  };
}
