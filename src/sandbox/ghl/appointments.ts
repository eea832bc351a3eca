import { badRequest, missing, unprocessable } from './answers.ts';
import {
  appointmentWebhook,
  contactsAppointment,
  shownEvent,
  writtenAppointment,
} from './appointment-views.ts';
import { contactOf } from './contact-changes.ts';
import { fullName } from './contact.ts';
import { defined } from './defined.ts';
import type { Appointment, Calendar } from './location-records.ts';
import type { Location } from './location.ts';
import { created, ok, param, route } from './route.ts';
import { flag, isoInstant, oneOf, required, text } from './shape.ts';
import type { Shaped } from './shape.ts';

const version = '2021-04-15';
const write = { version, scope: 'calendars/events.write' } as const;

const optional = {
  title: text,
  meetingLocationType: oneOf('custom', 'zoom', 'gmeet', 'phone', 'address', 'ms_teams', 'google'),
  meetingLocationId: text,
  overrideLocationConfig: flag,
  appointmentStatus: oneOf('new', 'confirmed', 'cancelled', 'showed', 'noshow', 'invalid'),
  assignedUserId: text,
  description: text,
  address: text,
  ignoreDateRange: flag,
  toNotify: flag,
  ignoreFreeSlotValidation: flag,
  rrule: text,
  endTime: isoInstant,
};

export const appointmentRoutes = [
  route({
    ...{ operation: 'create-appointment', method: 'POST', path: '/calendars/events/appointments', ...write },
    body: {
      ...{ ...optional, calendarId: required(text), locationId: required(text), contactId: required(text) },
      startTime: required(isoInstant),
    },
    handle: ({ location, body }) => {
      const contact = contactOf(location, body.contactId);
      const { autoConfirm } = calendarOf(location, body.calendarId);
      const stamp = location.stamp();
      const blank: Appointment = {
        ...{ id: location.newId(), calendarId: body.calendarId, contactId: contact.id },
        ...{ locationId: location.id, title: fullName(contact), toNotify: true },
        ...{ appointmentStatus: autoConfirm ? 'confirmed' : 'new', startMs: 0, endMs: 0 },
        ...{ dateAdded: stamp, dateUpdated: stamp },
      };
      return ok(writtenAppointment(location, book(location, blank, body)));
    },
  }),
  route({
    ...{ operation: 'edit-appointment', method: 'PUT', path: '/calendars/events/appointments/:eventId' },
    ...write,
    body: { ...optional, calendarId: text, startTime: isoInstant },
    handle: (call) => {
      const old = appointmentOf(call.location, param(call, 'eventId'));
      return ok(writtenAppointment(call.location, book(call.location, old, call.body)));
    },
  }),
  route({
    ...{ operation: 'get-appointment', method: 'GET', path: '/calendars/events/appointments/:eventId' },
    ...{ version, scope: 'calendars/events.readonly' },
    handle: (call) =>
      ok({ event: shownEvent(call.location, appointmentOf(call.location, param(call, 'eventId'))) }),
  }),
  route({
    ...{ operation: 'delete-event', method: 'DELETE', path: '/calendars/events/:eventId', ...write },
    body: {},
    handle: (call) => {
      const id = param(call, 'eventId');
      if (call.location.blockSlots.delete(id)) return created({ succeeded: true });
      const appointment = appointmentOf(call.location, id);
      call.location.appointments.remove(id);
      call.location.appointmentNotes.removeOf(id);
      call.location.emit('AppointmentDelete', () => appointmentWebhook(call.location, appointment));
      return created({ succeeded: true });
    },
  }),
  route({
    ...{
      operation: 'get-appointments-for-contact',
      method: 'GET',
      path: '/contacts/:contactId/appointments',
    },
    ...{ version: '2021-07-28', scope: 'contacts.readonly' },
    handle: (call) => {
      const contact = contactOf(call.location, param(call, 'contactId'));
      const appointments = call.location.appointments.of(contact.id);
      return ok({ events: appointments.map((one) => contactsAppointment(call.location, one)) });
    },
  }),
];

export function appointmentOf(location: Location, id: string): Appointment {
  const appointment = location.appointments.get(id);
  if (!appointment) throw missing(400, 'Appointment not found');
  return appointment;
}

export function calendarOf(location: Location, id: string): Calendar {
  const calendar = location.calendars.get(id);
  if (!calendar) throw missing(400, 'Calendar not found');
  return calendar;
}

type Change = Partial<Shaped<typeof optional>> & {
  readonly startTime?: string | undefined;
  readonly calendarId?: string | undefined;
};

/** Stores an appointment with a change laid over it; without an end it lasts one slot, or as long as before. */
function book(location: Location, old: Appointment, change: Change): Appointment {
  if (change.rrule !== undefined && change.ignoreFreeSlotValidation !== true) {
    throw unprocessable(['rrule needs ignoreFreeSlotValidation to be true']);
  }
  const calendar = calendarOf(location, change.calendarId ?? old.calendarId);
  const lastsMs = old.endMs - old.startMs || calendar.slotDurationMinutes * 60_000;
  const startMs = change.startTime === undefined ? old.startMs : Date.parse(change.startTime);
  const endMs = change.endTime === undefined ? startMs + lastsMs : Date.parse(change.endTime);
  if (endMs <= startMs) throw unprocessable(['endTime must be after startTime']);
  const { title, appointmentStatus, assignedUserId, description, address, rrule, toNotify } = change;
  const { meetingLocationType } = change;
  const appointment: Appointment = {
    ...{ ...old, calendarId: calendar.id, startMs, endMs, dateUpdated: location.stamp() },
    ...defined({ title, appointmentStatus, assignedUserId, description, address, rrule, toNotify }),
    ...defined({ meetingLocationType }),
  };
  if (
    calendar.overlapProtection &&
    change.ignoreFreeSlotValidation !== true &&
    isTaken(location, appointment)
  ) {
    throw badRequest('The slot you have selected is no longer available.');
  }
  const isNew = location.appointments.get(appointment.id) === undefined;
  location.appointments.put(appointment);
  location.emit(isNew ? 'AppointmentCreate' : 'AppointmentUpdate', () =>
    appointmentWebhook(location, appointment),
  );
  return appointment;
}

/** Only reached for calendars with overlap protection, so a scan is fair. */
function isTaken(location: Location, wanted: Appointment): boolean {
  if (wanted.appointmentStatus === 'cancelled') return false;
  const overlaps = (other: { readonly id: string; readonly startMs: number; readonly endMs: number }) =>
    other.id !== wanted.id && other.startMs < wanted.endMs && other.endMs > wanted.startMs;
  const others = location.appointments
    .all()
    .filter((one) => one.calendarId === wanted.calendarId && one.appointmentStatus !== 'cancelled');
  const blocked = location.blockSlots.values().filter((slot) => slot.calendarId === wanted.calendarId);
  return others.some(overlaps) || blocked.some(overlaps);
}
