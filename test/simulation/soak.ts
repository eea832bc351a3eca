import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { SoakOrder, SoakWord } from './soak-worker.ts';

/**
 * `npm run soak -- --minutes N [--from SEED]`: fresh seeds on all cores until the time is up. What fails is shortened,
 * printed, and kept in `kept/`, which the tests replay. Exit code 1 where anything failed.
 */
const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '10' }, from: { type: 'string' } },
});
const minutes = Number(values.minutes);
if (!(minutes > 0)) {
  console.error(`--minutes is ${values.minutes}: give a number above 0`);
  process.exit(2);
}
const from = Number(values.from ?? randomInt(1, 2 ** 31));
const workers = availableParallelism();
const total = { seeds: 0, failed: 0, calls: 0, crashes: 0 };

console.log(`seeds from ${from}, ${workers} at a time, for ${minutes} minutes`);
await Promise.all(
  Array.from({ length: workers }, (_, at) => work({ from: from + at, step: workers, minutes })),
);
console.log(
  `${total.seeds} seeds, ${total.calls} calls, ${total.crashes} crashes: ${total.failed === 0 ? 'all passed' : `${total.failed} failed`}`,
);
process.exitCode = total.failed === 0 ? 0 : 1;

function work(order: SoakOrder): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./soak-worker.ts', import.meta.url), { workerData: order });
    worker.on('message', (word: SoakWord) => {
      total.seeds += 1;
      total.calls += word.calls;
      total.crashes += word.crashes;
      if (word.story === undefined) return;
      total.failed += 1;
      console.log(word.story);
    });
    worker.on('error', reject);
    worker.on('exit', () => resolve());
  });
}
