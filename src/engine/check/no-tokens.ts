import { loginTrouble } from '../../connection/refresh-pair.ts';
import type { TokenAnswer, TokenSource } from '../../connection/token-source.ts';
import type { Clock } from '../../model/clock.ts';

/** The tokens of a connection whose store is not there yet: nobody can have logged in. */
export function noTokens(name: string, clock: Clock): TokenSource {
  const trouble = loginTrouble({ name, clock }, 'nobody has logged in');
  const none: TokenAnswer = { ok: false, why: 'trouble', trouble };
  return {
    start: () => Promise.resolve(),
    token: () => Promise.resolve(none),
    held: () => none,
    renew: () => Promise.resolve(none),
    accepted: () => undefined,
    trouble: () => ({ ...trouble, retryAt: Infinity }),
    retry: () => undefined,
    stop: () => undefined,
  };
}
