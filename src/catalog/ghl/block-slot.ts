import type { Json } from '../../model/json.ts';
import type { Fields } from '../../model/step.ts';
import type { Resource } from '../resource.ts';

/** Time in a calendar that nobody may book. Facts: ghl-facts.md §4. */
export const blockSlot: Resource = {
  name: 'block-slot',
  idParameter: 'eventId',
  create: { operation: 'create-block-slot', answer: [] },
  update: { operation: 'edit-block-slot', answer: [] },
  delete: { operation: 'delete-event', answer: [] },
  createOnly: [],
  alwaysNamed: ['calendarId', 'assignedUserId'],
  instants: ['startTime', 'endTime'],
  references: { calendarId: { kind: 'calendar', operation: 'get-calendars', answer: ['calendars'] } },
  siblings: {
    list: { operation: 'get-blocked-slots', answer: ['events'] },
    query: around,
    match: ['title', 'startTime', 'endTime'],
    lagMs: 2_000,
  },
};

/** Slots of its own time and calendar; the list wants epoch milliseconds, and a calendar or a user. */
function around(fields: Fields): Record<string, Json> | undefined {
  const start = instant(fields['startTime']);
  const end = instant(fields['endTime'] ?? fields['startTime']);
  if (Number.isNaN(start) || Number.isNaN(end)) return undefined;
  const time = { startTime: String(start), endTime: String(Math.max(end, start + 1)) };
  if (typeof fields['calendarId'] === 'string') return { ...time, calendarId: fields['calendarId'] };
  return typeof fields['assignedUserId'] === 'string'
    ? { ...time, userId: fields['assignedUserId'] }
    : undefined;
}

function instant(value: Json | undefined): number {
  return typeof value === 'string' ? Date.parse(value) : NaN;
}
