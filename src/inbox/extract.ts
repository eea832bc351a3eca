import { eventBindings } from '../model/event.ts';
import { ExpressionError } from '../model/expression.ts';
import { matchesGlob } from '../model/glob.ts';
import { isObject } from '../model/json.ts';
import { withoutEmpty } from '../model/record.ts';
import type { Source } from '../model/source.ts';
import type { Delivery } from '../store/deliveries.ts';
import type { Arrival } from './arrival.ts';

export type Extracted =
  | { readonly type: 'arrivals'; readonly arrivals: readonly Arrival[] }
  | { readonly type: 'dead'; readonly reason: string };

/** The records that a delivery holds for a source: one, several, or none. */
export async function extract(source: Source, delivery: Delivery): Promise<Extracted> {
  const { webhook } = source;
  if (!webhook || !takesEvent(source, delivery.name)) return { type: 'arrivals', arrivals: [] };
  try {
    const input = JSON.parse(delivery.raw) as Readonly<Record<string, unknown>>;
    // What a partial record empties is said by just that: it must reach the stored record.
    const whole = source.keepEmpty || source.partial ? input : withoutEmpty(input);
    const value = await webhook.record(whole, eventBindings(delivery.name));
    const values = value === undefined ? [] : Array.isArray(value) ? (value as unknown[]) : [value];
    const records = values.filter(isObject);
    if (records.length < values.length) {
      const odd = kindOf(values.find((one) => !isObject(one)));
      return { type: 'dead', reason: `sources.${source.name}: \`record\` yields ${odd}, not an object` };
    }
    const { receivedAt: asOf, name } = delivery;
    return { type: 'arrivals', arrivals: records.map((record) => ({ record, asOf, name })) };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return {
      type: 'dead',
      reason: `sources.${source.name}: \`record\` fails on this delivery: ${error.message}`,
    };
  }
}

/** `task.*` takes every event that starts with `task.`; a source without a list takes all. */
export function takesEvent(source: Source, name: string | null): boolean {
  const patterns = source.webhook?.events;
  if (!patterns) return false;
  if (patterns.length === 0) return true;
  return name !== null && patterns.some((pattern) => matchesGlob(pattern, name));
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'a list' : value === null ? 'null' : `a ${typeof value}`;
}
