import { digestOf } from '../model/digest.ts';
import { compareAge, type SourceRecord, type StoredRecord } from '../model/record.ts';
import type { Identified } from './arrival.ts';

/** What acceptance makes of a record, against the last accepted one of its key. */
export type Judgement =
  | { readonly type: 'accepted'; readonly body: SourceRecord; readonly digest: string }
  /** `refresh`: same content, but newer: later arrivals are to be judged against this. */
  | { readonly type: 'unchanged'; readonly refresh: boolean }
  | { readonly type: 'stale'; readonly digest: string };

export interface JudgeOptions {
  /** Merge over the stored record: it holds only what changed. */
  readonly partial: boolean;
  readonly origin: 'webhook' | 'poll';
  /** The key's last event ended dead, and this is a full read: unchanged or not, it gets another chance. */
  readonly again: boolean;
}

/**
 * Staleness is judged here, on acceptance, never later: against what was *accepted*, not what was applied
 * (ENGINE case 2). What two polls in a row read is believed, whatever its `updatedAt` (case 13).
 */
export function judge(
  arrival: Identified,
  stored: StoredRecord | undefined,
  options: JudgeOptions,
): Judgement {
  const body =
    options.partial && stored && !stored.gone ? { ...stored.body, ...arrival.record } : arrival.record;
  const digest = digestOf(body);
  if (!stored) return { type: 'accepted', body, digest };
  const newness = compareAge(arrival, stored);
  const unchanged = digest === stored.digest && arrival.deleted === stored.gone;
  if (unchanged && !options.again)
    return { type: 'unchanged', refresh: options.origin === 'webhook' && newness > 0 };
  const believed = options.origin === 'poll' && stored.doubted === digest;
  // A redelivery of what was there before the end must not raise the dead (ENGINE case 19).
  const raises =
    stored.gone && !arrival.deleted && stored.updatedMs !== null && arrival.updatedMs === stored.updatedMs;
  if ((newness < 0 || raises) && !believed) return { type: 'stale', digest };
  return { type: 'accepted', body, digest };
}
