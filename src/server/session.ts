import { createHmac, randomBytes } from 'node:crypto';
import { sameText } from '../inbox/verify/constant-time.ts';

/** Somebody who has shown the token, for as long as the browser keeps coming back. */
export interface Session {
  /** What the cookie holds. */
  readonly cookie: string;
  /** What every request that changes something has to bear beside the cookie: no other site can know it. */
  readonly csrf: string;
  readonly expiresAt: number;
}

/** A session ends so long after its last renewal, in ms … */
const IDLE_MS = 3_600_000;
/** … and so long after its login, whatever happens. */
const LONGEST_MS = 12 * 3_600_000;
/** One older than this is renewed by whatever is asked for. */
const RENEW_MS = 300_000;

/**
 * Sessions are signed, not kept: any process behind a load balancer knows them, a restart ends none, and another
 * `server.token` ends them all. Times in ms.
 */
export function openSession(token: string, now: number): Session {
  return sessionOf(token, now, now, randomBytes(16).toString('base64url'));
}

/** The session of a cookie, and whether the browser should be given a newer one; nothing where it is forged or over. */
export function readSession(
  token: string,
  cookie: string,
  now: number,
): { readonly session: Session; readonly renewed?: Session } | undefined {
  const [startedAt = '', issuedAt = '', nonce = '', ...rest] = cookie.split('.');
  if (rest.length !== 1 || !/^\d{1,15}$/.test(startedAt) || !/^\d{1,15}$/.test(issuedAt)) return undefined;
  const session = sessionOf(token, Number(startedAt), Number(issuedAt), nonce);
  if (!sameText(cookie, session.cookie) || Number(issuedAt) > now || session.expiresAt <= now)
    return undefined;
  if (now - Number(issuedAt) < RENEW_MS) return { session };
  return { session, renewed: sessionOf(token, Number(startedAt), now, nonce) };
}

function sessionOf(token: string, startedAt: number, issuedAt: number, nonce: string): Session {
  const text = `${startedAt}.${issuedAt}.${nonce}`;
  return {
    cookie: `${text}.${signed(token, `session ${text}`)}`,
    csrf: signed(token, `csrf ${nonce}`),
    expiresAt: Math.min(issuedAt + IDLE_MS, startedAt + LONGEST_MS),
  };
}

function signed(token: string, text: string): string {
  return createHmac('sha256', token).update(text).digest('base64url');
}
