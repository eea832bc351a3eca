import type { HttpClient } from '../../connection/http-client.ts';
import { pollSource } from '../../inbox/poll/poll.ts';
import type { PollResult } from '../../inbox/poll/read-span.ts';
import { DELETE_LIMIT, type Limit } from '../../model/guard.ts';
import { ExpressionError } from '../../model/expression.ts';
import { BoothsyncError, type Problem } from '../../model/problem.ts';
import type { Source } from '../../model/source.ts';
import { syncsOf } from './destinations.ts';
import { withoutQuoted } from '../discreet.ts';
import type { Intake } from './intake.ts';
import type { Runtime } from '../runtime.ts';

/** How the last read of a source ended; of those that failed in a row, since when, in ms. */
export type LastRead =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly since: number;
      /** The API refuses the credentials. */
      readonly refused: boolean;
      readonly message: string;
      readonly remedy: string;
    };

/** Reads sources; never one of them twice at the same time. */
export interface Poller {
  /** Nothing where it failed: that was logged, and counts. */
  poll(source: Source, full: boolean): Promise<PollResult | undefined>;
  /** By source; nothing of those that were not read yet. */
  lastReads(): ReadonlyMap<string, LastRead>;
  /** Messages of the polls that failed, by source; a success clears its source's. */
  failures(): ReadonlyMap<string, string>;
  stop(): Promise<void>;
}

/** `weigh`: what guards have to say of what a poll brought, once all of it is there. */
export function createPoller(
  runtime: Runtime,
  intake: Intake,
  clientOf: (connection: string) => HttpClient,
  weigh: (source: string) => Promise<void>,
): Poller {
  const { store, clock, random, tenant, log } = runtime;
  const abort = new AbortController();
  const running = new Map<string, Promise<PollResult | undefined>>();
  const last = new Map<string, LastRead>();

  async function read(source: Source, full: boolean): Promise<PollResult | undefined> {
    const context = {
      client: clientOf(source.connection),
      store,
      clock,
      stamp: runtime.stamp,
      random,
      tenant,
      source: source.name,
      signal: abort.signal,
      rebuild: runtime.rebuild,
      deleteLimits: deleteLimitsOf(runtime, source),
      accept: (arrivals: Parameters<Intake['accept']>[1], options: Parameters<Intake['accept']>[2]) =>
        intake.accept(source, arrivals, options),
      warn: (message: string) => log.warn({ source: source.name }, message),
    };
    try {
      const result = await pollSource(context, source, source.poll!, full);
      last.set(source.name, { ok: true });
      runtime.polled(source.name, true);
      const { records, events, unchanged } = result;
      log.info({ source: source.name, records, events, unchanged, full }, 'polled');
      return result;
    } catch (error) {
      const { code, message, remedy } = problemOf(runtime, source, error);
      // Whoever stops the runner need not be told that a poll has failed.
      if (abort.signal.aborted) {
        log.info({ source: source.name }, 'the poll is broken off; the next one reads it again');
        return undefined;
      }
      const before = last.get(source.name);
      const since = before?.ok === false ? before.since : clock.now();
      last.set(source.name, { ok: false, since, refused: code === 'poll-refused', message, remedy });
      runtime.polled(source.name, false);
      log.error({ source: source.name }, `poll failed: ${message}; ${remedy}`);
      return undefined;
    }
  }

  return {
    poll: (source, full) => {
      const already = running.get(source.name);
      if (already) return already;
      const mine = read(source, full)
        .finally(() => weigh(source.name))
        .finally(() => running.delete(source.name));
      running.set(source.name, mine);
      return mine;
    },
    lastReads: () => last,
    failures: () =>
      new Map(
        [...last].flatMap(([source, read]) =>
          read.ok ? [] : [[source, `${read.message}; ${read.remedy}`] as const],
        ),
      ),
    stop: async () => {
      abort.abort();
      await Promise.allSettled(running.values());
    },
  };
}

/** What an answer that nobody expected can cause; anything else is a bug. */
function problemOf(
  runtime: Runtime,
  { name }: Source,
  error: unknown,
): Pick<Problem, 'code' | 'message' | 'remedy'> {
  if (error instanceof BoothsyncError) return error.problem;
  const code = 'poll-failed';
  const remedy = 'see the expressions of its poll, and what the API answers';
  if (error instanceof ExpressionError) {
    const words = withoutQuoted(runtime, error.message);
    return { code, message: `sources.${name}: an expression of its poll fails: ${words}`, remedy };
  }
  if (error instanceof RangeError)
    return { code, message: `sources.${name}: the answer is nested too deeply`, remedy };
  throw error;
}

/** Of each sync that takes the source's records: its own, or what goes without saying. */
function deleteLimitsOf({ config }: Runtime, source: Source): Limit[] {
  const syncs = syncsOf(config, source.name).filter(({ action }) => !action);
  return syncs.length === 0 ? [DELETE_LIMIT] : syncs.map(({ guard }) => guard.delete ?? DELETE_LIMIT);
}

/** Sources that a poll can read, and that some enabled sync wants. */
export function polledSources(runtime: Runtime, syncs: readonly string[]): Source[] {
  return [...runtime.config.sources.values()].filter((source) => {
    const takers = syncsOf(runtime.config, source.name);
    return (
      source.poll !== undefined && takers.some((sync) => syncs.length === 0 || syncs.includes(sync.name))
    );
  });
}
