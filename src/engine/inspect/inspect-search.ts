import { targetOf } from '../intake/destinations.ts';
import { parseName } from './event-name.ts';
import type { Reading } from '../runtime.ts';

/** A record that a person may have meant, and why. */
export interface Match {
  readonly source: string;
  readonly key: string;
  readonly found: 'key' | 'event' | 'target key' | 'target id' | 'text';
}

/** Most records that one question is answered with. */
export const MOST_MATCHES = 20;

/**
 * What a word may mean: a record's key; else an event; else the identity or id of a target, or any text in a record, such as
 * an email or a phone number. A number that is both a key and an event is the key: `event:<n>` names the event.
 */
export async function findRecords(reading: Reading, word: string): Promise<Match[]> {
  const byKey = word.startsWith('event:') ? [] : await recordsOfKey(reading, word);
  if (byKey.length > 0) return byKey;
  const byEvent = await recordOfEvent(reading, word);
  if (byEvent) return [byEvent];
  const found = [
    ...(await byTargetKey(reading, word)),
    ...(await byTargetId(reading, word)),
    ...(await byText(reading, word)),
  ];
  const unique = new Map(found.reverse().map((match) => [JSON.stringify([match.source, match.key]), match]));
  return [...unique.values()].reverse();
}

async function recordsOfKey({ config, tenant, store }: Reading, key: string): Promise<Match[]> {
  const matches: Match[] = [];
  for (const source of config.sources.keys()) {
    const record = await store.read.records.get(tenant, source, key);
    if (record) matches.push({ source, key, found: 'key' });
  }
  return matches;
}

async function recordOfEvent({ tenant, store }: Reading, word: string): Promise<Match | undefined> {
  const name = parseName(word);
  if (name?.type !== 'event') return undefined;
  const [event] = await store.read.events.find({ ids: [name.id], tenant }, 1);
  return event && { source: event.source, key: event.key, found: 'event' };
}

async function byTargetKey(reading: Reading, word: string): Promise<Match[]> {
  const { config, tenant, store } = reading;
  const spellings = [...new Set([word, word.trim(), word.trim().toLowerCase()])];
  const targetKeys = [...config.syncs.values()].flatMap((sync) =>
    spellings.map((spelling) => targetOf(config, tenant, sync, spelling)),
  );
  const members = await Promise.all(
    [...new Set(targetKeys)].map((targetKey) => store.read.members.of(targetKey)),
  );
  return matchesOf(reading, members.flat(), 'target key');
}

async function byTargetId(reading: Reading, word: string): Promise<Match[]> {
  return matchesOf(
    reading,
    await reading.store.read.search.membersOfTarget(reading.tenant, word, MOST_MATCHES + 1),
    'target id',
  );
}

const SHORTEST_TEXT = 3;
const PHONE = /^\+?[\d ()./-]{7,}$/;
/** What +44 7700 900123 and 07700 900123 have in common. */
const SAME_DIGITS = 9;

async function byText(reading: Reading, word: string): Promise<Match[]> {
  const { tenant, store } = reading;
  const text = word.trim();
  if (text.length < SHORTEST_TEXT) return [];
  const digits = text.replaceAll(/\D/g, '').slice(-SAME_DIGITS);
  const wanted = PHONE.test(text) && digits.length > 5 ? { digits } : text;
  const records = await store.read.search.recordsWith(tenant, wanted, MOST_MATCHES + 1);
  const members = await store.read.search.membersWanting(tenant, wanted, MOST_MATCHES + 1);
  return [
    ...records.map((record): Match => ({ ...record, found: 'text' })),
    ...matchesOf(reading, members, 'text'),
  ];
}

function matchesOf(
  { config }: Reading,
  members: readonly { readonly sync: string; readonly key: string }[],
  found: Match['found'],
): Match[] {
  return members.flatMap(({ sync, key }) => {
    const source = config.syncs.get(sync)?.source;
    return source === undefined ? [] : [{ source, key, found }];
  });
}
