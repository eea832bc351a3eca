import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';

/**
 * Loaded before the command (`node --import`): ends this process by SIGKILL just before or after its nth commit or its nth
 * call. `DIE_AT` is `commit|call n before|after`. What comes to die here is the program as it is: only the doors of the
 * process to its store and to the network are watched.
 */
const [what = '', nth = '', when = ''] = (process.env['DIE_AT'] ?? '').split(' ');

let seen = 0;

/** True where this one is the nth. */
function isNth(kind: 'commit' | 'call'): boolean {
  if (kind !== what) return false;
  seen += 1;
  return seen === Number(nth);
}

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}

function around<T>(kind: 'commit' | 'call', act: () => T): T {
  const mine = isNth(kind);
  if (mine && when === 'before') die();
  const done = act();
  if (!mine || when !== 'after') return done;
  if (!(done instanceof Promise)) {
    die();
    return done;
  }
  return done.then((value: unknown) => {
    die();
    return value;
  }) as T;
}

const exec = DatabaseSync.prototype.exec;
DatabaseSync.prototype.exec = function (this: DatabaseSync, statement: string) {
  if (statement !== 'commit') exec.call(this, statement);
  else
    around('commit', () => {
      exec.call(this, statement);
    });
};

type Query = (this: pg.Client, ...args: unknown[]) => unknown;
const client = pg.Client.prototype as unknown as { query: Query };
const query = client.query;
client.query = function (...args) {
  return args[0] === 'commit' ? around('commit', () => query.apply(this, args)) : query.apply(this, args);
};

const realFetch = globalThis.fetch;
globalThis.fetch = (...args) => around('call', () => realFetch(...args));
