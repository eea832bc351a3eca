import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../../model/json.ts';
import type { Outlook } from '../turn/outlook.ts';

/** What becomes of one sync's records. */
export interface SyncImpact {
  readonly sync: string;
  /** Of how many records anything changes, and of how many nothing. */
  readonly changed: number;
  readonly unchanged: number;
  /** Taken from now on, and no longer. */
  readonly joins: number;
  readonly leaves: number;
  /** Dead letters by then that were none before. */
  readonly dead: number;
  /** Another target, or another parent. */
  readonly moves: number;
  readonly tags: number;
  /** By tag, how many records it is wanted for from now on, and no longer. */
  readonly tagsAdded: Readonly<Record<string, number>>;
  readonly tagsRemoved: Readonly<Record<string, number>>;
  readonly fields: Readonly<Record<string, FieldImpact>>;
  /** The first few of each kind. */
  readonly examples: readonly Example[];
}

export interface FieldImpact {
  readonly changed: number;
  /** Mapped to nothing from now on: the target keeps what it has. */
  readonly lost: number;
  readonly gained: number;
}

export interface Example {
  readonly key: string;
  readonly what: 'joins' | 'leaves' | 'dead' | 'changes';
  /** What it is written to from now on: another target, or one with another parent. */
  readonly moves?: 'target' | 'parent';
  readonly reason?: string;
  readonly fields?: Readonly<Record<string, { readonly from?: Json; readonly to?: Json }>>;
  readonly tags?: { readonly add: readonly string[]; readonly remove: readonly string[] };
}

export interface Roll {
  add(key: string, before: Outlook, after: Outlook): void;
  /** A record that is as it was. */
  same(): void;
  /** Nothing where nothing changes. */
  impact(): SyncImpact | undefined;
}

/** Examples of changes that look alike are one too many. */
const EXAMPLES = 5;

export function createRoll(sync: string): Roll {
  const counts = { changed: 0, unchanged: 0, joins: 0, leaves: 0, dead: 0, moves: 0, tags: 0 };
  const fields = new Map<string, { changed: number; lost: number; gained: number }>();
  const tagsAdded = new Map<string, number>();
  const tagsRemoved = new Map<string, number>();
  const examples: Example[] = [];
  const shown = new Set<string>();

  /** One of each kind first: a hundred alike tell no more than one. */
  function show(example: Example): void {
    const kind = JSON.stringify([
      example.what,
      example.moves,
      Object.keys(example.fields ?? {}),
      example.tags?.add,
      example.tags?.remove,
    ]);
    if (shown.has(kind) || examples.length >= EXAMPLES) return;
    shown.add(kind);
    examples.push(example);
  }

  function compare(key: string, before: Wanted, after: Wanted): void {
    const moves = before.key !== after.key ? 'target' : before.parent !== after.parent ? 'parent' : undefined;
    if (moves) counts.moves += 1;
    const add = after.tags.filter((tag) => !before.tags.includes(tag));
    const remove = before.tags.filter((tag) => !after.tags.includes(tag));
    if (add.length + remove.length > 0) counts.tags += 1;
    for (const tag of add) tagsAdded.set(tag, (tagsAdded.get(tag) ?? 0) + 1);
    for (const tag of remove) tagsRemoved.set(tag, (tagsRemoved.get(tag) ?? 0) + 1);
    const changed = changesOf(before, after);
    for (const [name, { from, to }] of Object.entries(changed)) {
      const count = fields.get(name) ?? { changed: 0, lost: 0, gained: 0 };
      count[to === undefined ? 'lost' : from === undefined ? 'gained' : 'changed'] += 1;
      fields.set(name, count);
    }
    show({ key, what: 'changes', ...(moves ? { moves } : {}), fields: changed, tags: { add, remove } });
  }

  return {
    add: (key, before, after) => {
      counts.changed += 1;
      if (after.type === 'dead') {
        counts.dead += 1;
        show({ key, what: 'dead', reason: after.reason });
      } else if (before.type === 'wanted' && after.type === 'wanted') compare(key, before, after);
      else if (after.type === 'wanted') {
        counts.joins += 1;
        show({ key, what: 'joins' });
      } else {
        counts.leaves += 1;
        show({ key, what: 'leaves' });
      }
    },
    same: () => void (counts.unchanged += 1),
    impact: () =>
      counts.changed === 0
        ? undefined
        : {
            sync,
            ...counts,
            tagsAdded: Object.fromEntries(tagsAdded),
            tagsRemoved: Object.fromEntries(tagsRemoved),
            fields: Object.fromEntries(fields),
            examples,
          },
  };
}

type Wanted = Extract<Outlook, { type: 'wanted' }>;

function changesOf(before: Wanted, after: Wanted): Record<string, { from?: Json; to?: Json }> {
  const changed: Record<string, { from?: Json; to?: Json }> = {};
  for (const name of new Set([...Object.keys(before.values), ...Object.keys(after.values)])) {
    const [from, to] = [before.values[name], after.values[name]];
    if (isDeepStrictEqual(from, to)) continue;
    changed[name] = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  }
  return changed;
}
