import { withoutQuotes, withoutValues } from '../model/mask.ts';
import type { Outcome } from '../model/outcome.ts';
import { parseJson } from '../model/parse-json.ts';
import type { Runtime } from './runtime.ts';
import type { Work } from './turn/work.ts';

type Shows = Pick<Runtime, 'config'>;

/**
 * A reason as logs and alerts may tell it: without what `held` holds, as an API and an expression may repeat it. The store keeps
 * it whole.
 */
export function discreet({ config }: Shows, reason: string, held: readonly unknown[]): string {
  return config.log.personalData === 'show' ? reason : withoutValues(reason, held);
}

/** The same where nobody can say what a message quotes. */
export function withoutQuoted({ config }: Shows, message: string): string {
  return config.log.personalData === 'show' ? message : withoutQuotes(message);
}

/** The same of what was sent to us, or stored: JSON that nobody has read before. */
export function discreetOf(shows: Shows, reason: string, bodies: readonly string[]): string {
  try {
    return discreet(shows, reason, bodies.map(parseJson));
  } catch {
    // Nested deeper than the stack.
    return withoutQuoted(shows, reason);
  }
}

/** A failure as it may be told of a lane: it is not about one record. */
export function discreetOutcome(runtime: Shows, outcome: Outcome, held: readonly unknown[]): Outcome {
  if (!('failure' in outcome)) return outcome;
  const message = discreet(runtime, outcome.failure.message, held);
  return { ...outcome, failure: { ...outcome.failure, message } };
}

/** A target's work, as far as a message may repeat it; an action has neither members nor other records than its own. */
export type Told = Pick<Work, 'events'> & Partial<Pick<Work, 'records' | 'members'>>;

/** Beside the records also what the others of the target want, as that is what was sent. */
export function recordsIn({ events, records = [], members = [] }: Told): unknown[] {
  const desired = members.map(({ desired: { always, onCreate, onEmpty } }) => [always, onCreate, onEmpty]);
  return [records, desired, events.map(({ key, action }) => [key, action?.record])];
}
