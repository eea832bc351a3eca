import { expect, test } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { describeStores } from '../support/postgres.ts';

const NOW = 1_700_000_000_000;
const owner = { tenant: 'default', connection: 'ghl' };

async function loggedIn(store: Store): Promise<void> {
  await store.write((tables) => tables.tokens.replace(owner, { sealed: 'first', expiresAt: NOW }, NOW));
}

const claim = (store: Store, by: string, now = NOW, dead: string | null = null) =>
  store.write((tables) => tables.tokens.claim(owner, { version: 1, by, now, until: now + 1_000, dead }));

describeStores('tokens', (stores) => {
  test('of all who want to refresh, in any process, one may', async () => {
    const ours = await stores.open();
    await loggedIn(ours);
    const theirs = await stores.open({ owner: false });

    const claims = await Promise.all(
      Array.from({ length: 20 }, (_, index) => claim(index % 2 ? ours : theirs, `claimant ${index}`)),
    );

    expect(claims.filter((one) => one !== undefined)).toEqual([{ sentBefore: null }]);
  });

  test('who claims after the lease, or after a death, learns when the token was first sent', async () => {
    const store = await stores.open();
    await loggedIn(store);
    await claim(store, 'first');

    const early = await claim(store, 'second', NOW + 999);
    const late = await claim(store, 'second', NOW + 1_000);
    const heir = await claim(store, 'third', NOW + 1_001, 'second');

    expect([early, late, heir]).toEqual([undefined, { sentBefore: NOW }, { sentBefore: NOW }]);
  });

  test('a new pair ends the claim and all doubt, and outdates every other claimant', async () => {
    const store = await stores.open();
    await loggedIn(store);
    await claim(store, 'first');
    const keep = () =>
      store.write((tables) =>
        tables.tokens.keep(owner, { version: 1, sealed: 'second', expiresAt: null, now: NOW }),
      );

    const kept = [await keep(), await keep()];

    expect(kept).toEqual([true, false]);
    expect(await claim(store, 'second', NOW + 5_000)).toBeUndefined();
    expect(await store.read.tokens.get(owner)).toMatchObject({
      ...{ sealed: 'second', version: 2, sentAt: null, leaseOwner: null, trouble: null },
    });
  });

  test('given back in doubt, the time of the first try stays; given back for sure, it goes', async () => {
    const store = await stores.open();
    await loggedIn(store);
    const release = (by: string, doubt: boolean) =>
      store.write((tables) => tables.tokens.release(owner, { by, doubt, trouble: null, now: NOW }));

    await claim(store, 'first');
    await release('first', true);
    const doubted = await claim(store, 'second', NOW + 1);
    await release('second', false);
    const sure = await claim(store, 'third', NOW + 2);

    expect([doubted, sure]).toEqual([{ sentBefore: NOW }, { sentBefore: null }]);
  });

  test('a login ends whatever was there, also a refresh under way', async () => {
    const store = await stores.open();
    await loggedIn(store);
    await claim(store, 'first');

    await loggedIn(store);
    const late = await store.write((tables) =>
      tables.tokens.keep(owner, { version: 1, sealed: 'of the old login', expiresAt: null, now: NOW }),
    );

    expect(late).toBe(false);
    expect(await store.read.tokens.get(owner)).toMatchObject({ sealed: 'first', version: 2 });
  });

  test('a credential keeps its age until it is another one', async () => {
    const store = await stores.open();

    await store.write((tables) => tables.credentials.put('default', 'booth', 'abc', NOW));
    await store.write((tables) => tables.credentials.put('default', 'booth', 'def', NOW + 1));

    expect(await store.read.credentials.get('default', 'booth')).toEqual({ mark: 'def', since: NOW + 1 });
    expect(await store.read.credentials.get('other', 'booth')).toBeUndefined();
  });
});
