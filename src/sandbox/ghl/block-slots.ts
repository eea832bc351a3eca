import { missing, unprocessable } from './answers.ts';
import { calendarOf } from './appointments.ts';
import { shownBlockSlot } from './appointment-views.ts';
import { defined } from './defined.ts';
import type { BlockSlot } from './location-records.ts';
import type { Location } from './location.ts';
import { created, param, route } from './route.ts';
import { isoInstant, required, text } from './shape.ts';
import type { Shaped } from './shape.ts';

const write = { version: '2021-04-15', scope: 'calendars/events.write' } as const;
const body = {
  ...{ locationId: required(text), calendarId: text, assignedUserId: text, title: text },
  ...{ startTime: isoInstant, endTime: isoInstant },
};

export const blockSlotRoutes = [
  route({
    ...{
      operation: 'create-block-slot',
      method: 'POST',
      path: '/calendars/events/block-slots',
      ...write,
      body,
    },
    handle: ({ location, body }) => {
      const stamp = location.stamp();
      const blank = { id: location.newId(), locationId: location.id, title: '', startMs: NaN, endMs: NaN };
      const slot = store(location, { ...blank, dateAdded: stamp, dateUpdated: stamp }, body);
      return created(shownBlockSlot(location, slot));
    },
  }),
  route({
    ...{
      operation: 'edit-block-slot',
      method: 'PUT',
      path: '/calendars/events/block-slots/:eventId',
      ...write,
    },
    body,
    handle: (call) => {
      const old = call.location.blockSlots.get(param(call, 'eventId'));
      if (!old) throw missing(400, 'Block slot not found');
      return created(shownBlockSlot(call.location, store(call.location, old, call.body)));
    },
  }),
];

/** The schema demands calendarId, the prose one of calendarId and assignedUserId: the prose is kept. */
function store(location: Location, old: BlockSlot, change: Shaped<typeof body>): BlockSlot {
  const { title, calendarId, assignedUserId } = change;
  if (calendarId !== undefined) calendarOf(location, calendarId);
  else if (assignedUserId === undefined) {
    throw unprocessable(['Either of calendarId or assignedUserId is required']);
  }
  const slot: BlockSlot = {
    ...{ ...old, ...defined({ title, calendarId, assignedUserId }), dateUpdated: location.stamp() },
    startMs: change.startTime === undefined ? old.startMs : Date.parse(change.startTime),
    endMs: change.endTime === undefined ? old.endMs : Date.parse(change.endTime),
  };
  if (!(slot.endMs > slot.startMs)) throw unprocessable(['endTime must be after startTime']);
  location.blockSlots.set(slot.id, slot);
  return slot;
}
