import { isSuccess, statusOf } from '../model/answer.ts';
import { isObject } from '../model/json.ts';
import type { Step } from '../model/step.ts';
import { classifyFailure, type Unapplied } from './classify.ts';
import type { DeliverContext } from './context.ts';

export type TagStep = Extract<Step, { type: 'add-tags' | 'remove-tags' }>;

/** One change of tags for several targets. */
export interface BulkTags {
  readonly operation: string;
  readonly step: TagStep;
  readonly targetIds: readonly string[];
  readonly priority: number;
  /** Makes durable that a call is about to change them. */
  readonly before: () => Promise<void>;
}

export type BulkOutcome =
  /** `changed`: the targets that it changed; the others it reported an error for, or not at all. */
  | { readonly type: 'answered'; readonly changed: ReadonlySet<string>; readonly status: number }
  /** Refused as a whole. `open`: others may fare better, as the trouble may lie with one of these targets. */
  | { readonly type: 'refused'; readonly open: boolean }
  /** Nobody knows, for any of them; or it was not sent. */
  | { readonly type: 'failed'; readonly outcome: Unapplied };

/** These say that the operation is not for this token, or not there at all. */
const CLOSED = [401, 403, 404, 405, 501];

/** Adds or removes the same tags of many targets in one call. Repeated, it changes nothing: so a lost answer is harmless. */
export async function changeTagsOfMany(context: DeliverContext, bulk: BulkTags): Promise<BulkOutcome> {
  const { step, targetIds, priority, before } = bulk;
  const values = {
    path: { type: step.type === 'add-tags' ? 'add' : 'remove' },
    body: { contacts: [...new Set(targetIds)], tags: step.tags },
  };
  const answer = await context.client.send(context.operation(bulk.operation), values, { priority, before });
  const status = statusOf(answer);
  if (isSuccess(answer)) return { type: 'answered', changed: changedIn(answer.body, targetIds), status };
  const outcome = classifyFailure(answer, context.clock.now());
  if (CLOSED.includes(status)) return { type: 'refused', open: false };
  return outcome.type === 'dead' ? { type: 'refused', open: true } : { type: 'failed', outcome };
}

/**
 * The official schema calls each response a text, its example shows objects: those count as they are written. Without
 * them, only a call without any error says something of each.
 */
function changedIn(body: unknown, targetIds: readonly string[]): Set<string> {
  if (!isObject(body)) return new Set();
  const responses = Array.isArray(body['responses']) ? (body['responses'] as unknown[]) : [];
  const told = responses.filter(isObject).filter(({ contactId }) => typeof contactId === 'string');
  const failed = new Set(told.filter(({ type }) => type !== 'success').map(({ contactId }) => contactId));
  const whole = told.length === 0 && body['succeded'] === true && body['errorCount'] === 0;
  const changed = whole ? targetIds : told.map(({ contactId }) => contactId as string);
  return new Set(changed.filter((id) => !failed.has(id)));
}
