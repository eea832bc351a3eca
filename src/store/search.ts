import type { Kysely } from 'kysely';
import { contains, containsDigits } from './contains.ts';
import type { Database } from './schema.ts';

/** A record, by what identifies it. */
export interface RecordName {
  readonly source: string;
  readonly key: string;
}

/** A record's part in a target. */
export interface MemberName {
  readonly sync: string;
  readonly key: string;
}

/** A text, or `digits`: of a phone number, which people part and prefix in all ways. */
export type Wanted = string | { readonly digits: string };

export type Search = ReturnType<typeof searchIn>;

/** Finds records by what a person knows of them. The searches for a text read the whole table: for people, who can wait. */
export function searchIn(db: Kysely<Database>) {
  return {
    async recordsWith(tenant: string, wanted: Wanted, limit: number): Promise<RecordName[]> {
      return db
        .selectFrom('records')
        .select(['source', 'key'])
        .where('tenant', '=', tenant)
        .where(holding('body', wanted))
        .orderBy('sequence', 'desc')
        .limit(limit)
        .execute();
    },

    /** Whose mapped fields or tags hold it: a value may stand in the record in another form. */
    async membersWanting(tenant: string, wanted: Wanted, limit: number): Promise<MemberName[]> {
      return db
        .selectFrom('members')
        .select(['sync', 'key'])
        .where('tenant', '=', tenant)
        .where(holding('desired', wanted))
        .orderBy('sequence', 'desc')
        .limit(limit)
        .execute();
    },

    /** Whose target has this id. */
    async membersOfTarget(tenant: string, targetId: string, limit: number): Promise<MemberName[]> {
      return db
        .selectFrom('links')
        .innerJoin('members', 'members.target_key', 'links.target_key')
        .select(['members.sync', 'members.key'])
        .where('links.target_id', '=', targetId)
        .where('members.tenant', '=', tenant)
        .orderBy('members.sequence', 'desc')
        .limit(limit)
        .execute();
    },
  };
}

function holding(column: string, wanted: Wanted) {
  return typeof wanted === 'string'
    ? contains(column, asInJson(wanted))
    : containsDigits(column, wanted.digits);
}

function asInJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
