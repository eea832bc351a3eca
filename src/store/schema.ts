import type { Generated } from 'kysely';
import type { Cause } from '../model/alert.ts';
import type { EventState } from '../model/event.ts';

/**
 * The tables, in the words of DESIGN §2. Times are milliseconds since 1970, truths 0 or 1, JSON is text:
 * so SQLite and PostgreSQL hold the very same rows.
 */
export interface Database {
  /** What a webhook delivered, raw, before any record is taken out of it. */
  deliveries: {
    id: Generated<number>;
    tenant: string;
    connection: string;
    /** The sender's identity of the delivery; null where it has none. */
    delivery_id: string | null;
    /** The webhook's event name. */
    name: string | null;
    /** JSON `{ body, headers, query }`, without what authenticates. */
    raw: string;
    received_at: number;
    state: 'received' | 'accepted' | 'dead';
    reason: string | null;
    /** 1 where it is dead and an alert tells of it. */
    told: Generated<number>;
  };
  records: {
    tenant: string;
    source: string;
    key: string;
    digest: string;
    body: string;
    updated_ms: number | null;
    as_of: number;
    sequence: number;
    gone: number;
    doubted: string | null;
  };
  events: {
    id: Generated<number>;
    lane: string;
    tenant: string;
    source: string;
    sync: string;
    key: string;
    /** Of a sync with `each`, which element of the record; '' for the record itself. */
    element: string;
    target_key: string;
    target_key_before: string | null;
    priority: number;
    state: EventState;
    reason: string | null;
    remedy: string | null;
    tries: number;
    due: number;
    waits_for: string | null;
    name: string | null;
    /** 1 for a `call`: never superseded, and its record is its own. */
    action: number;
    /** 1 where the record was there at the first import. */
    initial: number;
    /** JSON: the record as it arrived, and of an action the one accepted before it. Nothing where the runner made the event. */
    body: string | null;
    before: string | null;
    created_at: number;
    settled_at: number | null;
    /** 1 where it is dead and an alert tells of it. */
    told: Generated<number>;
    /** 1 where its own body is applied, not the record as it is now. */
    as_recorded: Generated<number>;
  };
  members: {
    tenant: string;
    sync: string;
    key: string;
    element: string;
    target_key: string;
    desired: string;
    updated_ms: number | null;
    as_of: number;
    sequence: number;
  };
  links: {
    target_key: string;
    account: string;
    resource: string;
    target_id: string;
    parent_id: string | null;
    applied: string;
    /** JSON; null where nobody asks for it. */
    answer: string | null;
    written_at: number;
    origin: 'created' | 'adopted';
    gone: number;
  };
  intents: {
    target_key: string;
    event: number;
    content: string;
    sent_at: number;
    look_at: number;
    failure: string | null;
  };
  lanes: {
    account: string;
    /** Process that works the lane now; null after a clean stop. */
    owner: string | null;
    heartbeat: number;
    /** The moment of the heartbeat in the machine's own time. */
    monotonic: number;
    /** JSON list: how long each slot of the rate limit that was out at a clean stop had still to go. */
    slots: string;
    day: string;
    day_calls: number;
    /** JSON: what the API has said of the day's quota. */
    quota: string;
    /** JSON: why and until when the lane rests; null while it works. */
    paused: string | null;
  };
  cursors: {
    tenant: string;
    source: string;
    /** JSON: see `Cursor`. */
    cursor: string;
    read_at: number;
  };
  journal: {
    id: Generated<number>;
    event: number;
    step: string;
    answer: string;
    at: number;
  };
  /** What an API answered to a question that seldom changes: custom fields, the location's settings. */
  lookups: {
    account: string;
    name: string;
    value: string;
    at: number;
  };
  /** What guards have stopped. */
  holds: {
    tenant: string;
    place: string;
    hash: string;
    /** JSON list. */
    keys: string;
    message: string;
    at: number;
    approved: number;
  };
  /** What OAuth granted to a connection; a row without `sealed` is one that was logged out, or never in. */
  tokens: {
    tenant: string;
    connection: string;
    /** The tokens, encrypted. */
    sealed: string | null;
    /** A login that was begun, encrypted. */
    login: string | null;
    /** Grows with each new pair: who holds an older one reads again. */
    version: number;
    /** When the access token ends, for people. */
    expires_at: number | null;
    /** Who refreshes now, and until when nobody else may. */
    lease_owner: string | null;
    lease_until: number;
    /** When this refresh token was first sent and no answer was kept: it may be used up. */
    sent_at: number | null;
    /** JSON: why there is no token that works. */
    trouble: string | null;
    updated_at: number;
  };
  /** Since when a static credential is as it is; `mark` tells two apart, and no more. */
  credentials: {
    tenant: string;
    connection: string;
    mark: string;
    since: number;
  };
  /** `current`: the id of the key that everything is sealed with. `handover`: the new key, for those who run with the old one. */
  vault: {
    name: string;
    value: string;
  };
  /** What people are to be told; `ended_at` is null while it lasts. */
  alerts: {
    id: Generated<number>;
    tenant: string;
    cause: Cause;
    place: string;
    mark: string;
    message: string;
    remedy: string;
    command: string;
    since: number;
    count: number;
    at: number;
    ended_at: number | null;
  };
  /** How far each of those who are told was told of each cause. */
  alert_sends: {
    channel: string;
    cause: Cause;
    since: number;
    told_id: number;
    told_at: number | null;
    tries: number;
    next_at: number;
    failure: string | null;
  };
  counters: {
    name: string;
    value: number;
  };
}
