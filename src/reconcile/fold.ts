import type { Member, MemberName } from '../model/desired.ts';
import type { Json } from '../model/json.ts';

/** The state that all members of a target want together (ENGINE case 10). */
export interface Fold {
  /** Target key of the parent, for a child. */
  readonly parent?: string;
  readonly always: Readonly<Record<string, Json>>;
  readonly onCreate: Readonly<Record<string, Json>>;
  /** Only written where the target has nothing; nothing where no field says so. */
  readonly onEmpty?: Readonly<Record<string, Json>>;
  /** Wanted tags, as written. */
  readonly tags: readonly string[];
  /** Of `tags`, those that only rules with `else: remove` want, by sync; lower case. */
  readonly owned: Readonly<Record<string, readonly string[]>>;
  /** Wanted absent by some and present by none; lower case. */
  readonly remove: readonly string[];
  /** What a farewell would have left there, and is unwanted as long as a member is; lower case. */
  readonly farewell: readonly string[];
}

/** Tags are compared in lower case: HighLevel stores them so. */
export function tagKey(tag: string): string {
  return tag.trim().toLowerCase();
}

/**
 * The newest member's fields, sync by sync, newer syncs over older ones; the tags that any member wants.
 * The list must not be empty: a target without members has no desired state.
 */
export function foldMembers(members: readonly Member[]): Fold {
  const ordered = [...members].sort(compareMembers);
  const newestOfSync = new Map<string, Member>();
  for (const member of ordered) {
    newestOfSync.delete(member.sync); // so that it moves to the end: the map's order is by newness
    newestOfSync.set(member.sync, member);
  }
  const newest = [...newestOfSync.values()];
  const all = ordered.map((member) => member.desired.tags);
  const sticky = new Set(all.flatMap((tags) => tags.sticky.map(tagKey)));
  const wanted = uniqueTags(all.flatMap((tags) => [...tags.sticky, ...tags.owned]));
  const wantedKeys = new Set(wanted.map(tagKey));
  const parent = newest.at(-1)?.desired.parent;
  const always = Object.assign({}, ...newest.map((member) => member.desired.always)) as Fold['always'];
  return {
    ...(parent === undefined ? {} : { parent }),
    always,
    ...emptiesOf(newest, always),
    onCreate: Object.assign({}, ...newest.map((member) => member.desired.onCreate)) as Fold['onCreate'],
    tags: wanted,
    owned: ownedBySync(ordered, sticky),
    remove: [...new Set(all.flatMap((tags) => tags.remove.map(tagKey)))].filter(
      (tag) => !wantedKeys.has(tag),
    ),
    farewell: [...new Set(all.flatMap((tags) => (tags.farewell ?? []).map(tagKey)))].filter(
      (tag) => !wantedKeys.has(tag),
    ),
  };
}

/** Whose fields the fold has, of these. */
export function newestOf(members: readonly Member[]): Member | undefined {
  return [...members].sort(compareMembers).at(-1);
}

/** A field that another sync keeps as it wants it is never empty; and there is no clearing of what is. */
function emptiesOf(newest: readonly Member[], always: Fold['always']): Pick<Fold, 'onEmpty'> {
  const wanted = newest.flatMap((member) => Object.entries(member.desired.onEmpty ?? {}));
  const left = wanted.filter(([name, value]) => always[name] === undefined && value !== null);
  return left.length > 0 ? { onEmpty: Object.fromEntries(left) } : {};
}

/**
 * One order for all members, whoever asks: a source may say when its records changed and another not, and two syncs
 * may map one record. Two that took turns as the newest would write for ever.
 */
function compareMembers(a: Member, b: Member): number {
  const [changedA, changedB] = [a.updatedMs ?? a.asOf, b.updatedMs ?? b.asOf];
  return changedA - changedB || a.asOf - b.asOf || a.sequence - b.sequence || compareNames(a, b);
}

/** One text for a member: for maps, and where an order is needed. */
export function memberText({ tenant, sync, key, element }: MemberName): string {
  return JSON.stringify([tenant, sync, key, element]);
}

/** No two members have the same name. */
function compareNames(a: Member, b: Member): number {
  return memberText(a) < memberText(b) ? -1 : 1;
}

function uniqueTags(tags: readonly string[]): string[] {
  return [...new Map(tags.map((tag) => [tagKey(tag), tag])).values()];
}

function ownedBySync(members: readonly Member[], sticky: ReadonlySet<string>): Record<string, string[]> {
  const owned: Record<string, string[]> = {};
  for (const { sync, desired } of members) {
    const tags = desired.tags.owned.map(tagKey).filter((tag) => !sticky.has(tag));
    owned[sync] = [...new Set([...(owned[sync] ?? []), ...tags])];
  }
  return owned;
}
