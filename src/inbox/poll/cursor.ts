import { readSourceTime, writeSourceTime, type TimeForm } from '../../model/source-time.ts';
import type { Cursor } from '../../store/cursors.ts';

/** What `$since` is bound to: the cursor less the overlap, as the source writes its times; nothing before a first read. */
export function sinceOf(cursor: Cursor, overlapMs: number): string | number | undefined {
  if (cursor.time) return writeSourceTime(cursor.time.ms - overlapMs, cursor.time.form);
  return cursor.opaque;
}

/** The instant before a time, in the source's precision: so that all records of that time are read, by `>` and by `≥`. */
export function justBefore({ ms, form }: NonNullable<Cursor['time']>): string | number {
  return writeSourceTime(ms - unitMs(form), form);
}

function unitMs(form: TimeForm): number {
  if (form.type !== 'iso') return form.type === 'seconds' ? 1000 : 1;
  if (form.precision < 0) return form.precision === -2 ? 86_400_000 : 60_000;
  return Math.max(1, 1000 / 10 ** form.precision);
}

/** The greatest `updatedAt` of a read. */
export interface Greatest {
  readonly time?: Cursor['time'];
  readonly opaque?: string | number;
  /** An `updatedAt` that can't be read as a time. */
  readonly unreadable: boolean;
}

export function greatestOf(values: readonly unknown[], sofar: Greatest): Greatest {
  let { time, opaque, unreadable } = sofar;
  for (const value of values) {
    if (value === undefined || value === null || value === '') continue;
    const read = readSourceTime(value);
    if (read) time = time && time.ms >= read.ms ? time : read;
    else if (typeof value === 'string' || typeof value === 'number') {
      unreadable = true;
      if (opaque === undefined || isGreater(value, opaque)) opaque = value;
    }
  }
  return { ...(time ? { time } : {}), ...(opaque === undefined ? {} : { opaque }), unreadable };
}

/**
 * Where the next read begins. Never past the server's own clock at the read's start: one record of 2030 must not
 * end all reading, and a clock that is set back is followed (ENGINE case 13).
 */
export function nextCursor(before: Cursor, greatest: Greatest, serverMs: number, now: number): Cursor {
  const times = [before.time, greatest.time].filter((time) => time !== undefined);
  const newest = times.sort((a, b) => b.ms - a.ms)[0];
  const time = newest && { ms: Math.min(newest.ms, serverMs), form: (greatest.time ?? newest).form };
  const opaque = greatest.opaque ?? before.opaque;
  return { ...(time ? { time } : {}), ...(opaque === undefined ? {} : { opaque }), completeAt: now };
}

function isGreater(a: string | number, b: string | number): boolean {
  return typeof a === 'number' && typeof b === 'number' ? a > b : String(a) > String(b);
}
