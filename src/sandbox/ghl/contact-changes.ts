import { missing } from './answers.ts';
import { applyChange } from './contact-input.ts';
import type { ContactChange } from './contact-input.ts';
import { contactWebhook } from './contact-webhook.ts';
import type { Contact } from './contact.ts';
import type { Location } from './location.ts';

export function contactOf(location: Location, id: string): Contact {
  const contact = location.contacts.get(id);
  if (!contact) throw missing(location.ghl().unknownContact, 'Contact not found');
  return contact;
}

/** Stores a new contact, whatever others there are. */
export function createContact(location: Location, change: ContactChange, id = location.newId()): Contact {
  const stamp = location.stamp();
  const blank: Contact = {
    ...{ id, locationId: location.id, tags: [], customFields: [], dnd: false, followers: [] },
    dateAdded: stamp,
    dateUpdated: stamp,
  };
  return storeContact(location, applyChange(location, blank, change));
}

/** Puts a contact in place of its old copy and tells those who listen. */
export function storeContact(location: Location, contact: Contact): Contact {
  const old = location.contacts.get(contact.id);
  put(location, contact);
  location.emit(old ? 'ContactUpdate' : 'ContactCreate', () => contactWebhook(contact));
  if (!sameTags(old?.tags ?? [], contact.tags)) {
    location.emit('ContactTagUpdate', () => contactWebhook(contact));
  }
  return contact;
}

/** What hangs on the contact goes with it. */
export function deleteContact(location: Location, contact: Contact): void {
  location.contacts.remove(contact.id);
  for (const children of [location.tasks, location.notes, location.appointments, location.opportunities]) {
    children.removeOf(contact.id);
  }
  location.emit('ContactDelete', () => contactWebhook(contact));
}

export function replaceTags(location: Location, contact: Contact, tags: readonly string[]): Contact {
  if (sameTags(contact.tags, tags)) return contact;
  const changed = { ...contact, tags, dateUpdated: location.stamp() };
  put(location, changed);
  location.emit('ContactTagUpdate', () => contactWebhook(changed));
  return changed;
}

function sameTags(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((tag, index) => tag === other[index]);
}

/** A tag that a contact gets comes into being for the location. */
export function noteTags(location: Location, tags: readonly string[]): void {
  for (const name of tags) {
    if (location.tags.has(name)) continue;
    location.tags.set(name, { id: location.newId(), name, locationId: location.id });
  }
}

function put(location: Location, contact: Contact): void {
  location.contacts.put(contact);
  noteTags(location, contact.tags);
}
