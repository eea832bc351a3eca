import type { Fold } from '../../src/reconcile/fold.ts';

/** What nobody wants anything of: a test says what matters to it. */
export const aFold = (wish: Partial<Fold> = {}): Fold => ({
  always: {},
  onCreate: {},
  tags: [],
  owned: {},
  remove: [],
  farewell: [],
  ...wish,
});
