import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fastFolder } from './fast-folder.ts';

/** What the tests of a run write lies in one folder, which goes with the run: also where a test is killed or fails. */
export default async function temporaryFolder(): Promise<() => Promise<void>> {
  const outer = process.env['TMPDIR'];
  const folder = await mkdtemp(join(fastFolder(), 'boothsync-tests-'));
  // PostgreSQL runs as a user of its own, who must find what is handed to it there.
  await chmod(folder, 0o711);
  process.env['TMPDIR'] = folder;
  return async () => {
    if (outer === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = outer;
    await rm(folder, { recursive: true, force: true });
  };
}
