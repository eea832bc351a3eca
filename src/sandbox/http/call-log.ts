import type { FaultKind } from './fault-effect.ts';

/** One request as the simulated API saw it. */
export interface Call {
  /** Arrival (the request was read to its end), in ms of the clock's `monotonic`. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** The official operationId, or `unknown` where no route matches. */
  readonly operation: string;
  /** GHL: the location of the token; BoothBook: the key. Empty where the credentials are not known. */
  readonly account: string;
  /** The parsed body; undefined where there is none or it can't be parsed. */
  readonly body: unknown;
  /** The status that was answered; null while none was: not yet, or never (reset, hang). */
  readonly status: number | null;
  readonly fault: FaultKind | null;
}

export type OpenCall = { -readonly [K in keyof Call]: Call[K] };

export interface CallLog {
  readonly calls: readonly Call[];
  readonly open: (call: OpenCall) => OpenCall;
  /** The largest number of arrivals in any window of `windowMs`, ends (t - windowMs, t]; of one account, or of all. */
  readonly maxInWindow: (windowMs: number, account?: string) => number;
  readonly clear: () => void;
}

export function createCallLog(): CallLog {
  const calls: OpenCall[] = [];
  return {
    calls,
    open(call) {
      calls.push(call);
      return call;
    },
    maxInWindow(windowMs, account) {
      const arrivals = account === undefined ? calls : calls.filter((call) => call.account === account);
      return largestWindow(
        arrivals.map((call) => call.at),
        windowMs,
      );
    },
    clear() {
      calls.length = 0;
    },
  };
}

function largestWindow(times: readonly number[], windowMs: number): number {
  let first = 0;
  let largest = 0;
  times.forEach((time, last) => {
    while ((times[first] ?? time) <= time - windowMs) first++;
    largest = Math.max(largest, last - first + 1);
  });
  return largest;
}
