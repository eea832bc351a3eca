import type { Answer } from '../model/answer.ts';
import { retryAfterMs, statusOf } from '../model/answer.ts';
import type { Failure } from '../model/intent.ts';
import type { Outcome } from '../model/outcome.ts';

/** The outcomes of a call that did not succeed. */
export type Unapplied = Exclude<
  Outcome,
  { type: 'applied' | 'adopted' | 'taken' | 'in-doubt' | 'parent-missing' }
>;

/** An answer that is no success, as what it means for the event: whose fault, and what now. `now` in ms. */
export function classifyFailure(answer: Answer, now: number): Unapplied {
  const failure = failureOf(answer);
  if (answer.type === 'unanswered') {
    if (answer.reason === 'stopped') return { type: 'stopped' };
    if (answer.reason === 'unauthorized') return { type: 'refused', failure: { ...failure, status: 401 } };
    return { type: 'busy', failure, ...(answer.reason === 'timeout' ? { late: true } : {}) };
  }
  if (answer.status === 429 || isPassing(answer.status)) {
    const wait = retryAfterMs(answer, now);
    return { type: 'busy', failure, ...(wait === undefined ? {} : { retryAfterMs: wait }) };
  }
  if (answer.status === 401 || answer.status === 403) return { type: 'refused', failure };
  if (answer.status === 404) return { type: 'missing', failure };
  return { type: 'dead', reason: `${answer.status}: ${failure.message}`, remedy: remedyOf(answer.status) };
}

/** The open intent stays: what it is about is still not known. */
export function keepingIntent(outcome: Unapplied): Outcome {
  return outcome.type === 'missing' ? outcome : { ...outcome, intent: 'keep' };
}

export function failureOf(answer: Answer): Failure {
  return { status: statusOf(answer), message: answer.message };
}

/** The server's trouble, not the request's. */
function isPassing(status: number): boolean {
  return status >= 500 || status === 408 || status === 425 || (status >= 300 && status < 400);
}

function remedyOf(status: number): string {
  return status === 422
    ? 'the API refuses a value: correct the record or its mapping, then retry the event'
    : 'see what the API says of the request: correct the record, its mapping or the target, then retry the event';
}
