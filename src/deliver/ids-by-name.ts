import type { Json } from '../model/json.ts';
import { classifyFailure } from './classify.ts';
import type { DeliverContext } from './context.ts';
import { succeed, type Result } from './result.ts';

/** A list of the location's in which things have ids and names. */
export interface NamedList {
  /** Its name in the store. */
  readonly lookup: string;
  readonly operation: string;
  readonly query?: Readonly<Record<string, Json>>;
  /** Where the list can't be asked for, what is named is taken for an id. */
  readonly orIds?: boolean;
  /** What its items are called, for people: `custom field`. */
  readonly kind: string;
  /** The items of the answer's body, each with all that it may be called; the first is what people are shown. */
  readonly keep: (body: unknown) => readonly Named[];
}

export interface Named {
  readonly id: string;
  readonly names: readonly string[];
  /** It takes a list: one value is wrapped. */
  readonly list?: boolean;
}

/** A list of this age is asked for anew when a name isn't in it: somebody may just have made it. */
const FRESH_MS = 60_000;
const MAX_AGE_MS = 30 * 86_400_000;

/** The things that are called so; asked once, and kept in the store. A name that is unknown kills the event. */
export async function idsByName(
  context: DeliverContext,
  list: NamedList,
  names: readonly string[],
  priority: number,
): Promise<Result<readonly Named[]>> {
  let known = await read(context, list, priority, 0);
  if (known.ok && missingFrom(known.value, names).length > 0) {
    known = await read(context, list, priority, context.clock.now() - FRESH_MS);
  }
  if (!known.ok) return known;
  if (known.value === null) return succeed(names.map((name) => ({ id: name, names: [name] })));
  const items = known.value;
  const missing = missingFrom(items, names);
  if (missing.length === 0 || context.unasked)
    return succeed(names.map((name) => find(items, name) ?? { id: name, names: [name] }));
  const there = items.map((item) => item.names[0]).join(', ') || 'none';
  return {
    ok: false,
    outcome: {
      type: 'dead',
      reason: `the location has no ${list.kind} "${missing.join('", "')}"; it has ${there}`,
      remedy: 'make it in HighLevel, or correct its name in the mapping; then retry the event',
    },
  };
}

async function read(
  context: DeliverContext,
  list: NamedList,
  priority: number,
  newerThan: number,
): Promise<Result<readonly Named[] | null>> {
  const question = {
    name: list.lookup,
    operation: context.operation(list.operation),
    keep: (body: unknown) => list.keep(body) as unknown as Json,
    maxAgeMs: MAX_AGE_MS,
    ...(list.orIds ? { otherwise: null } : {}),
    ...(list.query ? { values: { query: list.query } } : {}),
  };
  const looked = await context.lookups.ask(question, priority, newerThan);
  if (looked.ok) return succeed(looked.value as unknown as readonly Named[] | null);
  return { ok: false, outcome: classifyFailure(looked.answer, context.clock.now()) };
}

function missingFrom(items: readonly Named[] | null, names: readonly string[]): string[] {
  return names.filter((name) => !items || !find(items, name));
}

/** As it is written, else in any case: people write "Event Date" in many ways. */
function find(items: readonly Named[], name: string): Named | undefined {
  const lower = name.toLowerCase();
  return (
    items.find((item) => item.id === name || item.names.includes(name)) ??
    items.find((item) => item.names.some((one) => one.toLowerCase() === lower))
  );
}
