import type { Json } from '../../model/json.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { Step } from '../../model/step.ts';

/** What a step did, in a word for people. */
export function wordFor(step: Step): string {
  const words = {
    create: 'created',
    update: 'updated',
    'add-tags': 'tags added',
    'remove-tags': 'tags removed',
    read: 'read',
    delete: 'deleted',
  };
  return words[step.type];
}

/** For the journal: what was sent, by name; the values are in the record. */
export function summaryOf(step: Step): Json {
  const fields = 'fields' in step ? { fields: Object.keys(step.fields) } : {};
  const tags = 'tags' in step ? { tags: step.tags } : {};
  return { type: step.type, ...fields, ...tags };
}

/** Of a step that failed, all of it: so a dead letter keeps what was sent, whatever becomes of the record. */
export function requestOf(step: Step): Json {
  return { ...step };
}

export function failureJson(outcome: Outcome): Json {
  if ('failure' in outcome) {
    return { outcome: outcome.type, status: outcome.failure.status, message: outcome.failure.message };
  }
  return { outcome: outcome.type, ...('reason' in outcome ? { message: outcome.reason } : {}) };
}
