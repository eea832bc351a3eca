import type { Member } from '../../src/model/desired.ts';
import type { Intent } from '../../src/model/intent.ts';
import { NOTHING_APPLIED, type Link } from '../../src/model/link.ts';
import type { StoredRecord } from '../../src/model/record.ts';
import type { NewDelivery } from '../../src/store/deliveries.ts';
import type { NewEvent } from '../../src/store/event-row.ts';
import type { LaneState } from '../../src/store/lanes.ts';

/** Rows of a store: a test says what matters to it, the rest is right. */
export function aDelivery(wish: Partial<NewDelivery> = {}): NewDelivery {
  return {
    tenant: 'default',
    connection: 'booth',
    deliveryId: null,
    name: 'booking.updated',
    raw: '{"body":{}}',
    receivedAt: 1_000,
    ...wish,
  };
}

export function aRecord(wish: Partial<StoredRecord> = {}): StoredRecord {
  return {
    key: '1',
    digest: 'digest',
    body: { id: 1 },
    updatedMs: null,
    asOf: 1_000,
    sequence: 1,
    gone: false,
    doubted: null,
    ...wish,
  };
}

export function anEvent(wish: Partial<NewEvent> = {}): NewEvent {
  const key = wish.key ?? '1';
  return {
    lane: 'account',
    tenant: 'default',
    source: 'bookings',
    sync: 'contacts',
    key,
    element: '',
    targetKey: `account|contact||${key}`,
    targetKeyBefore: null,
    priority: 1,
    state: 'pending',
    reason: null,
    remedy: null,
    tries: 0,
    due: 1_000,
    waitsFor: null,
    name: null,
    createdAt: 1_000,
    ...wish,
  };
}

export function aMember(wish: Partial<Member> = {}): Member {
  return {
    tenant: 'default',
    sync: 'contacts',
    key: '1',
    element: '',
    targetKey: 'account|contact||1',
    desired: { sync: 'contacts', always: {}, onCreate: {}, tags: { sticky: [], owned: [], remove: [] } },
    updatedMs: null,
    asOf: 1_000,
    sequence: 1,
    ...wish,
  };
}

export function aLink(wish: Partial<Link> = {}): Link {
  return {
    targetKey: 'account|contact||1',
    account: 'account',
    resource: 'contact',
    targetId: 'c1',
    parentId: null,
    applied: NOTHING_APPLIED,
    writtenAt: 1_000,
    origin: 'created',
    gone: false,
    ...wish,
  };
}

export function anIntent(wish: Partial<Intent> = {}): Intent {
  return {
    targetKey: 'account|contact||1',
    event: 1,
    content: { type: 'create', fields: { email: 'ann@example.com' }, tags: [] },
    sentAt: 1_000,
    lookAt: 2_000,
    failure: null,
    ...wish,
  };
}

export function aLane(wish: Partial<LaneState> = {}): LaneState {
  return {
    account: 'account',
    owner: null,
    heartbeat: 1_000,
    monotonic: 1_000,
    slots: [],
    day: '2026-05-01',
    dayCalls: 0,
    quota: {},
    paused: null,
    ...wish,
  };
}
