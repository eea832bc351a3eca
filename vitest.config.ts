import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Real servers, stores and child processes: slow machines need the time.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // They wait for windows and retries more than they compute. With four on two cores, tests on sped-up clocks ran out of time.
    maxWorkers: Math.ceil(1.5 * availableParallelism()),
    // A machine that has no time for a moment fails such a test; what fails twice is broken. The report names what was tried again.
    retry: process.env['CI'] ? 1 : 0,
    globalSetup: ['test/support/temporary-folder.ts'],
    reporters: process.env['CI']
      ? ['default', ['json', { outputFile: 'coverage/results.json' }]]
      : ['default'],
    projects: [
      { extends: true, test: { name: 'sqlite', include: ['test/**/*.test.ts'] } },
      // The cases of the engine, and what a refresh must stand, once more on the other store; `*.sqlite.test.ts` are about its one file.
      {
        extends: true,
        test: {
          name: 'postgres',
          include: [
            'test/engine/cases/*.test.ts',
            'test/engine/tokens.test.ts',
            'test/crash/refresh.test.ts',
          ],
          exclude: ['**/*.sqlite.test.ts'],
          globalSetup: ['test/support/postgres-for-run.ts'],
        },
      },
    ],
  },
});
