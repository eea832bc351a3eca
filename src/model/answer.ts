/** What came of a call. */
export type Answer = Answered | Unanswered;

export interface Answered {
  readonly type: 'answered';
  readonly status: number;
  /** A 2xx that the connection's `fails` doesn't call an error. */
  readonly ok: boolean;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** The API's words where it refused; empty on success. */
  readonly message: string;
  /** When the request was sent, in ms. */
  readonly sentAt: number;
}

/** Nothing that can be read came back: it may have been applied all the same, unless it was never sent. */
export interface Unanswered {
  readonly type: 'unanswered';
  /**
   * The last four were never sent. `stopped`: the runner ends or the day's quota is used up. `unreachable`: nobody took the
   * connection. `unauthorized`: there is no token until a person does something about it. `unsent`: there is none at this
   * moment.
   */
  readonly reason:
    'timeout' | 'network' | 'unreadable' | 'stopped' | 'unreachable' | 'unauthorized' | 'unsent';
  readonly message: string;
  /** What to do, where a person has to. */
  readonly remedy?: string;
  readonly sentAt: number;
}

const NEVER_SENT: readonly Unanswered['reason'][] = ['stopped', 'unreachable', 'unauthorized', 'unsent'];

/** The other side can't have seen it. */
export function wasNeverSent(answer: Answer): boolean {
  return answer.type === 'unanswered' && NEVER_SENT.includes(answer.reason);
}

export function isSuccess(answer: Answer): answer is Answered & { readonly ok: true } {
  return answer.type === 'answered' && answer.ok;
}

/** The HTTP status, 0 where there is none. */
export function statusOf(answer: Answer): number {
  return answer.type === 'answered' ? answer.status : 0;
}

/** Longer ones are no answer of an API that works: the quota of a day comes back in a day. */
const LONGEST_WAIT_MS = 86_400_000;

/** How long the API asks to wait, in ms, at most a day, where it does: Retry-After in seconds or as a date. */
export function retryAfterMs(answer: Answer, now: number): number | undefined {
  const asked = askedWaitMs(answer, now);
  return asked === undefined ? undefined : Math.min(asked, LONGEST_WAIT_MS);
}

function askedWaitMs(answer: Answer, now: number): number | undefined {
  const value = answer.type === 'answered' ? answer.headers['retry-after'] : undefined;
  if (value === undefined) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
