import type { Wire } from '../connection/wire.ts';
import type { Account } from './account.ts';
import type { Health } from './health.ts';

/** How long a lane rests without a token, in ms; it is woken when there is one. */
const REST_MS = 300_000;

/** The lane rests where no call could be sent: the day's quota is used up, or there is no token. */
export function restWithout(account: Account, wire: Wire, health: Health, now: number): void {
  restWithoutQuota(account, health, now);
  restWithoutToken(wire, health, now);
}

/** Without a token: not after three events have failed, as none of them could succeed. */
function restWithoutToken({ tokens }: Wire, health: Health, now: number): void {
  const trouble = tokens?.trouble();
  if (!trouble || trouble.retryAt <= now) return;
  const { reason, remedy, since } = trouble;
  if (health.restsUntil() !== undefined && health.paused()?.reason === reason) return;
  const until = Math.min(trouble.retryAt, now + REST_MS);
  health.rest({ reason, remedy, since, until, cause: 'auth-failed' });
}

/** While nothing is left of the day's quota, and no longer. */
function restWithoutQuota(account: Account, health: Health, now: number): void {
  const usedUp = account.usedUp();
  if (usedUp) health.rest({ ...usedUp, since: now, cause: 'quota' });
  else if (health.paused()?.cause === 'quota') health.resume();
}
