import { expect, test } from 'vitest';
import { isFresh } from '../../scripts/reference.ts';

test('docs/reference.md is what node scripts/reference.ts makes', async () => {
  expect(await isFresh()).toBe(true);
});
