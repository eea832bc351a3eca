import type { Kysely } from 'kysely';
import type { TokenTrouble } from '../model/tokens.ts';
import type { Database } from './schema.ts';

/** Whose tokens: the same connection may serve several tenants. */
export interface TokenOwner {
  readonly tenant: string;
  readonly connection: string;
}

export interface TokenRow extends TokenOwner {
  readonly sealed: string | null;
  readonly login: string | null;
  readonly version: number;
  readonly expiresAt: number | null;
  readonly leaseOwner: string | null;
  readonly leaseUntil: number;
  readonly sentAt: number | null;
  readonly trouble: TokenTrouble | null;
}

export type TokenRows = ReturnType<typeof tokensIn>;

export function tokensIn(db: Kysely<Database>) {
  const at = ({ tenant, connection }: TokenOwner) =>
    db.updateTable('tokens').where('tenant', '=', tenant).where('connection', '=', connection);

  async function get({ tenant, connection }: TokenOwner): Promise<TokenRow | undefined> {
    const row = await db
      .selectFrom('tokens')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('connection', '=', connection)
      .executeTakeFirst();
    return row && fromRow(row);
  }

  /** A row to update, whether or not there has been one. */
  async function make({ tenant, connection }: TokenOwner, now: number): Promise<void> {
    const row = { tenant, connection, version: 0, lease_until: 0, updated_at: now };
    await db
      .insertInto('tokens')
      .values(row)
      .onConflict((conflict) => conflict.columns(['tenant', 'connection']).doNothing())
      .execute();
  }

  return {
    get,

    async all(): Promise<TokenRow[]> {
      const rows = await db
        .selectFrom('tokens')
        .selectAll()
        .orderBy('tenant')
        .orderBy('connection')
        .execute();
      return rows.map(fromRow);
    },

    /** Tokens of a login, or none after a logout: whatever was there before is over, also a refresh under way. */
    async replace(
      owner: TokenOwner,
      tokens: { readonly sealed: string; readonly expiresAt: number | null } | null,
      now: number,
    ): Promise<void> {
      await make(owner, now);
      await at(owner)
        .set((row) => ({
          sealed: tokens?.sealed ?? null,
          expires_at: tokens?.expiresAt ?? null,
          version: row('version', '+', 1),
          login: null,
          lease_owner: null,
          lease_until: 0,
          sent_at: null,
          trouble: null,
          updated_at: now,
        }))
        .execute();
    },

    async putLogin(owner: TokenOwner, login: string, now: number): Promise<void> {
      await make(owner, now);
      await at(owner).set({ login, updated_at: now }).execute();
    },

    /**
     * The right to use this version's refresh token until `until`, and the durable note that it may have been sent. Yields
     * when it may first have been sent before, in ms; `undefined` where another one has the right, or there is a newer pair.
     */
    async claim(
      owner: TokenOwner,
      claim: {
        readonly version: number;
        readonly by: string;
        readonly now: number;
        readonly until: number;
        /** Who had the right, and has died: it is free at once. */
        readonly dead: string | null;
      },
    ): Promise<{ readonly sentBefore: number | null } | undefined> {
      const before = await get(owner);
      if (!before || before.sealed === null) return undefined;
      const { numUpdatedRows } = await at(owner)
        .where('version', '=', claim.version)
        .where((row) => row.or([row('lease_until', '<=', claim.now), row('lease_owner', '=', claim.dead)]))
        .set({
          lease_owner: claim.by,
          lease_until: claim.until,
          sent_at: before.sentAt ?? claim.now,
          updated_at: claim.now,
        })
        .executeTakeFirst();
      return numUpdatedRows > 0n ? { sentBefore: before.sentAt } : undefined;
    },

    /** The new pair; false where there is a newer one. Whoever got one for this version: there is no other. */
    async keep(
      owner: TokenOwner,
      kept: {
        readonly version: number;
        readonly sealed: string;
        readonly expiresAt: number | null;
        readonly now: number;
      },
    ): Promise<boolean> {
      const { numUpdatedRows } = await at(owner)
        .where('version', '=', kept.version)
        .set({
          sealed: kept.sealed,
          expires_at: kept.expiresAt,
          version: kept.version + 1,
          lease_owner: null,
          lease_until: 0,
          sent_at: null,
          trouble: null,
          updated_at: kept.now,
        })
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    /** Gives the right back without a new pair. `doubt`: the refresh token may be used up all the same. */
    async release(
      owner: TokenOwner,
      end: {
        readonly by: string;
        readonly doubt: boolean;
        readonly trouble: TokenTrouble | null;
        readonly now: number;
      },
    ): Promise<void> {
      await at(owner)
        .where('lease_owner', '=', end.by)
        .set({
          lease_owner: null,
          lease_until: 0,
          ...(end.doubt ? {} : { sent_at: null }),
          trouble: end.trouble && JSON.stringify(end.trouble),
          updated_at: end.now,
        })
        .execute();
    },

    /** What is known beside the pair has changed, and nobody refreshes it at this moment. */
    async amend(
      owner: TokenOwner,
      change: { readonly version: number; readonly sealed: string; readonly now: number },
    ): Promise<boolean> {
      const { numUpdatedRows } = await at(owner)
        .where('version', '=', change.version)
        .where('lease_until', '<=', change.now)
        .set({ sealed: change.sealed, trouble: null, version: change.version + 1, updated_at: change.now })
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    /** The same, under another key. */
    async reseal(owner: TokenOwner, texts: { sealed: string | null; login: string | null }): Promise<void> {
      await at(owner).set(texts).execute();
    },
  };
}

function fromRow(row: Database['tokens']): TokenRow {
  return {
    tenant: row.tenant,
    connection: row.connection,
    sealed: row.sealed,
    login: row.login,
    version: row.version,
    expiresAt: row.expires_at,
    leaseOwner: row.lease_owner,
    leaseUntil: row.lease_until,
    sentAt: row.sent_at,
    trouble: row.trouble === null ? null : (JSON.parse(row.trouble) as TokenTrouble),
  };
}
