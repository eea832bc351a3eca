import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Dialect } from '../dialect.ts';

/** The tables of ENGINE.md, with the indexes that keep each step from growing with the backlog. */
export async function first(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const { id, int } = dialect;
  await run(db, [
    `create table deliveries (
      id ${id}, tenant text not null, connection text not null, delivery_id text, name text, raw text not null,
      received_at ${int} not null, state text not null, reason text,
      unique (tenant, connection, delivery_id))`,
    `create index deliveries_received on deliveries (id) where state = 'received'`,
    `create table records (
      tenant text not null, source text not null, key text not null, digest text not null, body text not null,
      updated_ms ${int}, as_of ${int} not null, sequence ${int} not null, gone ${int} not null, doubted text,
      primary key (tenant, source, key))`,
    `create table events (
      id ${id}, lane text not null, tenant text not null, source text not null, sync text not null,
      key text not null, element text not null, target_key text not null, target_key_before text, priority ${int} not null,
      state text not null, reason text, remedy text, tries ${int} not null, due ${int} not null, waits_for text,
      name text, action ${int} not null, initial ${int} not null, body text, before text, created_at ${int} not null, settled_at ${int})`,
    `create unique index events_newest on events (tenant, sync, key, element) where state in ('pending', 'waiting') and action = 0`,
    `create index events_due on events (lane, priority, due, id) where state = 'pending'`,
    `create index events_target on events (target_key, state) where state = 'pending' or state = 'sending' or state = 'waiting'`,
    `create index events_waiting on events (waits_for) where state = 'waiting'`,
    `create index events_expiring on events (lane, due) where state = 'waiting'`,
    `create index events_dead on events (tenant, sync, key) where state = 'dead'`,
    `create index events_state on events (state, id)`,
    `create index events_key on events (key, id)`,
    `create table members (
      tenant text not null, sync text not null, key text not null, element text not null, target_key text not null,
      desired text not null, updated_ms ${int}, as_of ${int} not null, sequence ${int} not null,
      primary key (tenant, sync, key, element))`,
    `create index members_target on members (target_key)`,
    `create table links (
      target_key text primary key, account text not null, resource text not null, target_id text not null,
      parent_id text, applied text not null, answer text, written_at ${int} not null, origin text not null, gone ${int} not null)`,
    `create unique index links_target on links (account, resource, target_id) where gone = 0`,
    `create index links_parent on links (account, parent_id) where gone = 0`,
    `create index links_adopted on links (account) where origin = 'adopted'`,
    `create table intents (
      target_key text primary key, event ${int} not null, content text not null, sent_at ${int} not null,
      look_at ${int} not null, failure text)`,
    `create table lanes (
      account text primary key, owner text, heartbeat ${int} not null, monotonic ${int} not null, slots text not null,
      day text not null, day_calls ${int} not null, paused text)`,
    `create table cursors (
      tenant text not null, source text not null, cursor text not null, read_at ${int} not null,
      primary key (tenant, source))`,
    `create table journal (id ${id}, event ${int} not null, step text not null, answer text not null, at ${int} not null)`,
    `create index journal_event on journal (event, id)`,
    `create table lookups (
      account text not null, name text not null, value text not null, at ${int} not null, primary key (account, name))`,
    `create table holds (
      tenant text not null, place text not null, hash text not null, keys text not null, message text not null,
      at ${int} not null, approved ${int} not null, primary key (tenant, place))`,
    `create table counters (name text primary key, value ${int} not null)`,
    `insert into counters (name, value) values ('sequence', 0), ('stamp', 0)`,
  ]);
}

async function run(db: Kysely<unknown>, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
