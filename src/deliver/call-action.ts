import type { Operation } from '../catalog/operation.ts';
import { sameName } from '../catalog/resource.ts';
import { isSuccess, wasNeverSent, type Answer } from '../model/answer.ts';
import type { HttpOperation } from '../model/http-operation.ts';
import type { Json } from '../model/json.ts';
import type { Outcome } from '../model/outcome.ts';
import { isPathPart } from '../model/path-part.ts';
import type { Fields } from '../model/step.ts';
import { classifyFailure, failureOf, keepingIntent } from './classify.ts';
import type { DeliverContext } from './context.ts';
import { requestFor, textOf } from './operation-request.ts';
import { hintsAtMissing, isTargetGone } from './parent.ts';
import { unlessGone } from './send.ts';

/** Methods that may be sent again when nobody knows whether they arrived (RFC 9110, 9.2.2). */
const IDEMPOTENT: readonly string[] = ['GET', 'PUT', 'DELETE'];

/** One run of an action. */
export interface ActionCall {
  readonly targetKey: string;
  /** Of HighLevel, or as another API's document describes it. */
  readonly operation: Operation | HttpOperation;
  /** Path, query and body parameters alike. */
  readonly values: Fields;
  /** Its parent's id, where it has a parent, the resource that this is of, and what operations call it: `contactId`. */
  readonly parent?: { readonly id: string; readonly resource: string; readonly parameter: string };
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
  const repeatable = call.repeatSafe || IDEMPOTENT.includes(operation.method);
  const unfilled = missingIn(call);
  if (unfilled.length > 0)
    return { type: 'dead', reason: missingWords(call, unfilled), remedy: MISSING_REMEDY };
  const open = await context.store.read.intents.get(targetKey);
  if (open && !repeatable)
    return open.event === call.event
      ? nobodyKnows(open.failure?.message ?? 'the runner stopped while it was on its way')
      : afterDoubt(open.event);
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
  const answer = await send(context, call, before);
  return (await withoutParent(context, call, answer)) ?? judge(context, answer, repeatable);
}

/** Refused because its parent is there no more: it has not run, and is to be called for the one that comes. */
async function withoutParent(
  context: DeliverContext,
  { parent }: ActionCall,
  answer: Answer,
): Promise<Outcome | undefined> {
  if (!parent || !hintsAtMissing(answer)) return undefined;
  const missing = await isTargetGone(context, parent.resource, parent.id);
  return missing === true ? { type: 'parent-missing', failure: failureOf(answer) } : missing || undefined;
}

const MISSING_REMEDY = 'see why the mapping yields nothing for it; then retry the event';

/** An address with a hole in it is another address, as is one with `..`. */
function missingIn(call: ActionCall): readonly string[] {
  const given = withParent(call);
  // The client knows the location.
  const names = call.operation.parameters.filter((one) => one.in === 'path' && one.name !== 'locationId');
  const isThere = (value: Json | undefined) =>
    value !== null && value !== undefined && isPathPart(textOf(value));
  return names.map(({ name }) => name).filter((name) => !isThere(given[name]));
}

function missingWords({ operation }: ActionCall, names: readonly string[]): string {
  return `the path of ${operation.id} needs ${names.join(' and ')}, which this record has not, or not as one part of an address`;
}

function send(
  context: DeliverContext,
  call: ActionCall,
  before: () => Promise<void>,
): ReturnType<DeliverContext['client']['send']> {
  const { operation, priority, parent } = call;
  const given = withParent(call);
  if ('connection' in operation)
    return context.http(operation.connection).send(requestFor(operation, given), priority, before);
  return unlessGone(context, parent ? [parent.id] : [], before, (first) =>
    context.client.send(operation, place(operation, given), { priority, before: first }),
  );
}

/** The parent's id goes where the operation wants it: whatever it calls it, unless the mapping says so itself. */
function withParent({ operation, values, parent }: ActionCall): Fields {
  if (!parent) return values;
  const fields = 'connection' in operation ? operation.body?.fields : undefined;
  const names = [...operation.parameters.map(({ name }) => name), ...(fields ?? [])];
  const name = names.find((one) => sameName(one, parent.parameter)) ?? parent.parameter;
  // A body whose fields nobody names gets no id that it hasn't asked for.
  if ('connection' in operation && !names.includes(name)) return values;
  return { [name]: parent.id, ...values };
}

function judge(context: DeliverContext, answer: Answer, repeatable: boolean): Outcome {
  if (isSuccess(answer))
    return { type: 'applied', targetId: '', body: answer.body as Json, answer: { status: answer.status } };
  const failed = classifyFailure(answer, context.clock.now());
  const mayHaveRun = answer.type === 'unanswered' ? !wasNeverSent(answer) : mayFollow(answer.status);
  // HighLevel is said to have answered 422 to what it did all the same (highlevel-api-docs#64): a person looks before it is retried.
  if (failed.type === 'dead' && !repeatable && answer.type === 'answered' && answer.status === 422)
    return { ...failed, remedy: `see in the target whether it ran all the same; if not, ${failed.remedy}` };
  if (!mayHaveRun || failed.type === 'dead') return failed;
  return repeatable ? keepingIntent(failed) : nobodyKnows(failureOf(answer).message);
}

/**
 * It may have run before it was answered so. Who does something and shows the outcome elsewhere answers with a redirect, and a
 * gateway with 408 for an API that took too long; 307 and 308 say that it is to be sent elsewhere first (RFC 9110, 15.4).
 */
function mayFollow(status: number): boolean {
  return (
    status >= 500 || status === 408 || (status >= 300 && status < 400 && status !== 307 && status !== 308)
  );
}

function nobodyKnows(message: string): Outcome {
  return {
    type: 'dead',
    reason: `nobody knows whether this action ran: ${message}`,
    remedy: 'see in the target whether it did; then discard the event, or retry it to run it again',
    intent: 'keep',
  };
}

/** It has not run itself: in the order in which they came, the other one's end is to be known first. */
function afterDoubt(event: number): Outcome {
  return {
    type: 'dead',
    reason: `nobody knows whether an earlier call of this action ran: event ${event}`,
    remedy: `decide about event ${event} first, then retry this one`,
    intent: 'keep',
  };
}

/** Each value where the operation wants it. */
function place(operation: Operation, given: Fields) {
  const path: Record<string, string> = {};
  const query: Record<string, Json> = {};
  const body: Record<string, Json> = {};
  for (const [name, value] of Object.entries(given)) {
    const parameter = operation.parameters.find((one) => one.name === name);
    if (parameter?.in === 'path') path[name] = textOf(value);
    else if (parameter) query[name] = value;
    else if (operation.body?.schema.properties?.[name] !== undefined) body[name] = value;
  }
  return { path, query, ...(operation.body ? { body } : {}) };
}
