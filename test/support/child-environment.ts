import { fileURLToPath } from 'node:url';

/** What every process that a test starts is told, beside what the test says. */
export const childEnvironment: Readonly<Record<string, string>> = {
  PATH: process.env['PATH'] ?? '',
  // Also for the very first module, which else has Node load what strips its types: a sixth of a start, of a thousand starts.
  NODE_COMPILE_CACHE: fileURLToPath(new URL('../../node_modules/.cache/boothsync', import.meta.url)),
};
