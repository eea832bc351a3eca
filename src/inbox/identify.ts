import { digestOf } from '../model/digest.ts';
import { ExpressionError } from '../model/expression.ts';
import { asKey } from '../model/record.ts';
import { readSourceTime } from '../model/source-time.ts';
import type { Source } from '../model/source.ts';
import type { Arrival, Identified } from './arrival.ts';

/** What the engine's mapping tells of a record before it is stored. */
export interface Sighted {
  readonly record: Readonly<Record<string, unknown>>;
  readonly bindings: Readonly<Record<string, unknown>>;
}

/** Key, age and end of a record. One without a key gets its digest for one: it becomes a dead letter, not a lost record. */
export async function identify(
  source: Source,
  arrival: Arrival,
  sight: (arrival: Arrival) => Promise<Sighted>,
  isDeleted: (sighted: Sighted) => Promise<boolean>,
): Promise<Identified> {
  try {
    const sighted = await sight(arrival);
    const { record, bindings } = sighted;
    const key = asKey(await source.key(record, bindings));
    if (key === undefined)
      return nameless(
        arrival,
        'no-key: the key of this record is nothing, a list, an object or longer than 500 letters',
        source,
      );
    const updatedAt = source.updatedAt ? await source.updatedAt(record, bindings) : undefined;
    const updatedMs = readSourceTime(updatedAt)?.ms ?? null;
    return {
      ...arrival,
      key,
      updatedMs,
      updatedAt,
      deleted: arrival.gone === true || (await isDeleted(sighted)),
    };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return nameless(arrival, `the source's expressions fail on this record: ${error.message}`, source);
  }
}

function nameless(arrival: Arrival, reason: string, source: Source): Identified {
  const key = `no-key ${digestOf(arrival.record)}`;
  const remedy = `see sources.${source.name}.key; then \`boothsync run --full\` reads the record again`;
  return {
    ...arrival,
    key,
    updatedMs: null,
    updatedAt: undefined,
    deleted: false,
    problem: { reason, remedy },
  };
}
