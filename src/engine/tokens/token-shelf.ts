import type { Shelved, TokenShelf } from '../../connection/refresh-pair.ts';
import type { Clock } from '../../model/clock.ts';
import { BoothsyncError } from '../../model/problem.ts';
import type { Redactor } from '../../model/redactor.ts';
import type { Tokens } from '../../model/tokens.ts';
import type { Store } from '../../store/store.ts';
import type { TokenOwner, TokenRow } from '../../store/tokens.ts';
import { hasDied, newClaimant } from '../claimant.ts';
import type { Vault } from './vault.ts';

export interface ShelfOptions {
  readonly store: Store;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly redactor: Redactor;
  readonly owner: TokenOwner;
  /** How long a process may be at a refresh before another takes it to be dead, in ms. */
  readonly leaseMs: number;
}

/** A connection's tokens in the store, sealed. */
export function openShelf({ store, vault, clock, redactor, owner, leaseMs }: ShelfOptions): TokenShelf {
  const by = newClaimant();

  async function shelved(row: TokenRow | undefined): Promise<Shelved> {
    if (!row) return { version: 0, trouble: null };
    const { version, trouble, sealed } = row;
    if (sealed === null) return { version, trouble };
    try {
      const tokens = JSON.parse(await vault.open(store.read, owner, 'tokens', sealed)) as Tokens;
      learnTokens(redactor, tokens);
      return { version, trouble, tokens };
    } catch (error) {
      if (!(error instanceof BoothsyncError)) throw error;
      const { message: reason, remedy } = error.problem;
      return { version, trouble: { kind: 'key', reason, remedy, since: clock.now() } };
    }
  }

  return {
    read: async () => {
      await vault.follow(store);
      return shelved(await store.read.tokens.get(owner));
    },
    version: async () => {
      await vault.follow(store);
      return (await store.read.tokens.get(owner))?.version ?? 0;
    },
    claim: async (version) => {
      const before = (await store.read.tokens.get(owner))?.leaseOwner ?? null;
      const dead = before !== null && hasDied(before) ? before : null;
      const now = clock.now();
      return store.write((tables) =>
        tables.tokens.claim(owner, { version, by, now, until: now + leaseMs, dead }),
      );
    },
    keep: (version, tokens) =>
      store.write(async (tables) =>
        tables.tokens.keep(owner, {
          version,
          sealed: await vault.seal(tables, owner, 'tokens', JSON.stringify(tokens)),
          expiresAt: tokens.expiresAt ?? null,
          now: clock.now(),
        }),
      ),
    release: (end) => store.write((tables) => tables.tokens.release(owner, { by, ...end, now: clock.now() })),
    amend: (version, tokens) =>
      store.write(async (tables) =>
        tables.tokens.amend(owner, {
          version,
          sealed: await vault.seal(tables, owner, 'tokens', JSON.stringify(tokens)),
          now: clock.now(),
        }),
      ),
  };
}

export function learnTokens({ learn }: Redactor, { accessToken, refreshToken, location }: Tokens): void {
  for (const token of [accessToken, refreshToken, location?.accessToken]) if (token) learn(token);
}
