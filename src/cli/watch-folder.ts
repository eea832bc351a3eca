import { watch } from 'node:fs/promises';

/** Editors write a file in several steps: what changes within so many ms is one change. */
const SETTLE_MS = 150;

/** Runs `act` after each change of a YAML or JSON file in a folder or below, until the signal. */
export async function onChange(folder: string, signal: AbortSignal, act: () => Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  try {
    for await (const { filename } of watch(folder, { recursive: true, signal })) {
      if (filename === null || !/\.(ya?ml|json)$/.test(filename) || filename.includes('node_modules'))
        continue;
      clearTimeout(timer);
      timer = setTimeout(() => {
        running = running.then(act);
      }, SETTLE_MS);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    clearTimeout(timer);
    await running;
  }
}
