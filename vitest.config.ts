import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Real servers, stores and child processes: slow machines need the time.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: process.env['CI']
      ? ['default', ['json', { outputFile: 'coverage/results.json' }]]
      : ['default'],
    projects: [
      { extends: true, test: { name: 'sqlite', include: ['test/**/*.test.ts'] } },
      // The cases of the engine once more, on the other store; `*.sqlite.test.ts` are about its one file.
      {
        extends: true,
        test: {
          name: 'postgres',
          include: ['test/engine/cases/*.test.ts'],
          exclude: ['**/*.sqlite.test.ts'],
          globalSetup: ['test/support/postgres-for-run.ts'],
        },
      },
    ],
  },
});
