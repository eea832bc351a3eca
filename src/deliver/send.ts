import { sameName } from '../catalog/resource.ts';
import type { Answer } from '../model/answer.ts';
import type { Json } from '../model/json.ts';
import type { DeliverContext, Target } from './context.ts';

export interface Call {
  readonly operation: string;
  readonly query?: Readonly<Record<string, Json>>;
  readonly body?: Readonly<Record<string, Json>>;
  /** Must be durable before the call is sent. */
  readonly before?: () => Promise<void>;
}

/** Calls an operation for a target: its id and its parent's go wherever the operation wants them. */
export async function send(context: DeliverContext, target: Target, call: Call): Promise<Answer> {
  const operation = context.operation(call.operation);
  const { resource } = target;
  const path: Record<string, string> = {};
  const query: Record<string, Json> = { ...call.query };
  const ids = [
    [resource.idParameter, target.targetId],
    [resource.parent?.parameter, target.parent?.targetId],
  ] as const;
  for (const [name, id] of ids) {
    const parameter = operation.parameters.find((one) => name !== undefined && sameName(one.name, name));
    if (id === undefined || !parameter) continue;
    if (parameter.in === 'path') path[parameter.name] = id;
    else query[parameter.name] = id;
  }
  const wantsBody = operation.body !== undefined;
  const parentInBody = operation.body?.schema.properties?.[resource.parent?.parameter ?? ''] !== undefined;
  const parent =
    parentInBody && target.parent ? { [resource.parent!.parameter]: target.parent.targetId } : {};
  // Some operations want an empty object where they have nothing to say: DELETE of a calendar event.
  const body = wantsBody ? { ...parent, ...call.body } : undefined;
  const values = { path, query, ...(body ? { body } : {}) };
  return context.client.send(operation, values, {
    priority: target.priority,
    ...(call.before ? { before: call.before } : {}),
  });
}
