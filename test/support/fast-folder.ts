import { statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** Linux' folder in memory; it may be as small as 64 MB. */
const MEMORY = '/dev/shm';

/** Bytes that a run of all tests may need. */
const ROOM = 4 * 2 ** 30;

/** Where tests write: in memory where there is room, as a disk is waited for at each commit, and what they kill is no machine. */
export function fastFolder(): string {
  return process.env['TMPDIR'] === undefined && hasRoom() ? MEMORY : tmpdir();
}

function hasRoom(): boolean {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize >= ROOM;
  } catch {
    return false;
  }
}
