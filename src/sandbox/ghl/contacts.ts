import type { Answer } from '../http/message.ts';
import { badRequest } from './answers.ts';
import { contactOf, createContact, deleteContact, storeContact } from './contact-changes.ts';
import { applyChange, createShape, readInput, updateShape, upsertShape } from './contact-input.ts';
import type { ContactChange, ContactInput } from './contact-input.ts';
import { fullName, readContact, writtenContact } from './contact.ts';
import type { Contact } from './contact.ts';
import type { Location } from './location.ts';
import { created, ok, param, route } from './route.ts';

const version = '2021-07-28';
const scope = 'contacts.write';

export const contactRoutes = [
  route({
    ...{ operation: 'create-contact', method: 'POST', path: '/contacts/', version, scope },
    body: createShape,
    handle: ({ location, body }) => {
      const change = readInput(location, body);
      if (!location.settings.allowDuplicateContact) refuseTwin(location, change);
      return created({ contact: writtenContact(createContact(location, change)) });
    },
  }),
  route({
    ...{ operation: 'upsert-contact', method: 'POST', path: '/contacts/upsert', version, scope },
    body: upsertShape,
    handle: ({ location, body }) => upsert(location, body, body.createNewIfDuplicateAllowed === true),
  }),
  route({
    ...{ operation: 'get-contact', method: 'GET', path: '/contacts/:contactId', version },
    scope: 'contacts.readonly',
    handle: (call) => ok({ contact: readContact(contactOf(call.location, param(call, 'contactId'))) }),
  }),
  route({
    ...{ operation: 'update-contact', method: 'PUT', path: '/contacts/:contactId', version, scope },
    body: updateShape,
    handle: (call) => {
      const contact = contactOf(call.location, param(call, 'contactId'));
      const change = readInput(call.location, call.body);
      if (!call.location.settings.allowDuplicateContact) refuseTwin(call.location, change, contact.id);
      return ok({
        succeded: true,
        contact: readContact(storeContact(call.location, applyChange(call.location, contact, change))),
      });
    },
  }),
  route({
    ...{ operation: 'delete-contact', method: 'DELETE', path: '/contacts/:contactId', version, scope },
    handle: (call) => {
      deleteContact(call.location, contactOf(call.location, param(call, 'contactId')));
      return ok({ succeded: true });
    },
  }),
];

interface Twin {
  readonly contact: Contact;
  readonly field: 'email' | 'phone';
}

/** The contact that the change would double, by the location's order of fields. */
function findTwin(location: Location, change: ContactChange, exceptId?: string): Twin | undefined {
  for (const field of location.ghl().duplicatePriority) {
    const value = change.texts.get(field);
    const contact = value === undefined ? undefined : location.contacts.findBy(field, value, exceptId);
    if (contact) return { contact, field };
  }
  return undefined;
}

function refuseTwin(location: Location, change: ContactChange, exceptId?: string): void {
  const twin = findTwin(location, change, exceptId);
  if (!twin) return;
  const meta = {
    contactId: twin.contact.id,
    contactName: fullName(twin.contact),
    matchingField: twin.field,
  };
  throw badRequest('This location does not allow duplicated contacts.', { meta });
}

function upsert(location: Location, body: ContactInput, createNew: boolean): Answer {
  const change = readInput(location, body);
  const twin = createNew && location.settings.allowDuplicateContact ? undefined : findTwin(location, change);
  if (!twin) return ok({ new: true, contact: readContact(createContact(location, change)) });
  const texts = new Map(change.texts);
  texts.delete('gender'); // Answered 200 and thrown away on an existing contact (#313).
  // The other field may belong to a third contact: GHL ignores it, silently (#37).
  const other = twin.field === 'email' ? 'phone' : 'email';
  const wanted = texts.get(other);
  if (wanted !== undefined && location.contacts.findBy(other, wanted, twin.contact.id)) texts.delete(other);
  const contact = applyChange(location, twin.contact, { ...change, texts });
  return ok({ new: false, contact: readContact(storeContact(location, contact)) });
}
