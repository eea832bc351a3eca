import type { Step } from './step.ts';

/**
 * The durable note "about to create". It belongs to the target key and outlives its event:
 * whoever comes next finds out what became of it (ENGINE case 4).
 */
export interface Intent {
  readonly targetKey: string;
  readonly event: number;
  /** `parentId`: of a child, the parent that it was to be created under. */
  readonly content: Extract<Step, { type: 'create' }> & { readonly parentId?: string };
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
}

/** What a create has sent that may have made a target. */
export type Sent = Pick<Intent['content'], 'tags' | 'owned'>;

/** The name under which it is kept what a create in doubt has sent that went with its record from this key to another. */
export function movedDoubt(targetKey: string): string {
  return `doubt/${targetKey}`;
}

/** How a create failed that the API calls a success: it has made something, and sending it again would make another. */
export const NO_ID = 'the answer held no id';

/** How the reason begins of a dead letter whose create may have been applied, with nothing to look for it by: a person decides. */
export const NOBODY_KNOWS = 'nobody knows whether';
