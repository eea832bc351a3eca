import { ExpressionError } from '../model/expression.ts';
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
    const bindings = delivery.name === null ? {} : { event: delivery.name };
    // What a partial record empties is said by just that: it must reach the stored record.
    const whole = source.keepEmpty || source.partial ? input : withoutEmpty(input);
    const value = await webhook.record(whole, bindings);
    const records = value === undefined ? [] : Array.isArray(value) ? (value as unknown[]) : [value];
    const odd = records.find((record) => !isObject(record));
    if (odd !== undefined)
      return {
        type: 'dead',
        reason: `sources.${source.name}: \`record\` yields ${kindOf(odd)}, not an object`,
      };
    const arrivals = records
      .filter(isObject)
      .map((record) => ({ record, asOf: delivery.receivedAt, name: delivery.name }));
    return { type: 'arrivals', arrivals };
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
  return name !== null && patterns.some((pattern) => patternOf(pattern).test(name));
}

function patternOf(glob: string): RegExp {
  const escaped = glob.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`);
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'a list' : value === null ? 'null' : `a ${typeof value}`;
}
