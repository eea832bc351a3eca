import type { Call } from './call-log.ts';
import type { FaultEffect, FaultKind } from './fault-effect.ts';
import type { Random } from './random.ts';

/** Which calls a fault befalls; what is left out matches all. */
export interface FaultMatch {
  readonly method?: string;
  /** The beginning of the path, or an expression that it matches. Over HTTP: `pathPattern`. */
  readonly path?: string | RegExp;
  /** The source of a regular expression for the path, for JSON. */
  readonly pathPattern?: string;
  readonly operation?: string;
  /** A text that the body, as JSON, contains. */
  readonly bodyIncludes?: string;
}

export type Fault = FaultEffect & {
  readonly match?: FaultMatch;
  /** How many matching calls it befalls: 1 unless told; `Infinity` (over HTTP: null) for all. */
  readonly times?: number | null;
  /** How many matching calls it lets pass first. */
  readonly skip?: number;
  /** Befalls a matching call with this probability, in (0, 1], drawn from the seed. */
  readonly chance?: number;
};

export interface FaultHandle {
  /** How many calls it has befallen. */
  readonly used: () => number;
  readonly remove: () => void;
}

export interface Faults {
  readonly add: (fault: Fault) => FaultHandle;
  /** The first fault that befalls this call, counted as used. */
  readonly take: (call: Call) => FaultEffect | undefined;
  readonly clear: () => void;
}

const kinds: readonly string[] = [
  'status',
  'status-after',
  'reset-before',
  'reset-after',
  'hang',
  'hang-after',
  'html',
  'slow',
  'slow-after',
] satisfies readonly FaultKind[];

/** A fault that came as JSON. */
export function readFault(json: Readonly<Record<string, unknown>>): Fault {
  const { kind, status, delayMs } = json;
  if (typeof kind !== 'string' || !kinds.includes(kind)) throw new Error(`no fault of kind ${String(kind)}`);
  if (kind.startsWith('status') && typeof status !== 'number') throw new Error(`${kind} needs a status`);
  if (kind.startsWith('slow') && typeof delayMs !== 'number') throw new Error(`${kind} needs delayMs`);
  return json as unknown as Fault;
}

interface Armed {
  readonly fault: Fault;
  readonly matches: (call: Call) => boolean;
  skipped: number;
  used: number;
}

export function createFaults(random: Random): Faults {
  const armed = new Set<Armed>();
  return {
    add(fault) {
      const entry: Armed = { fault, matches: matcher(fault.match ?? {}), skipped: 0, used: 0 };
      armed.add(entry);
      return { used: () => entry.used, remove: () => void armed.delete(entry) };
    },
    take(call) {
      for (const entry of armed) if (strikes(entry, call, random)) return entry.fault;
      return undefined;
    },
    clear: () => armed.clear(),
  };
}

function strikes(entry: Armed, call: Call, random: Random): boolean {
  const times = entry.fault.times === undefined ? 1 : (entry.fault.times ?? Infinity);
  if (entry.used >= times || !entry.matches(call)) return false;
  if (entry.skipped < (entry.fault.skip ?? 0)) {
    entry.skipped++;
    return false;
  }
  if (entry.fault.chance !== undefined && random() >= entry.fault.chance) return false;
  entry.used++;
  return true;
}

function matcher(match: FaultMatch): (call: Call) => boolean {
  const { method, operation, bodyIncludes } = match;
  const path = match.pathPattern === undefined ? match.path : new RegExp(match.pathPattern);
  return (call) =>
    (method === undefined || call.method === method.toUpperCase()) &&
    (operation === undefined || call.operation === operation) &&
    (path === undefined || (typeof path === 'string' ? call.path.startsWith(path) : path.test(call.path))) &&
    (bodyIncludes === undefined || JSON.stringify(call.body ?? null).includes(bodyIncludes));
}
