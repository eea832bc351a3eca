import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { kyselyOver } from '../../src/store/node-sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { openStore } from '../../src/store/open-store.ts';
import { tablesIn, type Tables } from '../../src/store/tables.ts';
import { watchedClock } from '../support/clocks.ts';
import { aDelivery, aLink, aMember, anEvent, aRecord } from '../support/rows.ts';

let folder: string;
let store: Store;
let database: DatabaseSync;
let tables: Tables;
let asked: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'boothsync-plans-'));
  store = await openStore(`sqlite:${join(folder, 'sync.db')}`, { clock: watchedClock(), owner: true });
  await store.write(async ({ events, deliveries, records, members, links }) => {
    await events.add(
      Array.from({ length: 600 }, (_, at) =>
        anEvent({ key: `k${at}`, state: at % 3 === 0 ? 'pending' : 'done' }),
      ),
      1,
    );
    for (let at = 0; at < 50; at++) await deliveries.add(aDelivery({ deliveryId: `d${at}` }));
    await records.put(
      'default',
      'bookings',
      Array.from({ length: 300 }, (_, at) => aRecord({ key: `k${at}` })),
    );
    await members.put(
      Array.from({ length: 300 }, (_, at) =>
        aMember({ key: `k${at}`, targetKey: `account|contact||k${at}` }),
      ),
    );
    for (let at = 0; at < 50; at++)
      await links.put(aLink({ targetKey: `account|contact||k${at}`, targetId: `c${at}` }));
  });
  database = new DatabaseSync(join(folder, 'sync.db'));
  asked = [];
  tables = tablesIn(kyselyOver(database));
  const prepare = database.prepare.bind(database);
  database.prepare = (sql: string) => {
    asked.push(sql);
    return prepare(sql);
  };
});
afterEach(async () => {
  database.close();
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

/** How SQLite would go about what was asked, a line for each table that it reads. */
function plans(): string[] {
  return asked.flatMap((sql) => {
    const explained = new DatabaseSync(join(folder, 'sync.db'), { readOnly: true });
    const places = (sql.match(/\?/g) ?? []).map(() => 1);
    const rows = explained.prepare(`explain query plan ${sql}`).all(...places);
    explained.close();
    return rows.map(({ detail }) => String(detail));
  });
}

const questions: Readonly<Record<string, readonly [index: RegExp, ask: (all: Tables) => Promise<unknown>]>> =
  {
    'what is due in a lane': [
      /events_due \(lane=\? AND priority=\? AND due</,
      ({ events }) => events.due('account', 2_000, 50, ['account|contact||k3'], true),
    ],
    'when the next event of a lane is due': [/events_due/, ({ events }) => events.nextDue('account')],
    'the events of a target': [/events_target/, ({ events }) => events.take('account|contact||k3', 2_000)],
    'where older states are on their way': [
      /events_state/,
      ({ events }) => events.sendingTargets('default', 'contacts', ['k1', 'k2']),
    ],
    'what a newer state supersedes': [
      /events_(key|newest)/,
      ({ events }) => events.supersede('default', 'contacts', ['k1', 'k2'], 1),
    ],
    'which keys ended dead': [
      /events_(state|key|dead)/,
      ({ events }) => events.deadKeys('default', 'bookings', ['k1', 'k2']),
    ],
    'deliveries to unpack': [/deliveries_received/, ({ deliveries }) => deliveries.received(200)],
    'how many deliveries are to unpack': [
      /deliveries_received/,
      ({ deliveries }) => deliveries.countReceived(),
    ],
    'records by key': [/records_1/, ({ records }) => records.getMany('default', 'bookings', ['k1', 'k2'])],
    'members of a target': [/members_target/, ({ members }) => members.of('account|contact||k1')],
    'members by key': [/members_1/, ({ members }) => members.ofRecords('default', 'contacts', ['k1', 'k2'])],
    'the link of a target': [/links_1/, ({ links }) => links.get('account|contact||k1')],
    'who holds a target id': [/links_target/, ({ links }) => links.holder('account', 'contact', 'c1')],
    'whether anything was there before': [/links_adopted/, ({ links }) => links.hasAdopted('account')],
    'who waits for what has come': [
      /events_waiting/,
      ({ events }) => events.hurryAwaited(['account|contact||k1', 'account|contact||k2']),
    ],
    'when targets were written': [
      /links_1/,
      ({ links }) => links.written(['account|contact||k1', 'account|contact||k2']),
    ],
  };

test.for(Object.entries(questions))(
  '%s is found by its index, not by reading all',
  async ([, [index, ask]]) => {
    await ask(tables);

    const reads = plans().filter((line) => /^(SCAN|SEARCH)/.test(line));
    expect(reads.length).toBeGreaterThan(0);
    for (const line of reads) expect(line).toMatch(index);
  },
);

test('what is due and when needs no sorting: the index is in that order', async () => {
  await tables.events.due('account', 2_000, 50, [], true);
  await tables.events.nextDue('account');
  await tables.deliveries.received(200);

  expect(plans().filter((line) => line.includes('TEMP B-TREE'))).toEqual([]);
});
