import { watch } from 'node:fs/promises';
import { relative } from 'node:path';

/** Editors write a file in several steps: what changes within so many ms is one change. */
const SETTLE_MS = 150;

/**
 * Runs `act` after each change of a YAML or JSON file in these folders or below, until the signal. `act` yields the
 * folders that it has read from: those that are new are watched from then on.
 */
export async function onChange(
  folders: readonly string[],
  signal: AbortSignal,
  act: () => Promise<readonly string[]>,
): Promise<void> {
  const watched: string[] = [];
  const over = Promise.withResolvers<undefined>();
  signal.addEventListener('abort', () => over.resolve(undefined), { once: true });
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const changed = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(act).then(follow);
    }, SETTLE_MS);
  };
  function follow(next: readonly string[]): void {
    // The outer ones first: what lies below them is seen by them.
    for (const folder of [...next].sort((a, b) => a.length - b.length)) {
      if (watched.some((other) => isIn(folder, other))) continue;
      watched.push(folder);
      eachChange(folder, signal, changed).catch(over.reject);
    }
  }
  try {
    follow(folders);
    if (!signal.aborted) await over.promise;
  } finally {
    clearTimeout(timer);
    await running;
  }
}

async function eachChange(folder: string, signal: AbortSignal, changed: () => void): Promise<void> {
  try {
    for await (const { filename } of watch(folder, { recursive: true, signal }))
      if (filename !== null && /\.(ya?ml|json)$/.test(filename) && !filename.includes('node_modules'))
        changed();
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

function isIn(folder: string, other: string): boolean {
  const way = relative(other, folder);
  return way === '' || !(way.startsWith('..') || way.startsWith('/'));
}
