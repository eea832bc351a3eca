import type { Bundles } from './bundles.ts';

/** Knows which turns of a lane may still come to a change of tags that others share, and lets those go that wait for nobody. */
export interface Gathering {
  /** A turn waits for the API meanwhile: nobody has to wait for it. */
  away<T>(work: () => Promise<T>): Promise<T>;
  /** Something has ended: whoever waits for nobody any more goes. */
  look(): void;
}

export interface GatheringOptions {
  readonly bundles: Bundles;
  readonly turnsUnderWay: () => number;
  /** The lane may be about to start more. */
  readonly isStarting: () => boolean;
  /** At its last look the lane had no room for all that may be due. */
  readonly isFull: () => boolean;
  /** A place came free. */
  readonly freed: () => void;
}

export function createGathering(options: GatheringOptions): Gathering {
  const { bundles, turnsUnderWay, isStarting, isFull, freed } = options;
  let turnsAway = 0;

  function look(): void {
    if (turnsUnderWay() === turnsAway && !isStarting()) bundles.depart(isFull());
  }

  return {
    away: (work) => {
      const riders = bundles.riders();
      turnsAway += 1;
      const done = work().finally(() => void (turnsAway -= 1));
      // Who rides with another leaves a place to the next.
      if (bundles.riders() > riders) freed();
      look();
      return done;
    },
    look,
  };
}
