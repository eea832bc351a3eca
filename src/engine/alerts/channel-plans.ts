import type { AlertRule, Cause, Notify } from '../../model/alert.ts';
import { hashOf } from '../../model/digest.ts';

/** One who is told, by all rules that name it. */
export interface ChannelPlan {
  /** Tells it from others in the store: too few digits to guess an address by. */
  readonly id: string;
  readonly notify: Notify;
  readonly causes: readonly Cause[];
  /** Of `lag`, in ms. */
  readonly overs: readonly number[];
}

/** Several rules may name the same address: it is one, and is told nothing twice. */
export function channelPlans(rules: readonly AlertRule[]): ChannelPlan[] {
  const byId = new Map<string, AlertRule[]>();
  for (const rule of rules) {
    const id = idOf(rule.notify);
    byId.set(id, [...(byId.get(id) ?? []), rule]);
  }
  return [...byId].map(([id, mine]) => ({
    id,
    notify: mine[0]!.notify,
    causes: [...new Set(mine.flatMap(({ on }) => on))],
    overs: [...new Set(mine.filter(({ on }) => on.includes('lag')).map(({ overMs }) => overMs))],
  }));
}

function idOf(notify: Notify): string {
  // The same command in another folder is the same.
  return hashOf(['boothsync', notify.type === 'command' ? notify.run : notify]).slice(0, 8);
}
