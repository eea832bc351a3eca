import { isObject, type Json } from '../model/json.ts';
import { classifyFailure } from './classify.ts';
import type { DeliverContext } from './context.ts';
import { succeed, type Result } from './result.ts';

/** What the location says of itself, as far as delivering depends on it. */
export interface LocationFacts {
  /** Null where it doesn't say. */
  readonly allowsTwins: boolean | null;
  /** IANA name; null where it doesn't say. */
  readonly zone: string | null;
}

const DAY_MS = 86_400_000;

/** Asked once a day. A location that may not be read says nothing: that is no reason not to deliver. */
export async function locationFacts(
  context: DeliverContext,
  priority: number,
): Promise<Result<LocationFacts>> {
  const question = {
    name: 'location',
    operation: context.operation('get-location'),
    keep,
    otherwise: { allowsTwins: null, zone: null },
    maxAgeMs: DAY_MS,
  };
  const looked = await context.lookups.ask(question, priority);
  if (looked.ok) return succeed(looked.value as unknown as LocationFacts);
  return { ok: false, outcome: classifyFailure(looked.answer, context.clock.now()) };
}

const REFUSES_TWINS = 'refuses-twins';

/** What the location does says as much as what it tells. */
export function noteRefusedTwin({ store, account, clock }: DeliverContext): Promise<void> {
  return store.write((tables) => tables.lookups.put(account, REFUSES_TWINS, true, clock.now()));
}

/** True where it has refused a twin since yesterday; null: nobody knows. */
export async function hasRefusedTwins({ store, account, clock }: DeliverContext): Promise<true | null> {
  const noted = await store.read.lookups.get(account, REFUSES_TWINS);
  return noted && noted.at >= clock.now() - DAY_MS ? true : null;
}

function keep(body: unknown): Json {
  const location =
    isObject(body) && isObject(body['location']) ? body['location'] : isObject(body) ? body : {};
  const settings = isObject(location['settings']) ? location['settings'] : {};
  const allowed = settings['allowDuplicateContact'];
  return { allowsTwins: typeof allowed === 'boolean' ? allowed : null, zone: zoneOf(location['timezone']) };
}

function zoneOf(name: unknown): string | null {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name as string }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}
