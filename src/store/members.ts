import type { Kysely } from 'kysely';
import type { Desired, Member, MemberName } from '../model/desired.ts';
import { inPieces } from './in-pieces.ts';
import type { Database } from './schema.ts';

export type Members = ReturnType<typeof membersIn>;

export function membersIn(db: Kysely<Database>) {
  /** All elements of these records, and the records themselves. */
  async function ofRecords(tenant: string, sync: string, keys: readonly string[]): Promise<Member[]> {
    if (keys.length === 0) return [];
    const rows = await db
      .selectFrom('members')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('sync', '=', sync)
      .where('key', 'in', keys)
      .execute();
    return rows.map(fromRow);
  }

  return {
    async of(targetKey: string): Promise<Member[]> {
      const rows = await db.selectFrom('members').selectAll().where('target_key', '=', targetKey).execute();
      return rows.map(fromRow);
    },

    async get({ tenant, sync, key, element }: MemberName): Promise<Member | undefined> {
      const row = await db
        .selectFrom('members')
        .selectAll()
        .where((e) => e.and({ tenant, sync, key, element }))
        .executeTakeFirst();
      return row && fromRow(row);
    },

    ofRecords,

    /** Those of a sync whose records are gone. */
    async departed(
      tenant: string,
      source: string,
      sync: string,
    ): Promise<Pick<Member, 'key' | 'element' | 'targetKey'>[]> {
      const rows = await db
        .selectFrom('members')
        .innerJoin('records', (join) =>
          join.onRef('records.tenant', '=', 'members.tenant').onRef('records.key', '=', 'members.key'),
        )
        .select(['members.key', 'members.element', 'members.target_key'])
        .where('members.tenant', '=', tenant)
        .where('members.sync', '=', sync)
        .where('records.source', '=', source)
        .where('records.gone', '=', 1)
        .execute();
      return rows.map(({ key, element, target_key: targetKey }) => ({ key, element, targetKey }));
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
            conflict.columns(['tenant', 'sync', 'key', 'element']).doUpdateSet((e) => ({
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

    async remove(members: readonly MemberName[]): Promise<void> {
      for (const { tenant, sync, key, element } of members) {
        await db
          .deleteFrom('members')
          .where((e) => e.and({ tenant, sync, key, element }))
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
    element: row.element,
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
    element: member.element,
    target_key: member.targetKey,
    desired: JSON.stringify(member.desired),
    updated_ms: member.updatedMs,
    as_of: member.asOf,
    sequence: member.sequence,
  };
}
