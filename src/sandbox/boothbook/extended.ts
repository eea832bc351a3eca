import type { Answer } from '../http/message.ts';
import { quirky } from './quirks.ts';
import type { Quirks } from './quirks.ts';
import type { BoothbookStore, ExtendedKind, ExtendedRecord } from './store.ts';
import { extendedKinds } from './store.ts';

/** An error in the shape of BoothZen's. */
export function extendedError(status: number, code: string, message: string, param?: string): Answer {
  const error = { type: 'invalid_request_error', code, message, ...(param !== undefined && { param }) };
  return { status, body: { error } };
}

export function extendedKindOf(path: string): ExtendedKind | undefined {
  const name = /^\/api\/v1\/ext\/([a-z]+)$/.exec(path)?.[1];
  return extendedKinds.find((kind) => kind === name);
}

const defaultLimit = 25;
const maxLimit = 100;

/**
 * One page by (updated_at, id), both ascending: `updated_since` is inclusive, and a record that changes while one reads
 * moves to the end instead of shifting the pages.
 */
export function readPage(
  store: BoothbookStore,
  kind: ExtendedKind,
  query: URLSearchParams,
  quirks: Quirks,
): Answer {
  const limit = Number(query.get('limit') ?? defaultLimit);
  if (!Number.isInteger(limit) || limit < 1 || limit > maxLimit) {
    return extendedError(400, 'invalid_limit', `limit must be from 1 to ${maxLimit}`, 'limit');
  }
  const since = query.get('updated_since');
  if (since !== null && Number.isNaN(Date.parse(since))) {
    return extendedError(400, 'invalid_date', 'updated_since must be an ISO 8601 date', 'updated_since');
  }
  const after = readCursor(query.get('cursor'));
  if (after === 'invalid') return extendedError(400, 'invalid_cursor', 'cursor is not known', 'cursor');

  const sinceMs = since === null ? -Infinity : Date.parse(since);
  const rest = [...store.extended[kind].values()]
    .filter((record) => Date.parse(record.updated_at) >= sinceMs)
    .map((record) => ({ record, place: placeOf(record) }))
    .filter(({ place }) => after === undefined || comparePlaces(place, after) > 0)
    .sort((a, b) => comparePlaces(a.place, b.place));
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  const data = page.map(({ record }, index) => quirky(record, numberOf(record, index), quirks));
  return {
    status: 200,
    body: { data, next_cursor: last && rest.length > limit ? writeCursor(last.place) : null },
  };
}

interface Place {
  readonly ms: number;
  readonly id: string;
}

function placeOf(record: ExtendedRecord): Place {
  return { ms: Date.parse(record.updated_at), id: String(record.id) };
}

function comparePlaces(a: Place, b: Place): number {
  return a.ms - b.ms || a.id.localeCompare(b.id, 'en', { numeric: true });
}

function writeCursor(place: Place): string {
  return Buffer.from(`${place.ms} ${place.id}`).toString('base64url');
}

function readCursor(cursor: string | null): Place | undefined | 'invalid' {
  if (cursor === null || cursor === '') return undefined;
  const parts = /^(-?\d+) (.+)$/.exec(Buffer.from(cursor, 'base64url').toString());
  if (!parts?.[2]) return 'invalid';
  return { ms: Number(parts[1]), id: parts[2] };
}

/** What the quirks choose a fashion by. */
function numberOf(record: ExtendedRecord, index: number): number {
  const digits = /\d+/.exec(String(record.id))?.[0];
  return digits === undefined ? index : Number(digits);
}
