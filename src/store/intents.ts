import type { Kysely } from 'kysely';
import type { Failure, Intent } from '../model/intent.ts';
import type { Database } from './schema.ts';

export type Intents = ReturnType<typeof intentsIn>;

export function intentsIn(db: Kysely<Database>) {
  return {
    async get(targetKey: string): Promise<Intent | undefined> {
      const row = await db
        .selectFrom('intents')
        .selectAll()
        .where('target_key', '=', targetKey)
        .executeTakeFirst();
      return (
        row && {
          targetKey: row.target_key,
          event: row.event,
          content: JSON.parse(row.content) as Intent['content'],
          sentAt: row.sent_at,
          lookAt: row.look_at,
          failure: row.failure === null ? null : (JSON.parse(row.failure) as Failure),
        }
      );
    },

    async put(intent: Intent): Promise<void> {
      const row = {
        event: intent.event,
        content: JSON.stringify(intent.content),
        sent_at: intent.sentAt,
        look_at: intent.lookAt,
        failure: intent.failure && JSON.stringify(intent.failure),
      };
      await db
        .insertInto('intents')
        .values({ target_key: intent.targetKey, ...row })
        .onConflict((conflict) => conflict.column('target_key').doUpdateSet(row))
        .execute();
    },

    async clear(targetKey: string): Promise<void> {
      await db.deleteFrom('intents').where('target_key', '=', targetKey).execute();
    },

    async rekey(from: string, to: string): Promise<void> {
      await db.updateTable('intents').set({ target_key: to }).where('target_key', '=', from).execute();
    },
  };
}
