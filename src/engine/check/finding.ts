import type { Span } from '../../model/problem.ts';

/** What `check` found out about one thing. */
export interface Finding {
  /** `connection ghl`, `source bookings`, `store`. */
  readonly about: string;
  /** `note`: to be known, and no reason to do anything tonight. */
  readonly state: 'ok' | 'note' | 'wrong';
  readonly message: string;
  /** What to do now. */
  readonly remedy?: string;
  /** Where the config says it. */
  readonly at?: Span;
}

export function ok(about: string, message: string): Finding {
  return { about, state: 'ok', message };
}

export function note(about: string, message: string, remedy?: string): Finding {
  return { about, state: 'note', message, ...(remedy === undefined ? {} : { remedy }) };
}

export function wrong(about: string, message: string, remedy: string): Finding {
  return { about, state: 'wrong', message, remedy };
}
