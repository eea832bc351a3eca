import type { Tables } from '../store/tables.ts';

/** The source of a sync, by its name; nothing where the config has no such sync any more. */
export type SourceOf = (sync: string) => string | undefined;

/** One of a target's members is taken up again, and its fold with it. */
export async function wakeMember(
  tables: Tables,
  targetKey: string,
  account: string,
  sourceOf: SourceOf,
  now: number,
): Promise<void> {
  const member = (await tables.members.of(targetKey))[0];
  const source = member && sourceOf(member.sync);
  if (!member || source === undefined) return;
  const { tenant, sync, key, element } = member;
  const name = { lane: account, tenant, source, sync, key, element };
  await tables.events.wake({ ...name, targetKey, priority: 1, due: now });
}
