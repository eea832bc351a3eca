import type { Answer } from '../http/message.ts';
import { unprocessable } from './answers.ts';
import { calendarOf } from './appointments.ts';
import { listedBlockSlot, shownEvent } from './appointment-views.ts';
import type { Calendar } from './location-records.ts';
import type { Location } from './location.ts';
import { ok, param, route } from './route.ts';
import { digits, oneOf, required, text } from './shape.ts';
import type { Shaped } from './shape.ts';

const version = '2021-04-15';

const window = {
  ...{ locationId: required(text), startTime: required(digits), endTime: required(digits) },
  ...{ userId: text, calendarId: text, groupId: text },
};

export const calendarRoutes = [
  route({
    ...{ operation: 'get-calendars', method: 'GET', path: '/calendars/', version },
    scope: 'calendars.readonly',
    query: { locationId: required(text), groupId: text, showDrafted: oneOf('true', 'false') },
    handle: ({ location }) => ok({ calendars: [...location.calendars.values()].map(shownCalendar) }),
  }),
  route({
    ...{ operation: 'get-calendar', method: 'GET', path: '/calendars/:calendarId', version },
    scope: 'calendars.readonly',
    handle: (call) => ok({ calendar: shownCalendar(calendarOf(call.location, param(call, 'calendarId'))) }),
  }),
  route({
    ...{ operation: 'get-calendar-events', method: 'GET', path: '/calendars/events', version },
    ...{ scope: 'calendars/events.readonly', query: window },
    handle: ({ location, query }) => {
      const within = inWindow(query);
      const found = location.appointments
        .all()
        .filter((one) => query.calendarId === undefined || one.calendarId === query.calendarId)
        .filter((one) => query.userId === undefined || one.assignedUserId === query.userId)
        .filter(within);
      return ok({ events: found.map((one) => shownEvent(location, one)) });
    },
  }),
  route({
    ...{ operation: 'get-blocked-slots', method: 'GET', path: '/calendars/blocked-slots', version },
    ...{ scope: 'calendars/events.readonly', query: window },
    handle: ({ location, query }) => {
      const within = inWindow(query);
      const found = [...location.blockSlots.values()]
        .filter((slot) => query.calendarId === undefined || slot.calendarId === query.calendarId)
        .filter((slot) => query.userId === undefined || slot.assignedUserId === query.userId)
        .filter(within);
      return ok({ events: found.map((slot) => listedBlockSlot(location, slot)) });
    },
  }),
  route({
    ...{ operation: 'get-slots', method: 'GET', path: '/calendars/:calendarId/free-slots', version },
    scope: 'calendars.readonly',
    query: { startDate: required(digits), endDate: required(digits), timezone: text, userId: text },
    handle: (call) => {
      const calendar = calendarOf(call.location, param(call, 'calendarId'));
      return freeSlots(call.location, calendar, Number(call.query.startDate), Number(call.query.endDate));
    },
  }),
];

function shownCalendar(calendar: Calendar): object {
  const { id, locationId, name, slotDurationMinutes, autoConfirm, isActive } = calendar;
  const slot = { slotDuration: slotDurationMinutes, slotDurationUnit: 'mins', appoinmentPerSlot: 1 };
  return { ...{ id, locationId, name, isActive, autoConfirm, calendarType: 'event' }, ...slot };
}

function inWindow(query: Shaped<typeof window>): (span: { readonly startMs: number }) => boolean {
  const { calendarId, userId, groupId, startTime, endTime } = query;
  if (calendarId === undefined && userId === undefined && groupId === undefined) {
    throw unprocessable(['Either of calendarId, userId or groupId is required']);
  }
  return ({ startMs }) => startMs >= Number(startTime) && startMs < Number(endTime);
}

const dayMs = 86_400_000;

/** Nine to five UTC, at most 31 days; slots that an appointment takes are left out. */
function freeSlots(location: Location, calendar: Calendar, startMs: number, endMs: number): Answer {
  if (endMs - startMs > 31 * dayMs) throw unprocessable(['the range must be at most 31 days']);
  const taken = location.appointments.all().filter((one) => one.calendarId === calendar.id);
  const stepMs = calendar.slotDurationMinutes * 60_000;
  const days: Record<string, { slots: string[] }> = {};
  for (let ms = Math.ceil(startMs / stepMs) * stepMs; ms < endMs; ms += stepMs) {
    const hour = new Date(ms).getUTCHours();
    if (hour < 9 || hour >= 17) continue;
    if (taken.some((one) => one.startMs < ms + stepMs && one.endMs > ms)) continue;
    const slot = location.localTime.iso(ms);
    (days[slot.slice(0, 10)] ??= { slots: [] }).slots.push(slot);
  }
  return ok(days);
}
