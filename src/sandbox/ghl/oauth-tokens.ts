import type { Clock } from '../http/clock.ts';
import { randomId } from '../http/random.ts';
import type { Random } from '../http/random.ts';

/** Whose a code or token is. */
export interface Subject {
  readonly userType: 'Company' | 'Location';
  readonly companyId: string;
  /** Of a location's only. */
  readonly locationId?: string;
}

export interface Pair {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** What was handed out. */
export interface OAuthTokens {
  /** A code as the redirect would bring it; good once, and for the address that it was asked with. */
  readonly issueCode: (subject: Subject, redirectUri?: string) => string;
  readonly useCode: (
    code: string,
  ) => { readonly subject: Subject; readonly redirectUri?: string } | undefined;
  readonly issuePair: (subject: Subject) => Pair;
  /** The next pair; within the grace the same again. Nothing for a token that is unknown or used up. */
  readonly rotate: (refreshToken: string) => { readonly subject: Subject; readonly pair: Pair } | undefined;
  /** Ends the refresh tokens of a location or company, or all. */
  readonly revoke: (id?: string) => void;
  /** How often a refresh token was used that had been used before, outside the grace. */
  readonly reused: () => number;
  /** Everything that was ever handed out. */
  readonly issued: () => readonly string[];
  /** How many new pairs were made by refreshes. */
  readonly rotated: () => number;
}

interface Refresh {
  readonly subject: Subject;
  usedAt?: number;
  /** What its first use answered: the same comes again within the grace. */
  next?: Pair;
}

export function createOAuthTokens(parts: {
  readonly clock: Clock;
  readonly random: Random;
  /** Concurrent refreshes within this time get the same refresh token. */
  readonly graceMs: number;
  readonly admit: (accessToken: string, subject: Subject) => void;
}): OAuthTokens {
  const { clock, random } = parts;
  const codes = new Map<string, { readonly subject: Subject; readonly redirectUri?: string }>();
  const refreshes = new Map<string, Refresh>();
  const issued: string[] = [];
  let reused = 0;
  let rotated = 0;

  function issuePair(subject: Subject): Pair {
    const pair = {
      accessToken: `access-${randomId(random, 40)}`,
      refreshToken: `refresh-${randomId(random, 40)}`,
    };
    issued.push(pair.accessToken, pair.refreshToken);
    parts.admit(pair.accessToken, subject);
    refreshes.set(pair.refreshToken, { subject });
    return pair;
  }

  return {
    issueCode(subject, redirectUri) {
      const code = `code-${randomId(random, 40)}`;
      issued.push(code);
      codes.set(code, { subject, ...(redirectUri === undefined ? {} : { redirectUri }) });
      return code;
    },
    useCode(code) {
      const found = codes.get(code);
      codes.delete(code);
      return found;
    },
    issuePair,
    rotate(refreshToken) {
      const refresh = refreshes.get(refreshToken);
      if (!refresh) return undefined;
      if (refresh.usedAt !== undefined && clock.monotonic() - refresh.usedAt > parts.graceMs) {
        reused++;
        return undefined;
      }
      refresh.usedAt ??= clock.monotonic();
      if (!refresh.next) {
        refresh.next = issuePair(refresh.subject);
        rotated++;
      }
      return { subject: refresh.subject, pair: refresh.next };
    },
    revoke(id) {
      for (const [token, { subject }] of refreshes)
        if (id === undefined || subject.locationId === id || subject.companyId === id)
          refreshes.delete(token);
    },
    reused: () => reused,
    rotated: () => rotated,
    issued: () => issued,
  };
}
