import type { Credential, Login } from '../engine/tokens/logins.ts';
import { printable } from './print/print-problems.ts';

export function loginLine({ connection, state, expiresAt, reason, remedy }: Login): string {
  const until = state === 'logged in' && expiresAt !== null ? `, the token ends ${expiresAt}` : '';
  const why = reason === null ? '' : `: ${reason}`;
  const head = printable(`login ${connection}: ${state}${until}${why}`);
  return `${head}${remedy === null ? '' : `\n    → ${remedy}`}`;
}

export function credentialLine({ connection, since, dueAt, due }: Credential): string {
  const when = due ? `due to be replaced since ${dueAt}` : `to be replaced by ${dueAt}`;
  return `credential of ${connection}: in use since ${since}, ${when}`;
}
