import type { SyncEvent, Verdict } from '../model/event.ts';
import type { Failure } from '../model/intent.ts';
import type { Outcome } from '../model/outcome.ts';
import { MOST_TRIES, retryDelayMs } from './retry.ts';

/** What becomes of an event whose step was not applied. */
export type FollowUp =
  | { readonly type: 'settled'; readonly verdict: Verdict }
  /** `failures`: 1 where the try counts against the event. */
  /** For its parent, `until` (ms) at the latest. */
  | {
      readonly type: 'wait';
      readonly parent: string;
      readonly until: number;
      readonly settling?: boolean;
      readonly whileComing?: boolean;
    }
  | { readonly type: 'again'; readonly due: number; readonly reason: string; readonly failures: 0 | 1 };

export interface Circumstances {
  readonly now: number;
  /** In [0, 1). */
  readonly random: number;
  /** Other calls have succeeded since this event's target was last tried: so the trouble is its own. */
  readonly othersSucceed: boolean;
}

type Unsettled = Exclude<Outcome, { type: 'applied' | 'adopted' }>;

const TAKEN = 'another record of the same content has taken over what was found: it looks again';

/** An outage kills nothing: a try counts only while other calls succeed (ENGINE case 7). */
export function followUp(outcome: Unsettled, event: Pick<SyncEvent, 'tries'>, at: Circumstances): FollowUp {
  switch (outcome.type) {
    case 'dead':
      return { type: 'settled', verdict: { state: 'dead', reason: outcome.reason, remedy: outcome.remedy } };
    case 'missing':
    case 'parent-missing':
      return settledDead(
        outcome.failure,
        'the target was deleted: see who did, then retry the event or discard it',
      );
    case 'in-doubt':
      return lookAgain(outcome, event, at);
    case 'taken':
      return { type: 'again', due: at.now, reason: TAKEN, failures: 0 };
    case 'stopped':
      return { type: 'again', due: at.now, reason: 'the runner stopped before it was sent', failures: 0 };
    case 'refused':
      return tryAgain(outcome.failure, undefined, event, at);
    case 'busy':
      return tryAgain(outcome.failure, outcome.retryAfterMs, event, at);
  }
}

/** To look is no try; to create again is one. */
function lookAgain(
  { failure, lookAt, tried }: Extract<Outcome, { type: 'in-doubt' }>,
  event: Pick<SyncEvent, 'tries'>,
  at: Circumstances,
): FollowUp {
  const next = tried ? tryAgain(failure, undefined, event, at) : undefined;
  if (next && next.type !== 'again') return next;
  const due = Math.max(lookAt, next?.due ?? 0);
  return { type: 'again', due, reason: `in doubt: ${wordsOf(failure)}`, failures: next?.failures ?? 0 };
}

function tryAgain(
  failure: Failure,
  retryAfterMs: number | undefined,
  event: Pick<SyncEvent, 'tries'>,
  at: Circumstances,
): FollowUp {
  // 429 is never the record's fault, whatever others do.
  const failures = at.othersSucceed && failure.status !== 429 ? 1 : 0;
  const tries = event.tries + failures;
  if (failures === 1 && tries >= MOST_TRIES) {
    return settledDead(
      failure,
      `it failed ${tries} times while others succeeded: see what the API says, then retry the event`,
    );
  }
  const delay = Math.max(retryAfterMs ?? 0, retryDelayMs(event.tries + 1, at.random));
  return { type: 'again', due: at.now + Math.ceil(delay), reason: wordsOf(failure), failures };
}

function settledDead(failure: Failure, remedy: string): FollowUp {
  return { type: 'settled', verdict: { state: 'dead', reason: wordsOf(failure), remedy } };
}

function wordsOf({ status, message }: Failure): string {
  return status === 0 ? message : `${status}: ${message}`;
}
