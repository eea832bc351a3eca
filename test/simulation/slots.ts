import { PER_MS } from './configs.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What of the limit is used: a call's slot is free again `per` after its answer (ENGINE case 26). */
export interface Slots {
  /** One goes out, and is answered when this resolves. */
  readonly call: (answered: Promise<unknown>) => void;
}

/** So long (ms) may a call wait though the limit has room: others that it is to go with may come. */
const PATIENCE_MS = 1_000;

/** May stand unused: what is kept for live records, and one where the API's own count leaves it open whether others share it. */
const UNUSED = 2;

/** Who has just begun to wait is sent within this, in ms. */
const SETTING_OUT_MS = 100;

/** `waits` says whether a call is about to be sent that nothing but the limit keeps; `idle` is told where the limit has room. */
export function createSlots(
  { monotonic, after }: VirtualTime,
  requests: number,
  idle: (words: string) => void,
  waits: () => boolean,
): Slots {
  let inFlight = 0;
  let lastBegun = -Infinity;
  let ends: number[] = [];

  function look(isSecond = false): void {
    const now = monotonic();
    ends = ends.filter((at) => at + PER_MS + PATIENCE_MS > now);
    const isQuiet = inFlight === 0 && now - lastBegun >= PATIENCE_MS;
    if (!isQuiet || ends.length >= requests - UNUSED || !waits()) return;
    if (!isSecond) after(SETTING_OUT_MS, () => look(true));
    else idle(`a call waits, and of ${requests} in ${PER_MS} ms only ${ends.length} are used`);
  }

  function end(): void {
    inFlight -= 1;
    ends.push(monotonic());
    after(PATIENCE_MS, () => look());
  }

  return {
    call: (answered) => {
      inFlight += 1;
      lastBegun = monotonic();
      answered.then(end, end);
    },
  };
}
