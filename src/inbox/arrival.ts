import type { SourceRecord } from '../model/record.ts';

/** A record on its way into the inbox. */
export interface Arrival {
  readonly record: SourceRecord;
  /** Webhook: received. Poll: its request sent. In ms. */
  readonly asOf: number;
  /** The webhook's event name. */
  readonly name: string | null;
  /** A complete read no longer holds it. */
  readonly gone?: boolean;
}

/** What a source's own expressions say of a record. */
export interface Identified extends Arrival {
  readonly key: string;
  /** In ms; null where the source doesn't say or it can't be read. */
  readonly updatedMs: number | null;
  /** As the source wrote it. */
  readonly updatedAt: unknown;
  readonly deleted: boolean;
  /** Why it can have no key. */
  readonly problem?: { readonly reason: string; readonly remedy: string };
}
