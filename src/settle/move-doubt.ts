import { movedDoubt, sentBy } from '../model/intent.ts';
import type { Tables } from '../store/tables.ts';

/**
 * A create in doubt goes with its record to another key (ENGINE case 12), while what it has made still bears the old one.
 * Should another record take it over by that, it is kept here which of its tags are the runner's.
 */
export async function moveDoubt(
  tables: Tables,
  account: string,
  before: string,
  targetKey: string,
  now: number,
): Promise<void> {
  const intent = await tables.intents.get(before);
  if (!intent) return;
  const sent = sentBy(intent.content).map(({ tags, owned }) => ({ tags: [...tags], owned: { ...owned } }));
  await tables.lookups.put(account, movedDoubt(before), sent, now);
  await tables.intents.rekey(before, targetKey);
}
