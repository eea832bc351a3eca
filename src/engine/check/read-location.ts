import type { Catalog } from '../../catalog/load.ts';
import { LOCATION_LISTS } from '../../catalog/ghl/location-lists.ts';
import type { LocationList } from '../../catalog/ghl/location-lists.ts';
import { targetIn } from '../../catalog/resource.ts';
import type { GhlClient } from '../../connection/ghl-client.ts';
import { isSuccess, type Answer } from '../../model/answer.ts';
import type { Clock } from '../../model/clock.ts';
import type { Connection } from '../../model/connection.ts';
import type { ListName, LocationLists, LockedLocation } from '../../model/lock.ts';
import { refusalOf } from '../../model/refusal.ts';
import { ask } from './ask.ts';

/** What it takes to ask one location. */
export interface Asker {
  readonly connection: Connection;
  readonly client: GhlClient;
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** The location itself, or why nobody can say anything of it. */
export type Met =
  | { readonly type: 'met'; readonly id: string; readonly name: string }
  /** The token is good, and may not read the location itself. */
  | { readonly type: 'hidden'; readonly answer: Answer }
  | { readonly type: 'refused'; readonly answer: Answer };

const PRIORITY = 0;

/** The first question: reachable, token, location. */
export async function meetLocation(asker: Asker): Promise<Met> {
  const answer = await askOperation(asker, 'get-location');
  if (isSuccess(answer)) {
    const shown = targetIn(answer.body, ['location']) ?? targetIn(answer.body, []) ?? {};
    return { type: 'met', id: textOf(shown['id']), name: textOf(shown['name']) };
  }
  const refused = answer.type === 'answered' ? refusalOf(answer) : undefined;
  return { type: refused === 'scope' ? 'hidden' : 'refused', answer };
}

/** A list, or the answer that is none. */
export interface Read {
  readonly list: LocationList;
  readonly answer: Answer;
  readonly lists: LocationLists;
}

/** Each of these lists, by one call each. */
export function readLists(asker: Asker, names: readonly ListName[]): Promise<readonly Read[]> {
  const wanted = LOCATION_LISTS.filter(({ name }) => names.includes(name));
  return Promise.all(
    wanted.map(async (list) => {
      const answer = await askOperation(asker, list.operation, list.query);
      return { list, answer, lists: isSuccess(answer) ? list.read(answer.body) : {} };
    }),
  );
}

export function askOperation(
  { client, catalog, clock, signal }: Asker,
  id: string,
  query: LocationList['query'] = {},
): Promise<Answer> {
  const operation = catalog.operation(id)!;
  return ask(clock, signal, () => client.send(operation, { query }, { priority: PRIORITY }));
}

export function scopeOf({ catalog }: Pick<Asker, 'catalog'>, operation: string): string | undefined {
  return catalog.operation(operation)?.scopes[0];
}

/** What was read, in the form of a lock. */
export function seenLocation(connection: Connection, met: Met, reads: readonly Read[]): LockedLocation {
  const known = met.type === 'met' ? met : { id: '', name: '' };
  return {
    id: known.id === '' ? (connection.location ?? '') : known.id,
    name: known.name,
    lists: Object.assign({}, ...reads.map(({ lists }) => lists)) as LocationLists,
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
