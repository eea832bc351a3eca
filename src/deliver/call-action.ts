import type { Operation } from '../catalog/operation.ts';
import { isSuccess, wasNeverSent, type Answer } from '../model/answer.ts';
import type { Json } from '../model/json.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Fields } from '../model/step.ts';
import { classifyFailure, failureOf, keepingIntent } from './classify.ts';
import type { DeliverContext } from './context.ts';

/** One run of an action. */
export interface ActionCall {
  readonly targetKey: string;
  readonly operation: Operation;
  /** Path, query and body parameters alike. */
  readonly values: Fields;
  /** Its parent's id, where it has a parent, and the parameter that wants it. */
  readonly parentId?: string;
  readonly repeatSafe: boolean;
  readonly priority: number;
  readonly event: number;
}

/**
 * Runs an action, once: an intent goes before the call, and where nobody knows whether it ran, only one that says so
 * (`repeat: safe`, or by its method) runs again.
 */
export async function callAction(context: DeliverContext, call: ActionCall): Promise<Outcome> {
  const { operation, targetKey } = call;
  const repeatable = call.repeatSafe || operation.method !== 'POST';
  const open = await context.store.read.intents.get(targetKey);
  if (open && !repeatable)
    return nobodyKnows(open.failure?.message ?? 'the runner stopped while it was on its way');
  const before = () =>
    context.store.write((tables) =>
      tables.intents.put({
        targetKey,
        event: call.event,
        content: { type: 'create', fields: call.values, tags: [] },
        sentAt: context.clock.now(),
        lookAt: 0,
        failure: null,
      }),
    );
  const answer = await context.client.send(operation, place(call), { priority: call.priority, before });
  return judge(context, answer, repeatable);
}

function judge(context: DeliverContext, answer: Answer, repeatable: boolean): Outcome {
  if (isSuccess(answer))
    return { type: 'applied', targetId: '', body: answer.body as Json, answer: { status: answer.status } };
  const failed = classifyFailure(answer, context.clock.now());
  const mayHaveRun = answer.type === 'unanswered' ? !wasNeverSent(answer) : answer.status >= 500;
  if (!mayHaveRun || failed.type === 'dead') return failed;
  return repeatable ? keepingIntent(failed) : nobodyKnows(failureOf(answer).message);
}

function nobodyKnows(message: string): Outcome {
  return {
    type: 'dead',
    reason: `nobody knows whether this action ran: ${message}`,
    remedy: 'see in the target whether it did; then discard the event, or retry it to run it again',
    intent: 'keep',
  };
}

/** Each value where the operation wants it. */
function place({ operation, values, parentId }: ActionCall) {
  const path: Record<string, string> = {};
  const query: Record<string, Json> = {};
  const body: Record<string, Json> = {};
  const given: Fields = parentId === undefined ? values : { contactId: parentId, ...values };
  for (const [name, value] of Object.entries(given)) {
    const parameter = operation.parameters.find((one) => one.name === name);
    if (parameter?.in === 'path') path[name] = typeof value === 'string' ? value : JSON.stringify(value);
    else if (parameter) query[name] = value;
    else if (operation.body?.schema.properties?.[name] !== undefined) body[name] = value;
  }
  return { path, query, ...(operation.body ? { body } : {}) };
}
