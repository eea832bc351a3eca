import type { Cause, ToldTrouble } from '../../model/alert.ts';
import type { Clock } from '../../model/clock.ts';
import type { Log } from '../../model/log.ts';
import { messageOf as wordsOf } from '../../model/problem.ts';
import type { AlertSend } from '../../store/alert-sends.ts';
import type { Store } from '../../store/store.ts';
import type { ChannelPlan } from './channel-plans.ts';
import { messageOf } from './message.ts';
import { notify } from './notify.ts';

/** One who is told. Being slow, or down, holds up nobody else. */
export interface Channel {
  /** It would be told of this cause now, were there anything. */
  isOpen(cause: Cause): boolean;
  /** Sends what is due, unless it is at it. `newest`: the last alert of each cause. */
  wake(newest: ReadonlyMap<Cause, number>): void;
  /** Sends all that there is, once, whatever is due; resolves when that was tried. */
  flush(newest: ReadonlyMap<Cause, number>): Promise<void>;
  /** Gives up what is under way: it stays in the store. */
  stop(): void;
}

export interface ChannelOptions {
  readonly plan: ChannelPlan;
  readonly tenant: string;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly clean: (text: string) => string;
}

/** What follows the first alert of a cause is gathered for so long, in ms. */
export const GATHER_MS = 300_000;
/** Each try may take so long, in ms. */
const TIMEOUT_MS = 10_000;
/** After a failure, in ms; doubled each time up to the longest. */
const RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 300_000;
/** An hour of them, then it is given up. */
const MOST_TRIES = 20;
/** Alerts read at once: what nobody took for an hour is not more. */
const MOST = 5_000;

/** Goes on where it was: what was not told before an earlier process ended is told now. */
export async function openChannel(options: ChannelOptions): Promise<Channel> {
  const { plan, tenant, store, clock, log, clean } = options;
  const states = await openStates(options);
  const abort = new AbortController();
  let sending: Promise<void> | undefined;

  async function send(newest: ReadonlyMap<Cause, number>, all: boolean): Promise<void> {
    for (const [cause, state] of states) {
      if ((newest.get(cause) ?? 0) <= state.toldId || abort.signal.aborted) continue;
      if (!all && !isDue(state, clock.now())) continue;
      await sendCause(state);
    }
  }

  async function sendCause(state: AlertSend): Promise<void> {
    const { cause, toldId, since } = state;
    const rows = await store.read.alerts.after(tenant, cause, toldId, since, MOST);
    const [first, ...rest] = rows.filter((row) => cause !== 'lag' || plan.overs.includes(Number(row.mark)));
    const last = rows.at(-1)?.id;
    if (last === undefined) return;
    if (!first) return keep({ ...state, toldId: last });
    const failure = await tried([first, ...rest]);
    // Stopped in between: nobody knows whether it came. It is told by the next process.
    if (abort.signal.aborted && failure !== undefined) return;
    await keep(failure === undefined ? told(state, last) : failed(state, last, failure));
  }

  /** What went wrong; nothing where it was taken. */
  async function tried(rows: readonly [ToldTrouble, ...ToldTrouble[]]): Promise<string | undefined> {
    const timeout = new AbortController();
    const cancel = clock.after(TIMEOUT_MS, () => timeout.abort());
    const signal = AbortSignal.any([abort.signal, timeout.signal]);
    try {
      await notify(plan.notify, messageOf(rows, clock.now()), signal);
      return undefined;
    } catch (error) {
      return timeout.signal.aborted ? `no answer within ${TIMEOUT_MS / 1000} s` : clean(reasonOf(error));
    } finally {
      cancel();
    }
  }

  function told(state: AlertSend, last: number): AlertSend {
    return { ...state, toldId: last, toldAt: clock.now(), tries: 0, nextAt: 0, failure: null };
  }

  function failed(state: AlertSend, last: number, failure: string): AlertSend {
    const { cause } = state;
    const tries = state.tries + 1;
    const detail = { cause, by: plan.notify.type, tries };
    if (tries >= MOST_TRIES) {
      log.error(detail, `an alert could not be sent, and is given up: ${failure}`);
      return { ...told(state, last), failure };
    }
    log.warn(detail, `an alert could not be sent; it is tried again: ${failure}`);
    const waitMs = Math.min(LONGEST_RETRY_MS, RETRY_MS * 2 ** (tries - 1));
    return { ...state, tries, nextAt: clock.now() + waitMs, failure };
  }

  async function keep(state: AlertSend): Promise<void> {
    // First here: should the store not take it, this process does not tell it twice.
    states.set(state.cause, state);
    await store.write((tables) => tables.alertSends.put(state));
  }

  function start(newest: ReadonlyMap<Cause, number>, all: boolean): Promise<void> {
    sending = send(newest, all)
      .catch((error: unknown) =>
        log.error({ error: wordsOf(error) }, 'what was told by an alert could not be noted'),
      )
      .finally(() => (sending = undefined));
    return sending;
  }

  return {
    isOpen: (cause) => {
      const state = states.get(cause);
      return state !== undefined && isDue(state, clock.now());
    },
    wake: (newest) => {
      if (!sending) void start(newest, false);
    },
    flush: async (newest) => {
      await sending;
      await start(newest, true);
    },
    stop: () => abort.abort(),
  };
}

/** One for each cause; of those that are new it is told what lasts, and what comes. */
async function openStates({ plan, store, clock }: ChannelOptions): Promise<Map<Cause, AlertSend>> {
  const known = (await store.read.alertSends.all()).filter(({ channel }) => channel === plan.id);
  const fresh = plan.causes
    .filter((cause) => !known.some((state) => state.cause === cause))
    .map((cause): AlertSend => {
      const none = { toldId: 0, toldAt: null, tries: 0, nextAt: 0, failure: null };
      return { channel: plan.id, cause, since: clock.now(), ...none };
    });
  if (fresh.length > 0)
    await store.write(async (tables) => {
      for (const state of fresh) await tables.alertSends.put(state);
    });
  const wanted = [...known, ...fresh].filter(({ cause }) => plan.causes.includes(cause));
  return new Map(wanted.map((state) => [state.cause, state]));
}

/** A clock that was set back must not make it wait for longer. */
function isDue({ toldAt, nextAt }: AlertSend, now: number): boolean {
  const gathers = toldAt !== null && now >= toldAt && now < toldAt + GATHER_MS;
  const rests = now < nextAt && now >= nextAt - LONGEST_RETRY_MS;
  return !gathers && !rests;
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return wordsOf(cause);
}
