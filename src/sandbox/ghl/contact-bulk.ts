import { unprocessable } from './answers.ts';
import { businessOf } from './businesses.ts';
import { contactOf, replaceTags, storeContact } from './contact-changes.ts';
import { cleanTags, listedContact } from './contact.ts';
import type { Location } from './location.ts';
import { created, ok, param, route } from './route.ts';
import { digits, flag, listOf, nullable, required, text } from './shape.ts';
import { without } from '../http/without.ts';

const version = '2021-07-28';
const write = { version, scope: 'contacts.write' } as const;
const followersPath = '/contacts/:contactId/followers';
const followers = { followers: required(listOf(text)) };

export const contactBulkRoutes = [
  route({
    // The official id is `create-association`; the path's `type` is in no schema, in prose "add" or "remove".
    ...{ operation: 'create-association', method: 'POST', path: '/contacts/bulk/tags/update/:type' },
    ...{ version, scope: '' },
    body: {
      ...{ contacts: required(listOf(text)), tags: required(listOf(text)) },
      ...{ locationId: required(text), removeAllTags: flag },
    },
    handle: (call) => {
      const type = param(call, 'type');
      if (type !== 'add' && type !== 'remove') throw unprocessable(['type must be add or remove']);
      const { contacts, tags, removeAllTags = false } = call.body;
      const wish = { type, tags: cleanTags(tags), removeAll: removeAllTags } as const;
      const responses = contacts.map((id) => bulkTags(call.location, id, wish));
      const errorCount = responses.filter((response) => response.type === 'error').length;
      return created({ succeded: true, errorCount, responses });
    },
  }),
  route({
    ...{ operation: 'add-remove-contact-from-business', method: 'POST', path: '/contacts/bulk/business' },
    ...{ version, scope: '' },
    body: {
      ...{ locationId: required(text), ids: required(listOf(text, 50)) },
      businessId: required(nullable(text)),
    },
    handle: ({ location, body }) => {
      const { businessId } = body;
      if (businessId !== null) businessOf(location, businessId);
      for (const id of body.ids) {
        const contact = without(contactOf(location, id), 'businessId');
        const dateUpdated = location.stamp();
        storeContact(location, { ...contact, dateUpdated, ...(businessId !== null && { businessId }) });
      }
      return ok({ success: true, ids: body.ids });
    },
  }),
  route({
    ...{ operation: 'get-contacts-by-businessId', method: 'GET', path: '/contacts/business/:businessId' },
    ...{ version, scope: 'contacts.readonly' },
    query: { limit: digits, locationId: required(text), skip: digits, query: text },
    handle: (call) => {
      const businessId = param(call, 'businessId');
      const all = call.location.contacts.all().filter((contact) => contact.businessId === businessId);
      const skip = Number(call.query.skip ?? 0);
      const contacts = all.slice(skip, skip + Number(call.query.limit ?? 25)).map(listedContact);
      return ok({ contacts, count: all.length });
    },
  }),
  route({
    ...{ operation: 'add-followers-contact', method: 'POST', path: followersPath, ...write, body: followers },
    handle: (call) => {
      const contact = contactOf(call.location, param(call, 'contactId'));
      const followersAdded = call.body.followers.filter((id) => !contact.followers.includes(id));
      const all = [...contact.followers, ...followersAdded];
      storeContact(call.location, { ...contact, followers: all, dateUpdated: call.location.stamp() });
      return created({ followers: all, followersAdded });
    },
  }),
  route({
    ...{ operation: 'remove-followers-contact', method: 'DELETE', path: followersPath, ...write },
    body: followers,
    handle: (call) => {
      const contact = contactOf(call.location, param(call, 'contactId'));
      const gone = new Set(call.body.followers);
      const left = contact.followers.filter((id) => !gone.has(id));
      storeContact(call.location, { ...contact, followers: left, dateUpdated: call.location.stamp() });
      return ok({ followers: left, followersRemoved: contact.followers.filter((id) => gone.has(id)) });
    },
  }),
];

interface BulkTags {
  readonly type: 'add' | 'remove';
  readonly tags: readonly string[];
  /** Only heard by `remove`. */
  readonly removeAll: boolean;
}

function bulkTags(location: Location, contactId: string, wish: BulkTags) {
  const contact = location.contacts.get(contactId);
  if (!contact) return { contactId, message: 'contact is deleted', type: 'error' } as const;
  const oldTags = contact.tags;
  const added = wish.type === 'add' ? wish.tags.filter((tag) => !oldTags.includes(tag)) : [];
  const goes = (tag: string) => wish.type === 'remove' && (wish.removeAll || wish.tags.includes(tag));
  const tagsRemoved = oldTags.filter(goes);
  replaceTags(location, contact, [...oldTags.filter((tag) => !goes(tag)), ...added]);
  return {
    contactId,
    message: 'Tags updated',
    type: 'success',
    oldTags,
    tagsAdded: added,
    tagsRemoved,
  } as const;
}
