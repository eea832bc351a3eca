import { readFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { failure } from '../model/problem.ts';
import { isBusy } from './node-sqlite.ts';

export interface Ownership {
  release(): void;
}

/**
 * Makes this process the store's owner: an exclusive transaction on a file beside it, held for life. The system
 * frees it the moment the process ends, even by kill -9 (ENGINE case 6). The locked file can't be read by
 * others, so who holds it stands in a second one, for the message only.
 */
export function acquireOwnership(storePath: string): Ownership {
  const lock = new DatabaseSync(`${storePath}.lock`, { timeout: 0 });
  try {
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw error;
    throw failure(
      'store-held',
      `the store ${storePath} is in use by ${holderOf(storePath)}`,
      'stop that process, or let it do this work: one `run` or `serve` owns a SQLite store at a time',
      error,
    );
  }
  writeFileSync(`${storePath}.owner`, `process ${process.pid}, since ${new Date().toISOString()}\n`);
  return { release: () => lock.close() };
}

function holderOf(storePath: string): string {
  try {
    return readFileSync(`${storePath}.owner`, 'utf8').trim() || 'another process';
  } catch {
    return 'another process';
  }
}
