import type { Step } from './step.ts';

/**
 * The durable note "about to create". It belongs to the target key and outlives its event:
 * whoever comes next finds out what became of it (ENGINE case 4).
 */
export interface Intent {
  readonly targetKey: string;
  readonly event: number;
  /**
   * `parentId`: of a child, the parent that it was to be created under. `earlier`: what tries before the last had sent, of which
   * nobody knows either whether they were applied.
   */
  readonly content: Extract<Step, { type: 'create' }> & {
    readonly parentId?: string;
    readonly earlier?: readonly Sent[];
  };
  /** When the create was about to be sent first, in ms. */
  readonly sentAt: number;
  /** Not before this may be looked, in ms. */
  readonly lookAt: number;
  /** How the create failed; null while nobody knows (the process died). */
  readonly failure: Failure | null;
}

/** An answer that is no success, or none at all. */
export interface Failure {
  /** HTTP status; 0 where no answer could be read. */
  readonly status: number;
  /** The API's own words, without secrets. */
  readonly message: string;
  /** Of a child: its parent was asked for, as the words may have meant that, and was there. */
  readonly parentThere?: true;
}

/** The tags that a create has sent which may have made a target, and those that rules with `else: remove` wanted, by sync. */
export type Sent = Pick<Extract<Step, { type: 'create' }>, 'tags' | 'owned'>;

/** What creates in doubt have sent, the newest first. */
export function sentBy({ tags, owned, earlier = [] }: Intent['content']): readonly Sent[] {
  return [{ tags, ...(owned ? { owned } : {}) }, ...earlier];
}

/** The name under which it is kept what a create in doubt has sent that went with its record from this key to another. */
export function movedDoubt(targetKey: string): string {
  return `sent/${targetKey}`;
}

/** How a create failed that the API calls a success: it has made something, and sending it again would make another. */
export const NO_ID = 'the answer held no id';

/** How the reason begins of a dead letter whose create may have been applied, with nothing to look for it by: a person decides. */
export const NOBODY_KNOWS = 'nobody knows whether';
