import { sql, type Kysely } from 'kysely';
import type { Json } from '../model/json.ts';
import type { Applied, Link } from '../model/link.ts';
import type { Database } from './schema.ts';

export type Links = ReturnType<typeof linksIn>;

/** In what is applied: `Applied.sentAt`. */
const IN_DOUBT = '%"sentAt":%';

export function linksIn(db: Kysely<Database>) {
  return {
    async get(targetKey: string): Promise<Link | undefined> {
      const row = await db
        .selectFrom('links')
        .selectAll()
        .where('target_key', '=', targetKey)
        .executeTakeFirst();
      return row && fromRow(row);
    },

    /** Who holds a target id, where anyone does. */
    async holder(account: string, resource: string, targetId: string): Promise<string | undefined> {
      const row = await db
        .selectFrom('links')
        .select('target_key')
        .where('account', '=', account)
        .where('resource', '=', resource)
        .where('target_id', '=', targetId)
        .where('gone', '=', sql.lit(0))
        .executeTakeFirst();
      return row?.target_key;
    },

    /** When these targets were last written to, in ms. */
    async written(targetKeys: readonly string[]): Promise<Map<string, number>> {
      if (targetKeys.length === 0) return new Map();
      const rows = await db
        .selectFrom('links')
        .select(['target_key', 'written_at'])
        .where('target_key', 'in', targetKeys)
        .execute();
      return new Map(rows.map((row) => [row.target_key, row.written_at]));
    },

    async put(link: Link): Promise<void> {
      const { target_key, ...rest } = toRow(link);
      await db
        .insertInto('links')
        .values({ target_key, ...rest })
        .onConflict((conflict) => conflict.column('target_key').doUpdateSet(rest))
        .execute();
    },

    /** The record's identity changed and nobody else shares the target: the link goes with it. */
    async rekey(from: string, to: string): Promise<void> {
      await db.updateTable('links').set({ target_key: to }).where('target_key', '=', from).execute();
    },

    async remove(targetKey: string): Promise<void> {
      await db.deleteFrom('links').where('target_key', '=', targetKey).execute();
    },

    /** The children of a target, by its id. */
    async childrenOf(account: string, parentId: string): Promise<string[]> {
      const rows = await db
        .selectFrom('links')
        .select('target_key')
        .where('account', '=', account)
        .where('parent_id', '=', parentId)
        .where('gone', '=', sql.lit(0))
        .execute();
      return rows.map((row) => row.target_key);
    },

    /** Whether anything of this account was there before this store knew of it: nothing that a create in doubt may have made. */
    async hasAdopted(account: string): Promise<boolean> {
      const row = await db
        .selectFrom('links')
        .select('target_key')
        .where('account', '=', account)
        .where('origin', '=', sql.lit('adopted'))
        .where('applied', 'not like', IN_DOUBT)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },

    /** Whether this account has so many, at least. */
    async hasAtLeast(account: string, count: number): Promise<boolean> {
      const row = await db
        .selectFrom('links')
        .select('target_key')
        .where('account', '=', account)
        .where('gone', '=', sql.lit(0))
        .limit(1)
        .offset(count - 1)
        .executeTakeFirst();
      return row !== undefined;
    },

    /** What was adopted, and a create of ours in doubt may have made: when that was sent, in ms. */
    async adoptedInDoubt(account: string): Promise<{ resource: string; targetId: string; sentAt: number }[]> {
      const rows = await db
        .selectFrom('links')
        .select(['resource', 'target_id', 'applied'])
        .where('account', '=', account)
        .where('origin', '=', sql.lit('adopted'))
        .where('applied', 'like', IN_DOUBT)
        .execute();
      return rows.map(({ resource, target_id: targetId, applied }) => ({
        resource,
        targetId,
        sentAt: (JSON.parse(applied) as Applied).sentAt ?? Infinity,
      }));
    },

    async count(): Promise<number> {
      const row = await db
        .selectFrom('links')
        .select((e) => e.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return row.count;
    },
  };
}

function fromRow(row: Database['links']): Link {
  return {
    targetKey: row.target_key,
    account: row.account,
    resource: row.resource,
    targetId: row.target_id,
    parentId: row.parent_id,
    applied: JSON.parse(row.applied) as Applied,
    ...(row.answer === null ? {} : { answer: JSON.parse(row.answer) as Json }),
    writtenAt: row.written_at,
    origin: row.origin,
    gone: row.gone === 1,
  };
}

function toRow(link: Link): Database['links'] {
  return {
    target_key: link.targetKey,
    account: link.account,
    resource: link.resource,
    target_id: link.targetId,
    parent_id: link.parentId,
    applied: JSON.stringify(link.applied),
    answer: link.answer === undefined ? null : JSON.stringify(link.answer),
    written_at: link.writtenAt,
    origin: link.origin,
    gone: link.gone ? 1 : 0,
  };
}
