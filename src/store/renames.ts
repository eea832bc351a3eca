import { sql, type Kysely } from 'kysely';
import type { Desired } from '../model/desired.ts';
import type { Intent, Sent } from '../model/intent.ts';
import type { Applied } from '../model/link.ts';
import { renamedKey } from '../model/target-key.ts';
import { contains } from './contains.ts';
import type { Database } from './schema.ts';

export type Renames = ReturnType<typeof renamesIn>;

/** A sync that has another name now. */
export interface Rename {
  readonly tenant: string;
  readonly from: string;
  readonly to: string;
}

export function renamesIn(db: Kysely<Database>) {
  return {
    /**
     * Whatever the store holds under a sync's old name becomes its new one's: links, members, intents, events. Where the new
     * name has a row of its own already, that one stays. Yields how many events, members and links were the old one's.
     */
    async sync(rename: Rename): Promise<number> {
      const events = await renameEvents(db, rename);
      const members = await renameMembers(db, rename);
      const links = await renameLinks(db, rename);
      await renameIntents(db, rename);
      await renameMapping(db, rename);
      return events + members + links;
    },
  };
}

/** Parts of target keys and JSON that may hold the name: the rows are looked at one by one. */
function ownerOf({ tenant, from }: Rename): string {
  return `|${tenant}/${from}|`;
}

async function renameEvents(db: Kysely<Database>, rename: Rename): Promise<number> {
  const { tenant, from, to } = rename;
  // Only one may wait for a record: the new name's own is as new as any.
  await db
    .deleteFrom('events as e')
    .where('e.tenant', '=', tenant)
    .where('e.sync', '=', from)
    .where('e.action', '=', 0)
    .where('e.state', 'in', ['pending', 'waiting'])
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('events as other')
          .select('other.id')
          .where('other.tenant', '=', tenant)
          .where('other.sync', '=', to)
          .whereRef('other.key', '=', 'e.key')
          .whereRef('other.element', '=', 'e.element')
          .where('other.state', 'in', ['pending', 'waiting']),
      ),
    )
    .execute();
  const named = await db
    .updateTable('events')
    .set({ sync: to })
    .where('tenant', '=', tenant)
    .where('sync', '=', from)
    .executeTakeFirst();
  for (const column of ['target_key', 'target_key_before', 'waits_for'] as const) {
    const rows = await db
      .selectFrom('events')
      .select(column)
      .distinct()
      .where(contains(column, ownerOf(rename)))
      .execute();
    for (const row of rows) {
      const key = row[column];
      const next = key === null ? null : renamedKey(key, rename);
      if (next !== key)
        await db
          .updateTable('events')
          .set({ [column]: next })
          .where(column, '=', key)
          .execute();
    }
  }
  return Number(named.numUpdatedRows);
}

async function renameMembers(db: Kysely<Database>, rename: Rename): Promise<number> {
  const { tenant, from, to } = rename;
  const rows = await db
    .selectFrom('members')
    .selectAll()
    .where((e) =>
      e.or([
        e.and([e('tenant', '=', tenant), e('sync', '=', from)]),
        // Children of other syncs, whose parent was the old name's.
        contains('desired', ownerOf(rename)),
      ]),
    )
    .execute();
  for (const row of rows) {
    const own = row.tenant === tenant && row.sync === from;
    const before = JSON.parse(row.desired) as Desired;
    const parent = before.parent === undefined ? {} : { parent: renamedKey(before.parent, rename) };
    const desired = JSON.stringify({ ...before, ...parent, ...(own ? { sync: to } : {}) });
    const next = {
      ...row,
      desired,
      ...(own ? { sync: to, target_key: renamedKey(row.target_key, rename) } : {}),
    };
    await db
      .deleteFrom('members')
      .where('tenant', '=', row.tenant)
      .where('sync', '=', row.sync)
      .where('key', '=', row.key)
      .where('element', '=', row.element)
      .execute();
    await db
      .insertInto('members')
      .values(next)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  return rows.filter((row) => row.tenant === tenant && row.sync === from).length;
}

/** Of children and actions the sync is part of the key; of contacts it says which tags are whose. */
async function renameLinks(db: Kysely<Database>, rename: Rename): Promise<number> {
  const rows = await db
    .selectFrom('links')
    .select(['target_key', 'applied'])
    .where((e) =>
      e.or([contains('target_key', ownerOf(rename)), contains('applied', JSON.stringify(rename.from))]),
    )
    .execute();
  let count = 0;
  for (const row of rows) {
    const next = renamedKey(row.target_key, rename);
    if (next !== row.target_key) {
      const taken = await db
        .selectFrom('links')
        .select('target_key')
        .where('target_key', '=', next)
        .execute();
      if (taken.length > 0) continue;
      count += 1;
    }
    const applied = renamedTags(JSON.parse(row.applied) as Applied, rename);
    await db
      .updateTable('links')
      .set({ target_key: next, applied: JSON.stringify(applied) })
      .where('target_key', '=', row.target_key)
      .execute();
  }
  return count;
}

function renamedTags(applied: Applied, rename: Rename): Applied {
  const sends = applied.sends ? { sends: applied.sends.map((sent) => renamedSent(sent, rename)) } : {};
  return { ...applied, owned: renamedName(applied.owned, rename.from, rename.to), ...sends };
}

function renamedSent<T extends Sent>(sent: T, { from, to }: Rename): T {
  return sent.owned ? { ...sent, owned: renamedName(sent.owned, from, to) } : sent;
}

function renamedName<T>(bySync: Readonly<Record<string, T>>, from: string, to: string): Record<string, T> {
  return Object.fromEntries(
    Object.entries(bySync).map(([sync, value]) => [sync === from ? to : sync, value]),
  );
}

async function renameIntents(db: Kysely<Database>, rename: Rename): Promise<void> {
  const rows = await db
    .selectFrom('intents')
    .select(['target_key', 'content'])
    .where((e) =>
      e.or([contains('target_key', ownerOf(rename)), contains('content', JSON.stringify(rename.from))]),
    )
    .execute();
  for (const row of rows) {
    const content = JSON.parse(row.content) as Intent['content'];
    const earlier = content.earlier
      ? { earlier: content.earlier.map((sent) => renamedSent(sent, rename)) }
      : {};
    const next = {
      target_key: renamedKey(row.target_key, rename),
      content: JSON.stringify({ ...renamedSent(content, rename), ...earlier }),
    };
    const taken =
      next.target_key === row.target_key
        ? []
        : await db
            .selectFrom('intents')
            .select('target_key')
            .where('target_key', '=', next.target_key)
            .execute();
    if (taken.length === 0)
      await db.updateTable('intents').set(next).where('target_key', '=', row.target_key).execute();
  }
}

/** The mapping that was last applied: its records need not flow through it again for a name. */
async function renameMapping(db: Kysely<Database>, { tenant, from, to }: Rename): Promise<void> {
  const account = `config/${tenant}`;
  const old = await db
    .deleteFrom('lookups')
    .where('account', '=', account)
    .where('name', '=', from)
    .returningAll()
    .execute();
  for (const row of old)
    await db
      .insertInto('lookups')
      .values({ ...row, name: to })
      .onConflict((conflict) =>
        conflict.columns(['account', 'name']).doUpdateSet({ value: sql.ref('lookups.value') }),
      )
      .execute();
}
