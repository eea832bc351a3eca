import { sameName } from '../catalog/resource.ts';
import { sameContent } from '../catalog/same-content.ts';
import type { Announce } from '../connection/wire.ts';
import type { Answer, Answered } from '../model/answer.ts';
import { CUSTOM_FIELD } from '../model/desired.ts';
import { ExpressionError } from '../model/expression.ts';
import { fillRequest } from '../model/fill-request.ts';
import type { HttpResource, ResourceRequest } from '../model/http-resource.ts';
import { isObject, type Json } from '../model/json.ts';
import { isPathPart } from '../model/path-part.ts';
import { asKey } from '../model/record.ts';
import type { ReadyRequest } from '../model/request.ts';
import type { Fields } from '../model/step.ts';
import type { Unapplied } from './classify.ts';
import type { DeliverContext, Target } from './context.ts';

/** How long a create may take to show in what `find` answers, in ms. */
export const FIND_LAG_MS = 2_000;

/** What a request is filled with: the mapped fields, and of these what its body bears where it has none of its own. */
export interface Filling {
  readonly mapped: Fields;
  readonly body: Fields;
}

/** Sends one of a resource's requests for a target. Throws `ExpressionError` where its texts can't be filled in. */
export async function sendRequest(
  context: DeliverContext,
  target: Target & { readonly resource: { readonly http?: HttpResource } },
  call: ResourceRequest,
  filling: Filling,
  before?: Announce,
): Promise<Answer> {
  const ready = await readyFor(target, call, filling);
  if (!ready) {
    throw new ExpressionError('the path of a request needs a field or an id that this record has not');
  }
  return context.http(target.resource.http!.connection).send(ready, target.priority, before);
}

/** Nothing where one of its texts needs what is not there. */
async function readyFor(
  target: Target,
  call: ResourceRequest,
  { mapped, body }: Filling,
): Promise<ReadyRequest | undefined> {
  const parent = parentField(target);
  const scope = { ...parent, ...nested(mapped) };
  const ids = target.targetId === undefined ? {} : { id: target.targetId };
  if ((await call.request.path(scope, ids)) === undefined) return undefined;
  const filled = await fillRequest(call.request, scope, ids);
  const path = withIds(filled.path, target);
  if (path === undefined) return undefined;
  const bodyless = filled.method === 'GET' || filled.method === 'DELETE' || filled.body !== undefined;
  if (bodyless) return { ...filled, path };
  const value = { ...parentInBody(target, call), ...nested(body) };
  return { ...filled, path, body: { type: 'json', value } };
}

const NAMES = /\{(\w+)\}/g;

/** `{id}` is the target's; any other name that of its parent, as `{customerId}`. Holes were escaped, so their values hold no braces. */
function withIds(path: string, { targetId, resource, parent }: Target): string | undefined {
  const idFor = (name: string) => {
    if (name === 'id') return targetId;
    return resource.parent && sameName(name, resource.parent.parameter) ? parent?.targetId : undefined;
  };
  const names = [...path.matchAll(NAMES)].map((match) => match[1]!);
  if (!names.every((name) => isPathPart(idFor(name) ?? ''))) return undefined;
  return path.replace(NAMES, (_, name: string) => encodeURIComponent(idFor(name)!));
}

function parentField({ resource, parent }: Target): Fields {
  return resource.parent && parent ? { [resource.parent.parameter]: parent.targetId } : {};
}

/** The parent's id goes into the body unless the path bears it; where the API's document names the body's fields, as it names it. */
function parentInBody(target: Target, { pathNames, bodyFields }: ResourceRequest): Fields {
  const [[name, id] = []] = Object.entries(parentField(target));
  if (name === undefined || id === undefined || pathNames.some((one) => sameName(one, name))) return {};
  const wanted = bodyFields ? bodyFields.find((field) => sameName(field, name)) : name;
  return wanted === undefined ? {} : { [wanted]: id };
}

/** What stands under `customFields` in a mapping is an object of that name here. */
function nested(fields: Fields): Fields {
  const custom = Object.entries(fields).filter(([name]) => name.startsWith(CUSTOM_FIELD));
  if (custom.length === 0) return fields;
  const plain = Object.entries(fields).filter(([name]) => !name.startsWith(CUSTOM_FIELD));
  const inner = custom.map(([name, value]) => [name.slice(CUSTOM_FIELD.length), value]);
  return { ...Object.fromEntries(plain), customFields: Object.fromEntries(inner) as Json };
}

/** The id in an answer's body, or of a record; nothing where there is none that can be used. */
export async function idBy(
  call: ResourceRequest,
  body: unknown,
  answer?: Answer,
): Promise<string | undefined> {
  const told = answer?.type === 'answered' ? { status: answer.status, headers: answer.headers } : {};
  try {
    return asKey(await call.id(body, told));
  } catch (error) {
    // The target may be there by now: that its id can't be read is a doubt, not a dead end.
    if (error instanceof ExpressionError) return undefined;
    throw error;
  }
}

/** What `find` would ask; nothing where the resource has none, or it needs a field that is not there. */
export async function findRequest(target: Target, fields: Fields): Promise<ReadyRequest | undefined> {
  const find = target.resource.http?.find;
  if (!find) return undefined;
  const ready = await readyFor(target, find, { mapped: fields, body: {} }).catch((error: unknown) => {
    if (error instanceof ExpressionError) return undefined;
    throw error;
  });
  // A parameter that is left out would find anybody.
  return ready && Object.keys(ready.query).length === Object.keys(find.request.query).length
    ? ready
    : undefined;
}

/** The ids of the records that an answer to `find` holds, of those that may be this target. */
export async function foundIds(
  target: Target,
  fields: Fields,
  asked: ReadyRequest,
  answer: Answered,
): Promise<string[] | Unapplied> {
  const find = target.resource.http!.find!;
  let yielded: unknown;
  try {
    yielded = await find.records(answer.body, { status: answer.status, headers: answer.headers });
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const remedy = `correct \`records\` of the resource's find, then retry the event`;
    return { type: 'dead', reason: `the answer to find can't be read: ${error.message}`, remedy };
  }
  const records = (Array.isArray(yielded) ? (yielded as unknown[]) : [yielded]).filter(isObject);
  const same = records.filter((record) =>
    target.match.length > 0
      ? sameContent(fields, record, target.match, 'UTC')
      : !contradicts(record, asked.query),
  );
  const ids = await Promise.all(same.map((record) => idBy(find, record)));
  return ids.filter((id) => id !== undefined);
}

/** A search may find what only resembles: a record that holds something else under a name that was asked for is another one. */
function contradicts(
  record: Readonly<Record<string, unknown>>,
  query: Readonly<Record<string, unknown>>,
): boolean {
  return Object.entries(query).some(([name, wanted]) => {
    const held = record[name];
    if (typeof held !== 'string' && typeof held !== 'number') return false;
    return String(held).trim().toLowerCase() !== String(wanted).trim().toLowerCase();
  });
}
