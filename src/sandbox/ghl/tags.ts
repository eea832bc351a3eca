import { missing } from './answers.ts';
import { contactOf, noteTags, replaceTags } from './contact-changes.ts';
import { cleanTags } from './contact.ts';
import type { LocationTag } from './location-records.ts';
import type { Location } from './location.ts';
import { created, ok, param, route } from './route.ts';
import { listOf, required, text } from './shape.ts';

const version = '2021-07-28';
const body = { tags: required(listOf(text)) };

export const tagRoutes = [
  route({
    ...{ operation: 'add-tags', method: 'POST', path: '/contacts/:contactId/tags', version },
    ...{ scope: 'contacts.write', body },
    handle: (call) => {
      const contact = contactOf(call.location, param(call, 'contactId'));
      const tags = cleanTags([...contact.tags, ...call.body.tags]);
      return created({ tags: replaceTags(call.location, contact, tags).tags });
    },
  }),
  route({
    ...{ operation: 'remove-tags', method: 'DELETE', path: '/contacts/:contactId/tags', version },
    ...{ scope: 'contacts.write', body },
    handle: (call) => {
      const contact = contactOf(call.location, param(call, 'contactId'));
      const gone = new Set(cleanTags(call.body.tags));
      const tags = contact.tags.filter((tag) => !gone.has(tag));
      return ok({ tags: replaceTags(call.location, contact, tags).tags });
    },
  }),
  route({
    ...{ operation: 'get-location-tags', method: 'GET', path: '/locations/:locationId/tags', version },
    scope: 'locations/tags.readonly',
    handle: ({ location }) => ok({ tags: [...location.tags.values()] }),
  }),
  route({
    ...{ operation: 'create-tag', method: 'POST', path: '/locations/:locationId/tags', version },
    ...{ scope: 'locations/tags.write', body: { name: required(text) } },
    handle: (call) => {
      noteTags(call.location, cleanTags([call.body.name]));
      return ok({ tag: call.location.tags.get(call.body.name.trim().toLowerCase()) });
    },
  }),
  route({
    ...{ operation: 'get-tag-by-id', method: 'GET', path: '/locations/:locationId/tags/:tagId', version },
    scope: '',
    handle: (call) => ok({ tag: tagById(call.location, param(call, 'tagId')) }),
  }),
  route({
    ...{ operation: 'update-tag', method: 'PUT', path: '/locations/:locationId/tags/:tagId', version },
    ...{ scope: '', body: { name: required(text) } },
    handle: (call) => ok({ tag: renameTag(call.location, param(call, 'tagId'), call.body.name) }),
  }),
  route({
    ...{ operation: 'delete-tag', method: 'DELETE', path: '/locations/:locationId/tags/:tagId', version },
    scope: '',
    handle: (call) => {
      call.location.tags.delete(tagById(call.location, param(call, 'tagId')).name);
      return ok({ succeded: true });
    },
  }),
];

function renameTag(location: Location, id: string, to: string): LocationTag {
  const old = tagById(location, id);
  const tag = { ...old, name: cleanTags([to])[0] ?? old.name };
  location.tags.delete(old.name);
  location.tags.set(tag.name, tag);
  return tag;
}

function tagById(location: Location, id: string): LocationTag {
  const tag = location.tags.values().find((candidate) => candidate.id === id);
  if (!tag) throw missing(400, 'Tag not found');
  return tag;
}
