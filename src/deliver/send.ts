import { sameName } from '../catalog/resource.ts';
import type { Announce } from '../connection/wire.ts';
import type { Answer } from '../model/answer.ts';
import type { Json } from '../model/json.ts';
import type { DeliverContext, Target } from './context.ts';
import { InVain } from './gone.ts';
import { isParentGone } from './parent-gone.ts';

export interface Call {
  readonly operation: string;
  readonly query?: Readonly<Record<string, Json>>;
  readonly body?: Readonly<Record<string, Json>>;
  /** Must be durable before the call is sent. */
  readonly before?: Announce;
}

/** What a call needs to know of its target. */
export type Addressee = Pick<Target, 'resource' | 'targetId' | 'parent' | 'priority'>;

/** Calls an operation for a target: its id and its parent's go wherever the operation wants them. */
export async function send(context: DeliverContext, target: Addressee, call: Call): Promise<Answer> {
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
  const needed = await neededFor(context, target, Object.values(path));
  return unlessGone(context, needed, call.before, (before) =>
    context.client.send(operation, values, { priority: target.priority, before }),
  );
}

/** What must be there for a call: what its path names, and the parent of what is new. What has an address of its own may outlive its parent. */
async function neededFor(
  context: DeliverContext,
  target: Addressee,
  named: readonly string[],
): Promise<string[]> {
  const { parent, targetId } = target;
  if (!parent || (targetId !== undefined && !named.includes(parent.targetId))) return [...named];
  // Of one that is new it was just asked.
  if (targetId !== undefined && (await isParentGone(context, target))) context.gone.add(parent.targetId);
  return [...named, parent.targetId];
}

/**
 * Sends a call, unless something that it needs is gone by the time when its turn comes: then nothing is sent, and it is as if
 * the API had said so.
 */
export async function unlessGone(
  { gone, clock }: DeliverContext,
  needed: readonly string[],
  before: Announce | undefined,
  sendIt: (before: Announce) => Promise<Answer>,
): Promise<Answer> {
  const isInVain = () => needed.some(gone.has);
  try {
    if (isInVain()) throw new InVain();
    return await sendIt(async (lateMs) => {
      if (isInVain()) throw new InVain();
      await before?.(lateMs);
    });
  } catch (error) {
    if (!(error instanceof InVain)) throw error;
    const message = 'not found, and not asked for: it was found to be gone a moment ago';
    return {
      type: 'answered',
      ok: false,
      status: 404,
      headers: {},
      body: null,
      message,
      sentAt: clock.now(),
    };
  }
}
