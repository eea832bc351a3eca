import type { Tables } from '../../src/store/tables.ts';
import type { Store } from '../../src/store/store.ts';
import { aDelivery, aLink, aMember, anEvent, aRecord } from '../support/rows.ts';

/** Enough of everything for an index to be worth it. */
export async function fill(store: Store): Promise<void> {
  await store.write(async ({ events, deliveries, records, members, links, alerts }) => {
    await events.add(
      Array.from({ length: 600 }, (_, at) =>
        anEvent({ key: `k${at}`, state: at % 3 === 0 ? 'pending' : at % 10 === 0 ? 'dead' : 'done' }),
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
    for (let at = 0; at < 300; at++) {
      const cause = at % 2 === 0 ? 'lag' : 'dead-letter';
      const words = { message: 'late', remedy: 'wait', command: 'boothsync status' };
      await alerts.add('default', { cause, place: 'p', mark: '', ...words, since: at, count: 1 }, at, at);
    }
  });
}

/** What is asked again and again, and the index that answers it. */
export const questions: Readonly<
  Record<string, readonly [index: RegExp, ask: (all: Tables) => Promise<unknown>]>
> = {
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
  'where older states have been tried': [
    /events_key \(key=\? AND id</,
    ({ events }) =>
      events.leftTargets({ tenant: 'default', sync: 'contacts', key: 'k1', element: '', id: 9_000 }),
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
  'records by key': [
    /records_(1|pkey)/,
    ({ records }) => records.getMany('default', 'bookings', ['k1', 'k2']),
  ],
  'what a target was taken up for and waits to be again': [
    /events_target/,
    ({ events }) => events.postponedOf('account|contact||k1'),
  ],
  'whether a record is on its way elsewhere': [
    /events_(key|newest)/,
    ({ events }) =>
      events.leavesAgain(
        { tenant: 'default', sync: 'contacts', key: 'k1', element: '' },
        'account|contact||k1',
      ),
  ],
  'members of a target': [/members_target/, ({ members }) => members.of('account|contact||k1')],
  'members by key': [
    /members_(1|pkey)/,
    ({ members }) => members.ofRecords('default', 'contacts', ['k1', 'k2']),
  ],
  'the link of a target': [/links_(1|pkey)/, ({ links }) => links.get('account|contact||k1')],
  'who holds a target id': [/links_target/, ({ links }) => links.holder('account', 'contact', 'c1')],
  'whether anything was there before': [/links_adopted/, ({ links }) => links.hasAdopted('account')],
  'who waits for what has come': [
    /events_waiting/,
    ({ events }) => events.hurryAwaited(['account|contact||k1', 'account|contact||k2']),
  ],
  'when targets were written': [
    /links_(1|pkey)/,
    ({ links }) => links.written(['account|contact||k1', 'account|contact||k2']),
  ],
  'what has lasted until now': [/alerts_open/, ({ alerts }) => alerts.open('default')],
  'the newest alert of each cause': [
    /COVERING INDEX alerts_cause \(tenant=\?\)/,
    ({ alerts }) => alerts.newest('default'),
  ],
  'the alerts that somebody was not told of': [
    /alerts_cause \(tenant=\? AND cause=\? AND (id|rowid)>/,
    ({ alerts }) => alerts.after('default', 'lag', 290, 1_000, 100),
  ],
  'syncs with dead letters that nobody was told of': [
    /events_untold/,
    ({ alerts }) => alerts.untoldEvents('default'),
  ],
  'connections with deliveries that nobody was told of': [
    /deliveries_untold/,
    ({ alerts }) => alerts.untoldDeliveries('default'),
  ],
  'an example of dead letters, and that they are told of': [
    /events_untold|records_(1|pkey)/,
    ({ alerts }) => alerts.noteEvents('default', 'contacts'),
  ],
  'an example of dead deliveries, and that they are told of': [
    /deliveries_untold/,
    ({ alerts }) => alerts.noteDeliveries('default', 'booth'),
  ],
};
