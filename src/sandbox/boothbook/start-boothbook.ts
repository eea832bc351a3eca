import { listen } from '../http/listen.ts';
import { createBoothbook } from './boothbook.ts';
import type { Boothbook, BoothbookOptions } from './boothbook.ts';

export interface RunningBoothbook extends Boothbook {
  /** Base URL without a slash at its end. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Serves a simulated BoothBook on 127.0.0.1. */
export async function startBoothbook(options: BoothbookOptions = {}): Promise<RunningBoothbook> {
  const boothbook = createBoothbook(options);
  const { url, close } = await listen(options.port ?? 0, boothbook.handle);
  return {
    ...boothbook,
    url,
    close: async () => {
      boothbook.closeSender();
      await close();
    },
  };
}
