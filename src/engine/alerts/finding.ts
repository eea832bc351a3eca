import type { Cause, Trouble } from '../../model/alert.ts';

/** What is known at this moment of one cause. */
export interface Finding {
  readonly cause: Cause;
  readonly troubles: readonly Trouble[];
  /** Surely nothing is wrong there. Neither in trouble nor well is what nobody can tell yet, as after a start. */
  isWell(place: string): boolean;
}
