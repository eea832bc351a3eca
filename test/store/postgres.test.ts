import { inspect } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../src/engine/system-clock.ts';
import { BoothsyncError } from '../../src/model/problem.ts';
import type { Store } from '../../src/store/store.ts';
import { hasStore, openStore } from '../../src/store/open-store.ts';
import { ask } from '../support/postgres-server.ts';
import { sharedPostgres } from '../support/postgres.ts';
import { aDelivery, aLink, aMember, anEvent, anIntent, aRecord } from '../support/rows.ts';
import { until } from '../support/wait.ts';

const server = sharedPostgres();

async function database(): Promise<string> {
  return (await server()).database();
}

async function open(url: string, owner = true): Promise<Store> {
  const store = await openStore(url, { clock: systemClock, owner });
  onTestFinished(() => store.close());
  return store;
}

function add(store: Store, deliveryId: string): Promise<boolean> {
  return store.write((tables) => tables.deliveries.add(aDelivery({ deliveryId })));
}

async function problemOf(failing: Promise<unknown>) {
  const error = await failing.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(BoothsyncError);
  return { error, problem: (error as BoothsyncError).problem };
}

/** Ends the session that holds the owner's lock, as a cut cable would; its process does not know yet. */
async function endOwnersSession(url: string): Promise<void> {
  const ended = await ask(
    url,
    "select pg_terminate_backend(pid, 5000) from pg_locks where locktype = 'advisory' and objsubid = 2 and granted",
  );
  expect(ended).toHaveLength(1);
}

test('an owner that lost the store to another one writes nothing more: no intent, no call', async () => {
  const url = await database();
  const first = await open(url);
  await add(first, 'before');

  await endOwnersSession(url);
  const second = await open(url);
  const { problem } = await problemOf(first.write((tables) => tables.intents.put(anIntent())));

  expect(problem).toMatchObject({
    code: 'store-held',
    message: expect.stringContaining('took over') as string,
  });
  expect(first.lost.aborted).toBe(true);
  expect(first.lost.reason).toMatchObject({ problem: { code: 'store-held' } });
  expect(await second.read.intents.get(anIntent().targetKey)).toBeUndefined();
  expect(await add(second, 'after')).toBe(true);
  expect((await problemOf(add(first, 'late'))).problem.code).toBe('store-held');
  expect(await second.read.deliveries.countReceived()).toBe(2);
});

test('an owner that lost the store learns it without writing', async () => {
  const url = await database();
  const first = await open(url);
  await endOwnersSession(url);
  await open(url);

  await until(() => first.lost.aborted, 'the end of the first owner', 5_000);
});

test('a new owner waits for the last transaction of the old one, and sees what it wrote', async () => {
  const url = await database();
  const first = await open(url);
  const gate = Promise.withResolvers<undefined>();
  const entered = Promise.withResolvers<undefined>();
  const writing = first.write(async (tables) => {
    await tables.intents.put(anIntent());
    entered.resolve(undefined);
    await gate.promise;
  });
  await entered.promise;
  await endOwnersSession(url);

  const opening = open(url);
  const early = await Promise.race([
    opening.then(() => 'opened'),
    new Promise((resolve) => setTimeout(resolve, 300, 'waits')),
  ]);
  gate.resolve(undefined);
  await writing;
  const second = await opening;

  expect(early).toBe('waits');
  expect(await second.read.intents.get(anIntent().targetKey)).toEqual(anIntent());
});

test('an owner whose session was cut goes on where nobody took over, and holds the store again', async () => {
  const url = await database();
  const store = await open(url);

  await endOwnersSession(url);

  expect(await add(store, 'meanwhile')).toBe(true);
  await until(
    async () =>
      (await ask(url, "select 1 from pg_locks where locktype = 'advisory' and objsubid = 2")).length > 0,
  );
  expect((await problemOf(open(url))).problem.code).toBe('store-held');
  expect(await add(store, 'afterwards')).toBe(true);
  expect(store.lost.aborted).toBe(false);
});

test('reads and writes survive the loss of all connections', async () => {
  const url = await database();
  const store = await open(url);
  await Promise.all([add(store, '1'), store.read.links.count(), store.read.links.count()]);

  await ask(
    url,
    'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()',
  );

  expect(await add(store, '2')).toBe(true);
  expect(await store.read.deliveries.countReceived()).toBe(2);
});

test('a transaction that loses its connection between two queries is run again, and the process lives', async () => {
  const url = await database();
  const store = await open(url);
  let runs = 0;

  await store.write(async (tables) => {
    runs += 1;
    await tables.links.count();
    // Nothing is asked of the connection while it ends.
    if (runs === 1)
      await ask(
        url,
        'select pg_terminate_backend(pid, 5000) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()',
      );
    await tables.deliveries.add(aDelivery());
  });

  expect(runs).toBe(2);
  expect(await store.read.deliveries.countReceived()).toBe(1);
});

test('a transaction that another one stood in the way of is run again', async () => {
  const url = await database();
  const store = await open(url);
  let runs = 0;

  await store.write(async (tables) => {
    runs += 1;
    if (runs === 1) throw Object.assign(new Error('deadlock detected'), { code: '40P01' });
    await tables.deliveries.add(aDelivery());
  });

  expect(runs).toBe(2);
  expect(await store.read.deliveries.countReceived()).toBe(1);
});

test('stores in two schemas of one database have an owner each', async () => {
  const [one, two] = [await (await server()).schema(), await (await server()).schema()];
  const [first, second] = [await open(one), await open(two)];

  await add(first, '1');

  expect(await second.read.deliveries.countReceived()).toBe(0);
  expect((await problemOf(open(two))).problem.code).toBe('store-held');
});

