import { sql, type Kysely } from 'kysely';
import type { MemberName } from '../model/desired.ts';
import type { Database } from './schema.ts';

export type AimedEvents = ReturnType<typeof aimedEventsIn>;

/** An element of a record, or the record itself, and the target that it is on its way to. */
export interface Aimed {
  readonly key: string;
  readonly element: string;
  readonly targetKey: string;
}

/** More states of one record than this don't follow each other before it is through with one. */
const LATEST = 50;

/** Where records were on their way to: older states of them may have got there. */
export function aimedEventsIn(db: Kysely<Database>) {
  return {
    /** The targets that older states of these records are on their way to at this moment. */
    async sendingTargets(tenant: string, sync: string, keys: readonly string[]): Promise<Aimed[]> {
      if (keys.length === 0) return [];
      // Few are ever on their way, so they are asked for by state, not by key.
      const rows = await db
        .selectFrom('events')
        .select(['key', 'element', 'target_key'])
        .where('state', '=', sql.lit('sending'))
        .where('tenant', '=', tenant)
        .where('sync', '=', sync)
        .where('key', 'in', keys)
        .execute();
      return rows.map(aimedOf);
    },

    /** The targets of these records whose creates are in doubt, also those that an event was sent on from. */
    async doubtfulTargets(tenant: string, sync: string, keys: readonly string[]): Promise<Aimed[]> {
      if (keys.length === 0) return [];
      const theirs = db
        .selectFrom('events')
        .where('events.tenant', '=', tenant)
        .where('events.sync', '=', sync)
        .where('events.key', 'in', keys)
        .where('events.action', '=', 0);
      const aimed = ['events.key', 'events.element', 'intents.target_key'] as const;
      const rows = await theirs
        .innerJoin('intents', 'intents.target_key', 'events.target_key')
        .select(aimed)
        .union(theirs.innerJoin('intents', 'intents.target_key', 'events.target_key_before').select(aimed))
        .execute();
      return rows.map(aimedOf);
    },

    /** The targets that older states of a record were on their way to since it was last through with one. */
    async leftTargets({
      tenant,
      sync,
      key,
      element,
      id,
    }: MemberName & { readonly id: number }): Promise<string[]> {
      const rows = await db
        .selectFrom('events')
        .select(['state', 'target_key', 'target_key_before'])
        .where((e) => e.and({ key, tenant, sync, element }))
        .where('action', '=', sql.lit(0))
        .where('id', '<', id)
        .orderBy('id', 'desc')
        .limit(LATEST)
        .execute();
      const end = rows.findIndex(({ state }) => state === 'done' || state === 'skipped');
      const since = end === -1 ? rows : rows.slice(0, end);
      const targets = since.flatMap((row) => [row.target_key, row.target_key_before]);
      return [...new Set(targets.filter((targetKey) => targetKey !== null))];
    },
  };
}

export function aimedOf(row: { key: string; element: string; target_key: string }): Aimed {
  return { key: row.key, element: row.element, targetKey: row.target_key };
}
