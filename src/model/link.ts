import type { Sent } from './intent.ts';
import type { Json } from './json.ts';

/** Target key ↔ target id, with what was last applied: comparing it with the desired state is all it takes to know what is left to do. */
export interface Link {
  readonly targetKey: string;
  readonly account: string;
  readonly resource: string;
  readonly targetId: string;
  /** Target id of its parent, as it was when this was created under it; null for a resource of its own. */
  readonly parentId: string | null;
  readonly applied: Applied;
  /** What the API showed of it last, of a call the body of its answer; kept only where a call asks for it. */
  readonly answer?: Json;
  /** When the target was last written to, in ms; 0 for never. */
  readonly writtenAt: number;
  readonly origin: 'created' | 'adopted';
  /** Deleted: by the runner, or found so when a child was to be created. */
  readonly gone: boolean;
}

/** What the runner put into the target, kept up after each answered step (ENGINE case 22). */
export interface Applied {
  readonly fields: Readonly<Record<string, Json>>;
  /** Put there by the runner, or found there when it was wanted; lower case. */
  readonly tags: readonly string[];
  /** Those of `tags` that rules with `else: remove` added, by sync: only these are ever taken away again. */
  readonly owned: Readonly<Record<string, readonly string[]>>;
  /** Known to be absent because a rule wanted so. */
  readonly absent: readonly string[];
  /** Put there by `onDelete` or `onLeave`: a record that comes back wants them gone. */
  readonly departed: readonly string[];
  /** Tags of an adopted target as they were found: no rule owns these. Null while nobody has looked. */
  readonly found: readonly string[] | null;
  /** Fields with `on: empty` that are done with: written, or seen to be filled. People own them. */
  readonly settled?: readonly string[];
  /** What creates of ours in doubt had sent: an adopted target with just the tags of one is its work. Lower case. */
  readonly sends?: readonly Sent[];
  /** Of an adopted target that a create of ours in doubt may have made: when that was first sent, in ms. */
  readonly sentAt?: number;
  /** A change of which nobody heard may still land until then, in ms: sooner, nothing newer is written. */
  readonly landsBy?: number;
}

export const NOTHING_APPLIED: Applied = {
  fields: {},
  tags: [],
  owned: {},
  absent: [],
  departed: [],
  found: null,
};
