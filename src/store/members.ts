import type { Kysely } from 'kysely';
import type { Desired, Member } from '../model/desired.ts';
import { inPieces } from './in-pieces.ts';
import type { Database } from './schema.ts';

export type Members = ReturnType<typeof membersIn>;

export function membersIn(db: Kysely<Database>) {
  async function getMany(
    tenant: string,
    sync: string,
    keys: readonly string[],
  ): Promise<Map<string, Member>> {
    if (keys.length === 0) return new Map();
    const rows = await db
      .selectFrom('members')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('sync', '=', sync)
      .where('key', 'in', keys)
      .execute();
    return new Map(rows.map((row) => [row.key, fromRow(row)]));
  }

  return {
    async of(targetKey: string): Promise<Member[]> {
      const rows = await db.selectFrom('members').selectAll().where('target_key', '=', targetKey).execute();
      return rows.map(fromRow);
    },

    async get(tenant: string, sync: string, key: string): Promise<Member | undefined> {
      return (await getMany(tenant, sync, [key])).get(key);
    },

    getMany,

    /** Those of a sync whose records are gone. */
    async departed(
      tenant: string,
      source: string,
      sync: string,
    ): Promise<Pick<Member, 'key' | 'targetKey'>[]> {
      const rows = await db
        .selectFrom('members')
        .innerJoin('records', (join) =>
          join.onRef('records.tenant', '=', 'members.tenant').onRef('records.key', '=', 'members.key'),
        )
        .select(['members.key', 'members.target_key'])
        .where('members.tenant', '=', tenant)
        .where('members.sync', '=', sync)
        .where('records.source', '=', source)
        .where('records.gone', '=', 1)
        .execute();
      return rows.map((row) => ({ key: row.key, targetKey: row.target_key }));
    },

    async count(tenant: string, sync: string): Promise<number> {
      const row = await db
        .selectFrom('members')
        .select((e) => e.fn.countAll<number>().as('count'))
        .where('tenant', '=', tenant)
        .where('sync', '=', sync)
        .executeTakeFirstOrThrow();
      return row.count;
    },

    async put(members: readonly Member[]): Promise<void> {
      await inPieces(members, (piece) =>
        db
          .insertInto('members')
          .values(piece.map(toRow))
          .onConflict((conflict) =>
            conflict.columns(['tenant', 'sync', 'key']).doUpdateSet((e) => ({
              target_key: e.ref('excluded.target_key'),
              desired: e.ref('excluded.desired'),
              updated_ms: e.ref('excluded.updated_ms'),
              as_of: e.ref('excluded.as_of'),
              sequence: e.ref('excluded.sequence'),
            })),
          )
          .execute(),
      );
    },

    async remove(members: readonly Pick<Member, 'tenant' | 'sync' | 'key'>[]): Promise<void> {
      for (const { tenant, sync, key } of members) {
        await db
          .deleteFrom('members')
          .where('tenant', '=', tenant)
          .where('sync', '=', sync)
          .where('key', '=', key)
          .execute();
      }
    },
  };
}

function fromRow(row: Database['members']): Member {
  return {
    tenant: row.tenant,
    sync: row.sync,
    key: row.key,
    targetKey: row.target_key,
    desired: JSON.parse(row.desired) as Desired,
    updatedMs: row.updated_ms,
    asOf: row.as_of,
    sequence: row.sequence,
  };
}

function toRow(member: Member): Database['members'] {
  return {
    tenant: member.tenant,
    sync: member.sync,
    key: member.key,
    target_key: member.targetKey,
    desired: JSON.stringify(member.desired),
    updated_ms: member.updatedMs,
    as_of: member.asOf,
    sequence: member.sequence,
  };
}
