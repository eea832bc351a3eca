import { sql, type Kysely } from 'kysely';
import type { SourceRecord, StoredRecord } from '../model/record.ts';
import type { Database } from './schema.ts';

export type Records = ReturnType<typeof recordsIn>;

type Row = Database['records'];

export function recordsIn(db: Kysely<Database>) {
  /** At most 500 keys at a time. */
  async function getMany(
    tenant: string,
    source: string,
    keys: readonly string[],
  ): Promise<Map<string, StoredRecord>> {
    if (keys.length === 0) return new Map();
    const rows = await db
      .selectFrom('records')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('source', '=', source)
      .where('key', 'in', keys)
      .execute();
    return new Map(rows.map((row) => [row.key, fromRow(row)]));
  }

  return {
    async get(tenant: string, source: string, key: string): Promise<StoredRecord | undefined> {
      return (await getMany(tenant, source, [key])).get(key);
    },

    getMany,

    async put(tenant: string, source: string, records: readonly StoredRecord[]): Promise<void> {
      if (records.length === 0) return;
      await db
        .insertInto('records')
        .values(records.map((record) => toRow(tenant, source, record)))
        .onConflict((conflict) =>
          conflict.columns(['tenant', 'source', 'key']).doUpdateSet((e) => ({
            digest: e.ref('excluded.digest'),
            body: e.ref('excluded.body'),
            updated_ms: e.ref('excluded.updated_ms'),
            as_of: e.ref('excluded.as_of'),
            sequence: e.ref('excluded.sequence'),
            gone: e.ref('excluded.gone'),
            doubted: e.ref('excluded.doubted'),
          })),
        )
        .execute();
    },

    async doubt(tenant: string, source: string, key: string, digest: string | null): Promise<void> {
      await db
        .updateTable('records')
        .set({ doubted: digest })
        .where('tenant', '=', tenant)
        .where('source', '=', source)
        .where('key', '=', key)
        .execute();
    },

    /** A page of live keys in order, accepted no later than `sequence`: for finding what a full read no longer holds. */
    async liveKeys(
      tenant: string,
      source: string,
      sequence: number,
      after: string,
      limit: number,
    ): Promise<string[]> {
      const rows = await db
        .selectFrom('records')
        .select('key')
        .where('tenant', '=', tenant)
        .where('source', '=', source)
        .where('gone', '=', sql.lit(0))
        .where('sequence', '<=', sequence)
        .where('key', '>', after)
        .orderBy('key')
        .limit(limit)
        .execute();
      return rows.map((row) => row.key);
    },

    async countLive(tenant: string, source: string): Promise<number> {
      const row = await db
        .selectFrom('records')
        .select((e) => e.fn.countAll<number>().as('count'))
        .where('tenant', '=', tenant)
        .where('source', '=', source)
        .where('gone', '=', sql.lit(0))
        .executeTakeFirstOrThrow();
      return row.count;
    },

    /** Reserves `count` sequence numbers; yields the first. */
    async nextSequence(count: number): Promise<number> {
      const row = await db
        .updateTable('counters')
        .set((e) => ({ value: e('value', '+', count) }))
        .where('name', '=', 'sequence')
        .returning('value')
        .executeTakeFirstOrThrow();
      return row.value - count + 1;
    },

    /** Remembers the latest `asOf` that was given, should the clock be set back. */
    async noteStamp(asOf: number): Promise<void> {
      await db
        .updateTable('counters')
        .set({ value: asOf })
        .where('name', '=', 'stamp')
        .where('value', '<', asOf)
        .execute();
    },

    async lastStamp(): Promise<number> {
      const row = await db
        .selectFrom('counters')
        .select('value')
        .where('name', '=', 'stamp')
        .executeTakeFirstOrThrow();
      return row.value;
    },

    async currentSequence(): Promise<number> {
      const row = await db
        .selectFrom('counters')
        .select('value')
        .where('name', '=', 'sequence')
        .executeTakeFirstOrThrow();
      return row.value;
    },
  };
}

function fromRow(row: Row): StoredRecord {
  return {
    key: row.key,
    digest: row.digest,
    body: JSON.parse(row.body) as SourceRecord,
    updatedMs: row.updated_ms,
    asOf: row.as_of,
    sequence: row.sequence,
    gone: row.gone === 1,
    doubted: row.doubted,
  };
}

function toRow(tenant: string, source: string, record: StoredRecord): Row {
  return {
    tenant,
    source,
    key: record.key,
    digest: record.digest,
    body: JSON.stringify(record.body),
    updated_ms: record.updatedMs,
    as_of: record.asOf,
    sequence: record.sequence,
    gone: record.gone ? 1 : 0,
    doubted: record.doubted,
  };
}
