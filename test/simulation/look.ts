import { DatabaseSync } from 'node:sqlite';
import type { OpenIntent } from './prices.ts';
import type { World } from './world.ts';

/** What the store holds, seen from outside. */
export function query<T = Record<string, unknown>>({ storePath }: World, sql: string): T[] {
  const database = new DatabaseSync(storePath, { readOnly: true });
  try {
    return database.prepare(sql).all() as T[];
  } finally {
    database.close();
  }
}

/** Creates of which nobody knows yet whether they were sent. */
export function openIntents(world: World): OpenIntent[] {
  return query<OpenIntent>(world, 'select target_key, sent_at, content from intents where failure is null');
}

/** What is still to be done. */
export function unsettled(world: World): object[] {
  return [
    ...query(world, "select * from events where state in ('pending', 'sending')"),
    ...query(world, "select id, state from deliveries where state = 'received'"),
  ];
}

/** No accepted event without a final state or a due time; none that waits for a parent which is there; no action swallowed. */
export function checkEvents(world: World): void {
  const odd = query(
    world,
    `select * from events where (state in ('done', 'skipped', 'superseded', 'dead') and (settled_at is null or reason is null))
      or (state = 'dead' and remedy is null) or (state = 'waiting' and waits_for is null) or due is null
      or (state = 'waiting' and exists (select 1 from links where target_key = waits_for and gone = 0))
      or (action = 1 and state = 'superseded')`,
  );
  if (odd.length > 0) world.problems.push(`events in limbo: ${JSON.stringify(odd)}`);
}
