import { afterEach, beforeEach } from 'vitest';
import type { GhlOptions } from '../../src/sandbox/ghl/ghl.ts';
import { startGhl } from '../../src/sandbox/ghl/start-ghl.ts';
import type { RunningGhl } from '../../src/sandbox/ghl/start-ghl.ts';
import { callGhl } from './call-ghl.ts';
import type { CallGhl } from './call-ghl.ts';

/** A GHL for each test of the file, and a way to call it; closed after it. */
export function runningGhl(options: GhlOptions = {}): {
  readonly ghl: () => RunningGhl;
  readonly call: CallGhl;
} {
  let running: RunningGhl | undefined;
  const ghl = () => {
    if (!running) throw new Error('only inside a test');
    return running;
  };
  beforeEach(async () => {
    running = await startGhl({ limit: { requests: 10_000 }, ...options });
  });
  afterEach(() => running?.close());
  return { ghl, call: (...what) => callGhl(ghl())(...what) };
}
