import type { Aimed } from '../store/aimed-events.ts';
import type { Tables } from '../store/tables.ts';
import type { Drafted } from './draft-events.ts';
import { keysBySync } from './keys-by-sync.ts';

/** A record of a sync, and a target that an older state of it was tried on. */
export type Tried = Aimed & { readonly sync: string };

/** Ends the events of older states; yields those that had been taken up already. */
export async function supersedeOlder(
  tables: Tables,
  tenant: string,
  { events, rolls }: Drafted,
  now: number,
): Promise<Tried[]> {
  const tried: Tried[] = [];
  const touched = [...events, ...rolls.map(({ blank }) => blank)];
  for (const [sync, keys] of keysBySync(touched)) {
    const ended = await tables.events.supersede(tenant, sync, keys, now);
    tried.push(...ended.map((aimed) => ({ ...aimed, sync })));
  }
  return tried;
}
