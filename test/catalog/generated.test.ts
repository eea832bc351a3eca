import { expect, test } from 'vitest';
import { generatedFiles, staleFiles } from '../../scripts/generate.ts';

test('generated files are what scripts/generate.ts makes of the documents', { timeout: 60_000 }, async () => {
  expect(await staleFiles(await generatedFiles())).toEqual([]);
});
