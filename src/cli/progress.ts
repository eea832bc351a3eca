import { Presets, SingleBar } from 'cli-progress';
import type { Tally } from '../engine/tally.ts';
import type { Store } from '../store/store.ts';

export interface Progress {
  readonly shown: boolean;
  stop(): void;
}

const EVERY_MS = 200;

/** A bar on a TTY, of events that ended against those that wait; elsewhere nothing. */
export function startProgress(stream: NodeJS.WriteStream | undefined, tally: Tally, store: Store): Progress {
  if (!stream?.isTTY) return { shown: false, stop: () => undefined };
  const bar = new SingleBar(
    {
      stream,
      format: '{bar} {value}/{total} events, {duration_formatted}',
      hideCursor: true,
      clearOnComplete: true,
    },
    Presets.shades_classic,
  );
  bar.start(0, 0);
  const timer = setInterval(() => {
    const { done, skipped, dead } = tally.counts();
    const ended = done + skipped + dead;
    store.read.events.backlog().then(
      (waiting) => {
        bar.setTotal(ended + waiting);
        bar.update(ended);
      },
      () => undefined, // the next tick may read it
    );
  }, EVERY_MS);
  return {
    shown: true,
    stop: () => {
      clearInterval(timer);
      bar.stop();
    },
  };
}
