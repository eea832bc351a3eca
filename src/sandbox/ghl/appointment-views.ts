import { without } from '../http/without.ts';
import { defined } from './defined.ts';
import type { Appointment, BlockSlot } from './location-records.ts';
import type { Location } from './location.ts';

type View = Readonly<Record<string, unknown>>;

/** AppointmentSchemaResponse, at the top level: no dates of creation or change (#246). */
export function writtenAppointment(location: Location, appointment: Appointment): View {
  const { id, calendarId, contactId, title, appointmentStatus, assignedUserId, address, rrule } = appointment;
  return {
    ...{ id, calendarId, locationId: location.id, contactId },
    ...times(location, appointment),
    ...{ title, meetingLocationType: appointment.meetingLocationType ?? 'default', appointmentStatus },
    ...{ isRecurring: rrule !== undefined, ...defined({ assignedUserId, address, rrule }) },
  };
}

/** CalendarEventDTO: times are local, with their offset. */
export function shownEvent(location: Location, appointment: Appointment): View {
  const { description, dateAdded, dateUpdated } = appointment;
  return {
    ...without(writtenAppointment(location, appointment), 'meetingLocationType'),
    ...{ groupId: '', assignedUserId: appointment.assignedUserId ?? '', users: [], assignedResources: [] },
    ...{ ...defined({ description }), dateAdded, dateUpdated, createdBy: { source: 'third_party' } },
  };
}

/** GetEventSchema: the only list with times that lack an offset; they are the location's. */
export function contactsAppointment(location: Location, appointment: Appointment): View {
  const { id, calendarId, contactId, title, assignedUserId, address, appointmentStatus } = appointment;
  return {
    ...{ id, calendarId, contactId, title, locationId: location.id },
    ...{ appointmentStatus, status: appointmentStatus, groupId: '', users: [], assignedResources: [] },
    ...defined({ assignedUserId, address, notes: appointment.description }),
    startTime: location.localTime.plain(appointment.startMs),
    endTime: location.localTime.plain(appointment.endMs),
    dateAdded: location.localTime.plain(Date.parse(appointment.dateAdded)),
    dateUpdated: location.localTime.plain(Date.parse(appointment.dateUpdated)),
  };
}

export function shownBlockSlot(location: Location, slot: BlockSlot): View {
  const { id, title, calendarId, assignedUserId } = slot;
  return {
    ...{ id, locationId: location.id, title, ...times(location, slot) },
    ...defined({ calendarId, assignedUserId }),
  };
}

/** CalendarEventDTO again: a blocked slot is listed as an event without a contact. */
export function listedBlockSlot(location: Location, slot: BlockSlot): View {
  const { dateAdded, dateUpdated, calendarId = '', assignedUserId = '' } = slot;
  return {
    ...{ ...shownBlockSlot(location, slot), calendarId, assignedUserId, contactId: '', groupId: '' },
    ...{ appointmentStatus: 'confirmed', users: [], dateAdded, dateUpdated },
  };
}

export function appointmentWebhook(location: Location, appointment: Appointment): View {
  const { id, address, title, calendarId, contactId, appointmentStatus, assignedUserId } = appointment;
  const { description, dateAdded, dateUpdated } = appointment;
  return {
    appointment: {
      ...{ id, title, calendarId, contactId, groupId: '', appointmentStatus, users: [] },
      ...defined({ address, assignedUserId, notes: description }),
      ...{ source: 'third_party', ...times(location, appointment), dateAdded, dateUpdated },
    },
  };
}

function times(location: Location, span: { readonly startMs: number; readonly endMs: number }) {
  const { iso } = location.localTime;
  return { startTime: iso(span.startMs), endTime: iso(span.endMs) };
}
