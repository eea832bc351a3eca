import { defineConfig } from 'vitest/config';

/** What `npm run mutate` asks whether a changed line is noticed: the tests that say so within seconds. */
export default defineConfig({
  test: {
    include: [
      'test/{map,reconcile,settle}/*.test.ts',
      'test/inbox/{accept,draft-events,extract,identify,judge,read-body,receive}.test.ts',
      'test/inbox/verify/verify.test.ts',
    ],
    testTimeout: 30_000,
  },
});
