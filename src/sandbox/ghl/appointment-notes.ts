import { missing } from './answers.ts';
import { appointmentOf } from './appointments.ts';
import { defined } from './defined.ts';
import { unprocessable } from './answers.ts';
import type { AppointmentNote } from './location-records.ts';
import type { Location } from './location.ts';
import { created, ok, param, route } from './route.ts';
import { atMost, digits, required, text } from './shape.ts';
import { without } from '../http/without.ts';

const version = '2021-04-15';
const path = '/calendars/appointments/:appointmentId/notes';
const write = { version, scope: 'calendars/events.write' } as const;
const body = { body: required(atMost(5_000, text)), userId: text };
const maxLimit = 20;

export const appointmentNoteRoutes = [
  route({
    ...{ operation: 'get-appointment-notes', method: 'GET', path, version },
    scope: 'calendars/events.readonly',
    query: { limit: required(digits), offset: required(digits) },
    handle: (call) => {
      const limit = Number(call.query.limit);
      if (limit > maxLimit) throw unprocessable([`limit must not be greater than ${maxLimit}`]);
      const appointment = appointmentOf(call.location, param(call, 'appointmentId'));
      const notes = call.location.appointmentNotes.of(appointment.id).slice(Number(call.query.offset));
      return ok({ notes: notes.slice(0, limit).map(shown), hasMore: notes.length > limit });
    },
  }),
  route({
    ...{ operation: 'create-appointment-note', method: 'POST', path, ...write, body },
    handle: (call) => {
      const { location } = call;
      const { id: appointmentId, contactId } = appointmentOf(location, param(call, 'appointmentId'));
      const born = { id: location.newId(), appointmentId, contactId, dateAdded: location.stamp() };
      const note = { ...born, ...defined(call.body) };
      location.appointmentNotes.put(note);
      return created({ note: shown(note) });
    },
  }),
  route({
    ...{ operation: 'update-appointment-note', method: 'PUT', path: `${path}/:noteId`, ...write, body },
    handle: (call) => {
      const note = { ...noteOf(call), ...defined(call.body) };
      call.location.appointmentNotes.put(note);
      return ok({ note: shown(note) });
    },
  }),
  route({
    ...{ operation: 'delete-appointment-note', method: 'DELETE', path: `${path}/:noteId`, ...write },
    handle: (call) => {
      call.location.appointmentNotes.remove(noteOf(call).id);
      return ok({ success: true });
    },
  }),
];

function noteOf(call: {
  readonly location: Location;
  readonly params: Readonly<Record<string, string>>;
}): AppointmentNote {
  const note = call.location.appointmentNotes.get(param(call, 'noteId'));
  if (note?.appointmentId !== param(call, 'appointmentId')) throw missing(400, 'Note not found');
  return note;
}

function shown(note: AppointmentNote): object {
  return without(note, 'appointmentId');
}
