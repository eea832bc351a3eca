import type { Setup } from './plan.ts';

/**
 * What calls to the target were good for. One that changes something is work. Any other is to be paid for: by a fault,
 * one call each, or by a question that the engine can't do without.
 */
export interface Ledger {
  readonly call: (what: string) => LedgerEntry;
  /** Something went wrong that costs so many calls, whichever. */
  readonly credit: (calls: number, why: string) => void;
  /** One call of this kind may be needed. */
  readonly allow: (what: string) => void;
  /** Calls that nothing pays for, at rest. */
  readonly overspent: () => string | undefined;
}

export interface LedgerEntry {
  /** When it was sent, in ms of virtual time. */
  readonly begunAt: number;
  /** It has changed the target, be it after its sender has given up. */
  readonly works: () => void;
  readonly end: () => void;
}

export const CREATE_CONTACT = 'POST /contacts/';
export const LOOK_FOR_CONTACT = 'GET /contacts/search/duplicate';
export const UPDATE_CONTACT = 'PUT /contacts/…';
export const READ_CONTACT = 'GET /contacts/…';
export const LIST_CHILDREN: readonly string[] = [
  ...['tasks', 'notes', 'appointments'].map((kind) => `GET /contacts/…/${kind}`),
  'GET /opportunities/search',
];
export const LIST_REMARKS = 'GET /calendars/appointments/…/notes';
export const LIST_BLOCKS = 'GET /calendars/blocked-slots';
export const LIST_FIRMS = 'GET /businesses/';
/** Asked once, and kept in the store. */
export const LOOK_UPS: readonly string[] = ['GET /locations/…', 'GET /locations/…/customFields'];

/** Nothing but a look tells of what is there already: before each create. */
export function lookBefore(what: string): string | undefined {
  if (what === CREATE_CONTACT) return LOOK_FOR_CONTACT;
  if (what === 'POST /businesses/') return LIST_FIRMS;
  return what === 'POST /calendars/events/block-slots' ? LIST_BLOCKS : undefined;
}

export function createLedger({ allowTwins }: Setup, monotonic: () => number): Ledger {
  const calls: { readonly what: string; worked: boolean; ended: boolean }[] = [];
  const credits: string[] = [];
  const allowed: string[] = [...LOOK_UPS];

  /** Idle calls but for those that were allowed. */
  function unpaid(): string[] {
    const left = [...allowed];
    const idle = calls.filter(({ worked, ended }) => ended && !worked).map(({ what }) => what);
    return idle.filter((what) => {
      const at = left.indexOf(what);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
  }

  return {
    call: (what) => {
      const call = { what, worked: false, ended: false };
      calls.push(call);
      return {
        begunAt: monotonic(),
        works: () => {
          call.worked = true;
          const look = lookBefore(what);
          // Where twins are not allowed a create tells of them itself.
          if (look !== undefined && (allowTwins || what !== CREATE_CONTACT)) allowed.push(look);
        },
        end: () => void (call.ended = true),
      };
    },
    credit: (count, why) => {
      for (let n = 0; n < count; n++) credits.push(why);
    },
    allow: (what) => void allowed.push(what),
    overspent: () => {
      const spent = unpaid();
      return spent.length <= credits.length
        ? undefined
        : `${spent.length} calls changed nothing, and ${credits.length} are paid for: ${tally(spent)}; paid: ${tally(credits)}`;
    },
  };
}

function tally(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].map(([word, count]) => `${count} × ${word}`).join(', ');
}

export function isCreate(request: Request): boolean {
  return request.method === 'POST' && !/\/tags(\/|$)/.test(new URL(request.url).pathname);
}

/** Its method, and its path without ids. */
export function kindOf(request: Request): string {
  return `${request.method} ${new URL(request.url).pathname.replaceAll(/\/[A-Za-z0-9]{20}/g, '/…')}`;
}
