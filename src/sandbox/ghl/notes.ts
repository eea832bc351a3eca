import { missing, unprocessable } from './answers.ts';
import { contactOf } from './contact-changes.ts';
import { defined } from './defined.ts';
import type { Note } from './location-records.ts';
import type { Location } from './location.ts';
import { created, ok, param, route } from './route.ts';
import { flag, required, text } from './shape.ts';

const version = '2021-07-28';
const path = '/contacts/:contactId/notes';
const readonly = { version, scope: 'contacts.readonly' } as const;
const write = { version, scope: 'contacts.write' } as const;
const optional = { userId: text, title: text, color: text, pinned: flag };

export const noteRoutes = [
  route({
    ...{ operation: 'get-all-notes', method: 'GET', path, ...readonly },
    handle: (call) => {
      const contact = contactOf(call.location, param(call, 'contactId'));
      return ok({ notes: call.location.notes.of(contact.id) });
    },
  }),
  route({
    ...{ operation: 'create-note', method: 'POST', path, ...write },
    body: { ...optional, body: required(text) },
    handle: (call) => {
      const { location } = call;
      const contactId = contactOf(location, param(call, 'contactId')).id;
      const born = { id: location.newId(), contactId, dateAdded: location.stamp() };
      return created({ note: store(location, { ...born, ...defined(call.body) }, 'NoteCreate') });
    },
  }),
  route({
    ...{ operation: 'get-note', method: 'GET', path: `${path}/:id`, ...readonly },
    handle: (call) => ok({ note: noteOf(call) }),
  }),
  route({
    ...{ operation: 'update-note', method: 'PUT', path: `${path}/:id`, ...write },
    body: { ...optional, body: text },
    handle: (call) => {
      if (call.body.body === '') throw unprocessable(['body should not be empty']);
      const note = { ...noteOf(call), ...defined(call.body) };
      return ok({ note: store(call.location, note, 'NoteUpdate') });
    },
  }),
  route({
    ...{ operation: 'delete-note', method: 'DELETE', path: `${path}/:id`, ...write },
    handle: (call) => {
      const note = noteOf(call);
      call.location.notes.remove(note.id);
      call.location.emit('NoteDelete', () => noteWebhook(note));
      return ok({ succeded: true });
    },
  }),
];

function noteOf(call: {
  readonly location: Location;
  readonly params: Readonly<Record<string, string>>;
}): Note {
  const contact = contactOf(call.location, param(call, 'contactId'));
  const note = call.location.notes.get(param(call, 'id'));
  if (note?.contactId !== contact.id) throw missing(400, 'Note not found');
  return note;
}

function store(location: Location, note: Note, type: 'NoteCreate' | 'NoteUpdate'): Note {
  location.notes.put(note);
  location.emit(type, () => noteWebhook(note));
  return note;
}

/** A fixed list of fields: no userId, no title (#312). */
function noteWebhook({ id, body, contactId, dateAdded }: Note): Readonly<Record<string, unknown>> {
  return { id, body, contactId, dateAdded };
}
