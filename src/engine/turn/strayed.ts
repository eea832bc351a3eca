import type { Resource } from '../../catalog/resource.ts';
import type { Link } from '../../model/link.ts';
import type { Fields } from '../../model/step.ts';
import { keyOf } from '../../model/target-key.ts';
import { leftBy } from '../../settle/left-children.ts';
import { isSame } from './member-name.ts';
import type { Join, Leave } from './prepare.ts';
import type { LaneRuntime } from '../runtime.ts';

/** A target that went from this key to another one with a record, and has not come to rest there. */
export interface Strayed {
  /** The key that it has now. */
  readonly holder: string;
  /** Something is under way to it; else it is nobody's, as its record can't be applied as it is. */
  readonly isMoving: boolean;
}

/**
 * What a target key without a target has lost to a record that is not there yet (ENGINE case 12). As long as its update has not
 * come through, it bears the identity of this key, and a create would find it and be in its way: who comes waits for it
 * while it moves, and takes it back where it is nobody's.
 */
export async function strayedFrom(
  { store, account }: LaneRuntime,
  targetKey: string,
  resource: Resource,
  joins: readonly Join[],
  leaves: readonly Leave[],
): Promise<Strayed | undefined> {
  const { read } = store;
  const had = (await read.lookups.get(account, leftBy(targetKey)))?.value;
  if (typeof had !== 'string') return undefined;
  if ((await read.links.get(targetKey)) ?? (await read.intents.get(targetKey))) return undefined;
  const holder = await read.links.holder(account, resource.name, had);
  const link = holder === undefined ? undefined : await read.links.get(holder);
  if (!link) return undefined;
  const wanted = joins.at(-1)?.member.desired.always;
  const bears = wanted !== undefined && mayBear(resource, link, keyOf(targetKey), wanted);
  const isMoving = (await read.events.comingTo(link.targetKey)).length > 0;
  if (isMoving) return bears ? { holder: link.targetKey, isMoving } : undefined;
  if ((await read.members.of(link.targetKey)).length > 0) return undefined;
  const takers = [...joins.map(({ member }) => member), ...leaves.map(({ event }) => event)];
  const stayed = await read.members.of(targetKey);
  // All that were with it when it went.
  const areTakers =
    stayed.length > 0 && stayed.every((member) => takers.some((taker) => isSame(taker, member)));
  return bears || areTakers ? { holder: link.targetKey, isMoving } : undefined;
}

/** Unknown while its update may have been applied or not. */
export function mayBear({ identity }: Resource, { applied }: Link, key: string, wanted: Fields): boolean {
  const question = identity?.question(key, wanted);
  if (!question) return false;
  const borne = applied.fields[question.field];
  return borne === undefined || borne === question.value;
}
