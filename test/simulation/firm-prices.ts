import type { Booth } from './booth.ts';
import type { Setup } from './plan.ts';
import { timesThatAStateComes } from './tag-prices.ts';
import type { Change } from './target-watch.ts';

/**
 * What calls that change companies may cost. Of those that records share nobody can say whose a call was; but each record that comes to a
 * company, goes from it or changes it for another makes one call at most: the company is made, deleted, or given the other's name.
 */
export interface FirmPrices {
  /** The runner has made, changed or deleted one. */
  readonly see: (change: Change) => string | undefined;
}

export function createFirmPrices(booth: Booth, setup: Setup): FirmPrices {
  let calls = 0;
  return {
    see: ({ before, after }) => {
      if ((after ?? before)?.kind !== 'firm') return undefined;
      calls += 1;
      const most = movesOf(booth) * timesThatAStateComes(setup);
      return calls > most
        ? `companies cost ${calls} calls, and records have changed theirs ${most} times`
        : undefined;
    },
  };
}

/** The company that a state of a booking wants; nothing where it wants none. */
export function firmOf({ deleted, row }: Booth['history'][number]): string | undefined {
  const kind = row['kind'];
  return deleted || kind === '' ? undefined : `Firm ${kind as string}`;
}

/** How often bookings have come to a company, changed it for another, or left it. */
function movesOf({ history }: Booth): number {
  const held = new Map<string, string | undefined>();
  let moves = 0;
  for (const state of history) {
    if (state.source !== 'bookings') continue;
    const firm = firmOf(state);
    if (firm !== held.get(state.id)) moves += 1;
    held.set(state.id, firm);
  }
  return moves;
}