test('looking whether there is a store makes none', async () => {
  const url = await database();

  expect(await hasStore(url)).toBe(false);
  expect(await ask(url, "select 1 from pg_tables where schemaname = 'public'")).toEqual([]);
  await open(url);
  expect(await hasStore(url)).toBe(true);
});

test('other users of pg in this process keep its types', async () => {
  const url = await database();
  await open(url);

  expect(await ask(url, 'select 1::int8 as big')).toEqual([{ big: '1' }]);
});

test('what can not be opened is said with a remedy, and never with the password', async () => {
  const url = await database();
  const right = new URL(url);
  const wrong = (change: (wrong: URL) => void): string => {
    const address = new URL(url);
    change(address);
    return address.href;
  };
  const cases = {
    'correct the user or the password': wrong((address) => (address.password = 'pass%20word%402')),
    'create the database': wrong((address) => (address.pathname = '/nowhere')),
    'PostgreSQL runs there': wrong((address) => (address.port = '1')),
    'with percent-encoding': 'postgres://user:pass word/1@host/database',
    'percent-encoding for the signs': 'postgres://user:12#pass word@host/database',
  };

  for (const [remedy, address] of Object.entries(cases)) {
    for (const attempt of [open, hasStore]) {
      const { error, problem } = await problemOf(attempt(address));

      expect(problem.code).toBe('store');
      expect(problem.remedy).toContain(remedy);
      expect(problem.message).not.toMatch(/: ?$/);
      expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/pass( |%20)word/);
    }
  }
  const { problem } = await problemOf(open(wrong((address) => (address.pathname = '/nowhere'))));
  expect(problem.message).toContain(`postgres://postgres:***@${right.host}/nowhere`);
});

test('the hot queries read what they need, however much there is', async () => {
  const url = await database();
  await (await openStore(url, { clock: systemClock, owner: true })).close();
  await ask(url, MUCH);
  await ask(url, 'vacuum analyze');
  const store = await open(url, false);
  await ask(url, 'select pg_stat_reset()');

  await doHotThings(store);

  await store.close();
  const read = await ask<{ table: string; rows: number; scans: number }>(
    url,
    `select relname as table, (seq_tup_read + coalesce(idx_tup_fetch, 0))::int as rows, seq_scan::int as scans
     from pg_stat_user_tables where relname not like 'kysely%' and relname <> 'counters' order by relname`,
  );
  const hungry = read.filter(({ rows, scans }) => rows > 200 || scans > 0);
  expect(hungry).toEqual([]);
  expect(read.find(({ table }) => table === 'events')?.rows).toBeGreaterThan(10);
});

const MUCH = `
  insert into events (lane, tenant, source, sync, key, element, target_key, priority, state, tries, due, action, initial, created_at)
    select 'account', 'default', 'bookings', 'contacts', 'k' || n, '', 't' || n, n % 3,
      case when n <= 8000 then 'pending' when n <= 8005 then 'sending' when n <= 8200 then 'waiting' when n <= 8300 then 'dead' else 'done' end,
      0, n, 0, 0, n from generate_series(1, 20000) n;
  insert into records (tenant, source, key, digest, body, as_of, sequence, gone)
    select 'default', 'bookings', 'k' || n, 'd', '{}', n, n, 0 from generate_series(1, 20000) n;
  insert into members (tenant, sync, key, element, target_key, desired, as_of, sequence)
    select 'default', 'contacts', 'k' || n, '', 't' || n, '{}', n, n from generate_series(1, 20000) n;
  insert into links (target_key, account, resource, target_id, parent_id, applied, written_at, origin, gone)
    select 't' || n, 'account', 'contact', 'id' || n, 'p' || n, '{}', n, 'created', 0 from generate_series(1, 20000) n;
  insert into deliveries (tenant, connection, delivery_id, raw, received_at, state)
    select 'default', 'booth', 'd' || n, '{}', n, case when n <= 5000 then 'received' else 'accepted' end from generate_series(1, 20000) n;
  insert into journal (event, step, answer, at) select n, '{}', '{}', n from generate_series(1, 20000) n`;

async function doHotThings(store: Store): Promise<void> {
  const { read } = store;
  await read.events.due('account', 50, 10, ['t1', 't2'], true);
  await read.events.nextDue('account');
  await read.events.nextExpiry('account');
  await read.events.sendingTargets('default', 'contacts', ['k8001']);
  await read.links.get('t5');
  await read.links.holder('account', 'contact', 'id5');
  await read.links.childrenOf('account', 'p5');
  await read.links.written(['t5', 't6']);
  await read.members.of('t5');
  await read.members.ofRecords('default', 'contacts', ['k5', 'k6']);
  await read.records.getMany('default', 'bookings', ['k5', 'k6']);
  await read.records.liveKeys('default', 'bookings', 20_000, 'k5', 10);
  await read.deliveries.received(10);
  await read.journal.of(5);
  await store.write(async (tables) => {
    await tables.deliveries.add(aDelivery({ deliveryId: 'new' }));
    await tables.deliveries.settle(1, 'accepted', null);
    await tables.records.put('default', 'bookings', [aRecord({ key: 'k5' })]);
    await tables.events.supersede('default', 'contacts', ['k5', 'k6', 'new'], 1);
    await tables.events.add([anEvent({ key: 'k5' })], 1);
    const taken = await tables.events.take('t7', 100);
    await tables.events.postpone(
      taken.map(({ id }) => id),
      1,
      'again',
      0,
    );
    await tables.events.settle([8], { state: 'done', reason: 'created' }, 1);
    await tables.events.wakeWaiting('t9', 1);
    await tables.members.put([aMember({ key: 'k5', targetKey: 't5' })]);
    await tables.links.put(aLink({ targetKey: 't5', targetId: 'id5' }));
  });
}
