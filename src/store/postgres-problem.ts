import { BoothsyncError, failure, messageOf } from '../model/problem.ts';

/** The store's address for people: who, where, what, and never the password or an option that may hold one. */
export function shownUrl(url: string): string {
  const { protocol, username, password, host, pathname } = parseUrl(url);
  const who = username === '' ? '' : `${username}${password === '' ? '' : ':***'}@`;
  return `${protocol}//${who}${host}${pathname}`;
}

/** What is not an address is refused without being shown: the password may stand anywhere in it. */
export function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // Signs that ended the password too soon.
  const isTorn = url && (url.hash !== '' || (url.username === '' && text.includes('@')));
  if (url && !isTorn && isDecodable(url.password)) return url;
  throw failure(
    'store',
    'the address of the store is not a URL',
    'write it as postgres://user:password@host:5432/database, with percent-encoding for the signs @ : / ? # % in the password',
  );
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** The connection ended, or could not be made. */
export function isConnectionLost(error: unknown): boolean {
  const code = codeOf(error);
  if (code !== '') return /^(08|57P0)/.test(code) || NETWORK.includes(code);
  return error instanceof Error && LOST.test(error.message);
}

const NETWORK = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
];
/** What `pg` and Kysely say without a code. */
const LOST =
  /^(Connection terminated|timeout exceeded when trying to connect|Client (has encountered a connection error|was closed)|Postgres connection has been discarded)/;

/** Two transactions stood in each other's way: again, and it goes through. */
export function isConflict(error: unknown): boolean {
  return ['40001', '40P01'].includes(codeOf(error));
}

/** `what` broke; the database's words go along, the password, should they hold it, does not. */
export function postgresFailure(error: unknown, what: string, url: string): BoothsyncError {
  const { problem, cause } = error instanceof BoothsyncError ? error : { problem: undefined, cause: error };
  const remedy = remedyOf(cause);
  if (problem && (problem.code !== 'store' || remedy === undefined)) return error as BoothsyncError;
  const { password } = parseUrl(url);
  const words =
    password === '' ? wordsOf(cause) : wordsOf(cause).replaceAll(decodeURIComponent(password), '***');
  return failure('store', `${what}: ${words}`, remedy ?? 'see the log of the PostgreSQL server', cause);
}

function remedyOf(error: unknown): string | undefined {
  const code = codeOf(error);
  const known = REMEDIES[code];
  if (known !== undefined) return known;
  return isConnectionLost(error)
    ? 'see that PostgreSQL runs there, and that this machine can reach it; nothing that was answered is lost'
    : undefined;
}

const REMEDIES: Readonly<Record<string, string>> = {
  '28P01': 'correct the user or the password in `store`',
  '28000': 'see pg_hba.conf: this user may not come from here, or not without TLS (`?sslmode=require`)',
  '3D000': 'create the database, or correct its name in `store`',
  '42501':
    'grant the user of `store` the right to create tables in the schema: grant create on schema public to …',
  '42P07': 'give boothsync a database of its own: tables of the same name are there already',
  '25006': 'give the address of the primary: this server only reads',
  '53100': 'free some disk space on the PostgreSQL server',
  '53300': 'raise max_connections of PostgreSQL: boothsync takes up to 10',
  '55P03': "see who holds the lock: select * from pg_stat_activity where state = 'idle in transaction'",
};

/** SQLSTATE, or the system's name of a network error; empty where there is none. */
function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** A host with several addresses fails with an error that has no words. */
function wordsOf(error: unknown): string {
  return messageOf(error) || codeOf(error) || 'no answer';
}
