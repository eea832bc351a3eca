import { CREATE_CONTACT, LOOK_UPS, lookBefore, topicOf, type Topic } from './call-kinds.ts';
import type { Setup } from './plan.ts';

/**
 * What calls to the target were good for. One that changes something is work. Any other is to be paid for: by a fault,
 * one call each, or by a question that the engine can't do without.
 */
export interface Ledger {
  readonly call: (what: string) => LedgerEntry;
  /** Something went wrong that costs so many calls about this, whichever. */
  readonly credit: (calls: number, topic: Topic, why: string) => void;
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

export function createLedger({ allowTwins }: Setup, monotonic: () => number): Ledger {
  const calls: { readonly what: string; worked: boolean; ended: boolean }[] = [];
  const credits: { readonly topic: Topic; readonly why: string }[] = [];
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
    credit: (count, topic, why) => {
      for (let n = 0; n < count; n++) credits.push({ topic, why });
    },
    allow: (what) => void allowed.push(what),
    overspent: () => {
      const spent = Map.groupBy(unpaid(), topicOf);
      const over = [...spent].flatMap(([topic, idle]) => {
        const paid = credits.filter((one) => one.topic === topic).map(({ why }) => why);
        return idle.length > paid.length
          ? `${idle.length} calls about ${topic}s changed nothing, and ${paid.length} are paid for: ${tally(idle)}; paid: ${tally(paid)}`
          : [];
      });
      return over.length > 0 ? over.join('; ') : undefined;
    },
  };
}

function tally(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].map(([word, count]) => `${count} × ${word}`).join(', ');
}
