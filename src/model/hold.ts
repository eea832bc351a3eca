/** What was not done because a guard stopped it: it waits until a person approves it by its hash, or until it is over. */
export interface Hold {
  readonly tenant: string;
  /** Where it waits: `sources.bookings` for what a full read no longer holds, `syncs.contacts` for events of a sync. */
  readonly place: string;
  /** Of exactly what would be done. */
  readonly hash: string;
  /** Keys of the records that it is about, in order. */
  readonly keys: readonly string[];
  /** For people: how many of how many. */
  readonly message: string;
  /** When it was first stopped, in ms. */
  readonly at: number;
  readonly approved: boolean;
}

/** Keys for people. */
const EXAMPLES = 5;

/** What a message tells of the records. */
export function examplesOf(keys: readonly string[]): string {
  return keys.slice(0, EXAMPLES).join(', ') + (keys.length > EXAMPLES ? ', …' : '');
}

/** For logs and alerts: a key may be a person's name. */
export function withoutExamples({ message, keys }: Pick<Hold, 'message' | 'keys'>): string {
  return message.replace(` (${examplesOf(keys)})`, '');
}
