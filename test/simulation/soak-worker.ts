import { parentPort, workerData } from 'node:worker_threads';
import { judgeSeed } from './judge-seed.ts';

/** Every `step`th seed from `from` on, until the time is up. */
export interface SoakOrder {
  readonly from: number;
  readonly step: number;
  readonly minutes: number;
}

/** What came of one seed. */
export interface SoakWord {
  readonly calls: number;
  readonly crashes: number;
  /** Of one that failed. */
  readonly story?: string;
}

const { from, step, minutes } = workerData as SoakOrder;
const until = performance.now() + minutes * 60_000;
for (let seed = from; performance.now() < until; seed += step) {
  const { calls, crashes, story } = await judgeSeed(seed);
  const word: SoakWord = { calls, crashes, ...(story === undefined ? {} : { story }) };
  parentPort!.postMessage(word);
}
