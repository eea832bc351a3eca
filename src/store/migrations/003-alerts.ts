import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Dialect } from '../dialect.ts';

/** What people are to be told, whom it was told, and which dead letters nobody has been told of yet. */
export async function alerts(db: Kysely<unknown>, { id, int }: Dialect): Promise<void> {
  const statements = [
    `alter table events add column told ${int} not null default 0`,
    `create index events_untold on events (tenant, sync, id) where state = 'dead' and told = 0`,
    `alter table deliveries add column told ${int} not null default 0`,
    `create index deliveries_untold on deliveries (tenant, connection, id) where state = 'dead' and told = 0`,
    `create index deliveries_dead on deliveries (id) where state = 'dead'`,
    `create table alerts (
      id ${id}, tenant text not null, cause text not null, place text not null, mark text not null,
      message text not null, remedy text not null, command text not null, since ${int} not null,
      count ${int} not null, at ${int} not null, ended_at ${int})`,
    `create index alerts_open on alerts (tenant, cause) where ended_at is null`,
    `create index alerts_cause on alerts (tenant, cause, id)`,
    `create table alert_sends (
      channel text not null, cause text not null, since ${int} not null, told_id ${int} not null, told_at ${int},
      tries ${int} not null, next_at ${int} not null, failure text, primary key (channel, cause))`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}
