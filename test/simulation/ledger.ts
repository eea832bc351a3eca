import type { Ghl } from '../../src/sandbox/ghl/ghl.ts';

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
  /** If the call changes the target, it does so within this, be it after its sender has given up. */
  readonly around: <T>(act: () => Promise<T>) => Promise<T>;
  readonly end: () => void;
}

export const CREATE_CONTACT = 'POST /contacts/';
export const LOOK_FOR_CONTACT = 'GET /contacts/search/duplicate';
export const UPDATE_CONTACT = 'PUT /contacts/…';
export const READ_CONTACT = 'GET /contacts/…';
export const LIST_CHILDREN: readonly string[] = ['tasks', 'notes', 'appointments'].map(
  (kind) => `GET /contacts/…/${kind}`,
);
/** Asked once, and kept in the store. */
export const LOOK_UPS: readonly string[] = ['GET /locations/…', 'GET /locations/…/customFields'];

export function createLedger(ghl: Ghl): Ledger {
  const calls: { readonly what: string; worked: boolean; ended: boolean }[] = [];
  const credits: string[] = [];
  const allowed: string[] = [...LOOK_UPS];

  function fingerprint(): string {
    const all = [ghl.contacts(), ghl.tasks(), ghl.notes(), ghl.appointments(), ghl.workflowRuns().length];
    return JSON.stringify(all, (name, value: unknown) => (name === 'dateUpdated' ? undefined : value));
  }

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
        around: async (act) => {
          const before = fingerprint();
          const result = await act();
          call.worked ||= fingerprint() !== before;
          // Where twins are allowed nothing but a look tells of one: before each create.
          if (call.worked && what === CREATE_CONTACT) allowed.push(LOOK_FOR_CONTACT);
          return result;
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
