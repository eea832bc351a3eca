import { listen } from '../http/listen.ts';
import { createGhl } from './ghl.ts';
import type { Ghl, GhlOptions } from './ghl.ts';
import { seedIds } from './seed-location.ts';

export interface RunningGhl extends Ghl {
  /** Base URL without a slash at its end. */
  readonly url: string;
  readonly calendarId: string;
  readonly close: () => Promise<void>;
}

/** Serves a simulated GHL on 127.0.0.1. */
export async function startGhl(options: GhlOptions = {}): Promise<RunningGhl> {
  const ghl = createGhl(options);
  const { url, close } = await listen(options.port ?? 0, ghl.handle);
  return { ...ghl, url, close, calendarId: seedIds.calendar };
}
