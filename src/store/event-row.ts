import type { ActionRecord, Priority, SyncEvent } from '../model/event.ts';
import type { SourceRecord } from '../model/record.ts';
import type { Database } from './schema.ts';

export type NewEvent = Omit<SyncEvent, 'id'>;

type Row = Omit<Database['events'], 'id' | 'settled_at' | 'told' | 'as_recorded'> & {
  id: number;
  as_recorded: number;
};

export const COLUMNS = [
  'id',
  'lane',
  'tenant',
  'source',
  'sync',
  'key',
  'element',
  'target_key',
  'target_key_before',
  'priority',
  'state',
  'reason',
  'remedy',
  'tries',
  'due',
  'waits_for',
  'name',
  'action',
  'initial',
  'body',
  'before',
  'as_recorded',
  'created_at',
] as const;

/** An event as the engine knows it. */
export function fromRow(row: Row): SyncEvent {
  return {
    id: row.id,
    lane: row.lane,
    tenant: row.tenant,
    source: row.source,
    sync: row.sync,
    key: row.key,
    element: row.element,
    targetKey: row.target_key,
    targetKeyBefore: row.target_key_before,
    priority: row.priority as Priority,
    state: row.state,
    reason: row.reason,
    remedy: row.remedy,
    tries: row.tries,
    due: row.due,
    waitsFor: row.waits_for,
    name: row.name,
    createdAt: row.created_at,
    ...(row.action === 1 ? { action: actionOf(row) } : {}),
    ...(row.as_recorded === 1 ? { recorded: recordOf(row), asRecorded: true } : {}),
  };
}

export function toRow(event: NewEvent): Omit<Row, 'id'> {
  return {
    lane: event.lane,
    tenant: event.tenant,
    source: event.source,
    sync: event.sync,
    key: event.key,
    element: event.element,
    target_key: event.targetKey,
    target_key_before: event.targetKeyBefore,
    priority: event.priority,
    state: event.state,
    reason: event.reason,
    remedy: event.remedy,
    tries: event.tries,
    due: event.due,
    waits_for: event.waitsFor,
    name: event.name,
    action: event.action ? 1 : 0,
    initial: event.action?.initial ? 1 : 0,
    body: bodyOf(event),
    before: event.action?.before ? JSON.stringify(event.action.before) : null,
    as_recorded: event.asRecorded ? 1 : 0,
    created_at: event.createdAt,
  };
}

function bodyOf({ action, recorded }: NewEvent): string | null {
  const record = action?.record ?? recorded;
  return record === undefined ? null : JSON.stringify(record);
}

/** The record that an event brought. */
export function recordOf({ body }: Pick<Row, 'body'>): SourceRecord {
  return JSON.parse(body ?? '{}') as SourceRecord;
}

function actionOf(row: Row): ActionRecord {
  return {
    record: recordOf(row),
    before: row.before === null ? null : (JSON.parse(row.before) as SourceRecord),
    initial: row.initial === 1,
  };
}
