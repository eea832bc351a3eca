import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Dialect } from '../dialect.ts';

/** What OAuth grants, encrypted; how old static credentials are; which key seals. */
export async function tokens(db: Kysely<unknown>, { int }: Dialect): Promise<void> {
  const statements = [
    `create table tokens (
      tenant text not null, connection text not null, sealed text, login text, version ${int} not null,
      expires_at ${int}, lease_owner text, lease_until ${int} not null, sent_at ${int}, trouble text,
      updated_at ${int} not null, primary key (tenant, connection))`,
    `create table credentials (
      tenant text not null, connection text not null, mark text not null, since ${int} not null,
      primary key (tenant, connection))`,
    `create table vault (name text primary key, value text not null)`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}
