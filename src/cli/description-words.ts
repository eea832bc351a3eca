import type { ConnectionDescription } from '../config/describe/describe-connection.ts';
import { durationWords, type SourceDescription } from '../config/describe/describe-source.ts';
import type {
  Endpoint,
  FieldDescription,
  SyncDescription,
  TagDescription,
} from '../config/describe/describe-sync.ts';
import type { Said } from '../config/describe/said.ts';

/** ISO days by connection: since when its credential is in use, and when it is due to be replaced. */
export type DueDates = ReadonlyMap<string, { readonly since: string; readonly dueAt: string }>;

/** A name and what there is to say of it. */
export type Fact = readonly [name: string, words: string];

export function saidWords({ expression, words }: Said): string {
  return words ?? expression;
}

function fact(name: string, said: Said | string | null): readonly Fact[] {
  if (said === null || said === '') return [];
  return [[name, typeof said === 'string' ? said : saidWords(said)]];
}

export function sourceFacts({
  key,
  updatedAt,
  deleted,
  let: names,
  triggers,
}: SourceDescription): readonly Fact[] {
  return [
    ...triggers.flatMap((trigger) => fact('read by', trigger)),
    ...fact('key', key),
    ...fact('newer by', updatedAt),
    ...fact('gone where', deleted),
    ...names.flatMap(({ name, value }) => fact(name, value)),
  ];
}

export function syncFacts(sync: SyncDescription): readonly Fact[] {
  const isCall = sync.target.startsWith('call ');
  return [
    ...fact('note', sync.remarks.join(', ')),
    ...fact('for each', sync.each),
    ...fact('where', sync.when),
    ...fact('key', sync.key),
    ...fact('belongs to', sync.parent && `what ${sync.parent} makes of the record`),
    ...(isCall ? [] : fact('when deleted', sync.onDelete)),
    ...(isCall ? [] : fact('when left out', sync.onLeave)),
  ];
}

const ON = { always: '', create: ', only when it is created', empty: ', only where it is empty there' };

export function fieldRow({ field, from, on }: FieldDescription): readonly [string, string] {
  return [field, `${saidWords(from)}${ON[on]}`];
}

/** Tags, when they are given, and when they are taken away. */
export function tagRows(tags: readonly TagDescription[]): readonly (readonly [string, string, string])[] {
  return tags.flatMap(({ add, remove, when, owned }) => {
    const where = when ? `where ${saidWords(when)}` : 'always';
    return [
      ...add.map((tag) => [tag, where, owned ? takenAway(when) : 'never'] as const),
      ...remove.map((tag) => [tag, 'never', where] as const),
    ];
  });
}

function takenAway(when: Said | null): string {
  return when ? 'when that no longer holds' : 'when it comes no longer';
}

/** `ghl` alone tells nobody what it is. */
export function kindOf({ type }: Pick<ConnectionDescription, 'type'>): string {
  return type === 'ghl' ? 'HighLevel' : 'HTTP';
}

export function endpointRow({ purpose, method, path }: Endpoint): readonly [string, string] {
  return [purpose, `${method} ${path}`];
}

export function connectionFacts(connection: ConnectionDescription, due: DueDates): readonly Fact[] {
  const { address, location, auth, credentials, rotateEvery, scopes, helpfulScopes, verify } = connection;
  const dates = due.get(connection.connection);
  const when = dates ? `: in use since ${dates.since}, due on ${dates.dueAt}` : '';
  return [
    ...fact('address', address),
    ...fact('location', location),
    ...fact('proves itself by', auth === 'none' ? 'nothing' : auth),
    ...credentials.flatMap(({ name, kept }) => fact(name, `kept in ${kept}`)),
    ...fact('to be replaced', rotateEvery && `every ${durationWords(rotateEvery)}${when}`),
    ...fact('least scopes', scopes.join(', ')),
    ...fact('better with', helpfulScopes.join(', ')),
    ...fact('webhooks verified by', verify),
  ];
}
