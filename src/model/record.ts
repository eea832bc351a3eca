import { isObject } from './json.ts';

/** One JSON object of a source. */
export type SourceRecord = Readonly<Record<string, unknown>>;

/** How new a record is: by its own word, else by when it was received or asked for (ENGINE case 2). */
export interface Age {
  /** What the source says, in ms since 1970, where it says and it can be read. */
  readonly updatedMs: number | null;
  /** Webhook: received. Poll: its request *sent*. In ms. */
  readonly asOf: number;
}

/** The last accepted state of a record, as the store keeps it. */
export interface StoredRecord extends Age {
  readonly key: string;
  readonly digest: string;
  readonly body: SourceRecord;
  /** Rises with every acceptance in this store. */
  readonly sequence: number;
  readonly gone: boolean;
  /** Digest of a poll's reading that was judged stale: a second one in a row is believed (ENGINE case 13). */
  readonly doubted: string | null;
}

/** Negative where `a` is older than `b`, 0 where neither can be told to be newer. */
export function compareAge(a: Age, b: Age): number {
  if (a.updatedMs !== null && b.updatedMs !== null && a.updatedMs !== b.updatedMs) {
    return a.updatedMs - b.updatedMs;
  }
  return a.asOf - b.asOf;
}

/** The record without what counts as missing: null and "", at any depth. */
export function withoutEmpty(record: SourceRecord): SourceRecord {
  return clean(record) as SourceRecord;
}

function clean(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => !isEmpty(item)).map(clean);
  if (!isObject(value)) return value;
  // A null prototype: a record may well have a field named `__proto__`.
  const kept: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [name, member] of Object.entries(value)) if (!isEmpty(member)) kept[name] = clean(member);
  return kept;
}

function isEmpty(value: unknown): boolean {
  return value === null || value === '';
}

/** In UTF-16 units; a target key holds two keys and some names. */
const LONGEST_KEY = 500;

/**
 * A key as text: a number becomes its text; nothing, null, a list or an object is no key.
 * Blank text is no key either: it would join strangers in one target. Nor is a whole novel: PostgreSQL's indexes hold
 * rows of 2,700 bytes, and one key too long would hold up all that arrived with it.
 */
export function asKey(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value === 'string' && value.length <= LONGEST_KEY && value.trim() !== '') return value;
  if (typeof value === 'boolean') return String(value);
  return undefined;
}
