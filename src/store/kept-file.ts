import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { failure, messageOf, type BoothsyncError } from '../model/problem.ts';

/** The files of a store that its owner has open. */
export interface KeptFile {
  /** Before each commit: throws where they are not in their place any more, as nobody would find what is written into them. */
  check(): void;
  /** Aborts when that is so. */
  readonly lost: AbortSignal;
}

/**
 * A file that is deleted or replaced while it is open lives on for whoever has it open, and is gone with him: what was answered
 * would be lost at the next start. All of it is still there, so it is put in its place again before this process ends.
 */
export function keepFile(path: string, database: DatabaseSync): KeptFile {
  const files = [path, `${path}-wal`];
  const inodes = new Map<string, number>();
  const abort = new AbortController();
  let problem: BoothsyncError | undefined;

  /** The log is there from the first write on. */
  function isKept(file: string): boolean {
    const now = inodeOf(file);
    const before = inodes.get(file);
    if (before === undefined && now !== undefined) inodes.set(file, now);
    return before === undefined || before === now;
  }

  function lose(): BoothsyncError {
    const found = inodeOf(path);
    const isStrangers = found !== undefined && found !== inodes.get(path);
    const told = isStrangers ? 'another file is in its place' : putBack(path, database);
    return failure(
      'store',
      `the store ${path} was deleted or replaced while it was in use; ${told}`,
      'start again; to begin with an empty store, stop the process before its file is deleted',
    );
  }

  return {
    lost: abort.signal,
    check: () => {
      if (problem) throw problem;
      if (files.map(isKept).every(Boolean)) return;
      problem = lose();
      abort.abort(problem);
      throw problem;
    },
  };
}

function inodeOf(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.ino;
}

/** What was committed, whole or not at all. */
function putBack(path: string, database: DatabaseSync): string {
  const copy = `${path}.again`;
  try {
    rmSync(copy, { force: true });
    // In a transaction it can't be done, and what is in this one was answered to nobody.
    if (database.isTransaction) database.exec('rollback');
    database.prepare('vacuum into ?').run(copy);
    sync(copy);
    // Of another life: SQLite would take them for this file's.
    for (const suffix of ['-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
    renameSync(copy, path);
    return 'all that was written is there again';
  } catch (error) {
    return `it could not be put back: ${messageOf(error)}`;
  }
}

function sync(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
