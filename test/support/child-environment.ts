import { join } from 'node:path';

/**
 * What every process that a test starts is told, beside what the test says. The sources run without a build, and a cache of
 * what Node makes of them halves the time of a start (0.8 s to 0.4 s of work).
 */
export const childEnvironment: Readonly<Record<string, string>> = {
  PATH: process.env['PATH'] ?? '',
  NODE_COMPILE_CACHE: join(import.meta.dirname, '../../node_modules/.cache/boothsync-compile'),
};
