import { missing } from './answers.ts';
import { newCustomField } from './custom-field.ts';
import { defined } from './defined.ts';
import type { CustomField } from './location-records.ts';
import type { Location } from './location.ts';
import { created, ok, param, route } from './route.ts';
import { anything, count, digits, flag, listOf, oneOf, required, text } from './shape.ts';

const version = '2021-07-28';
const path = '/locations/:locationId/customFields';

const model = oneOf('contact', 'opportunity');
const editable = {
  placeholder: text,
  acceptedFormat: listOf(text),
  isMultipleFile: flag,
  maxNumberOfFiles: count,
  textBoxListOptions: listOf(anything),
  position: count,
  model,
};

export const locationRoutes = [
  route({
    ...{ operation: 'get-location', method: 'GET', path: '/locations/:locationId', version },
    scope: 'locations.readonly',
    handle: ({ location }) => ok({ location: { ...shownLocation(location), companyId: location.companyId } }),
  }),
  route({
    ...{ operation: 'search-locations', method: 'GET', path: '/locations/search', version },
    scope: 'locations.readonly',
    query: { companyId: text, skip: digits, limit: digits, order: oneOf('asc', 'desc'), email: text },
    handle: ({ location }) => ok({ locations: [shownLocation(location)] }),
  }),
  route({
    ...{ operation: 'get-custom-fields', method: 'GET', path, version },
    scope: 'locations/customFields.readonly',
    query: { model: oneOf('contact', 'opportunity', 'all') },
    handle: ({ location, query }) => {
      const wanted = query.model ?? 'contact';
      const fields = [...location.customFields.values()];
      return ok({ customFields: fields.filter((field) => wanted === 'all' || field.model === wanted) });
    },
  }),
  route({
    ...{ operation: 'create-custom-field', method: 'POST', path, version },
    scope: 'locations/customFields.write',
    body: { ...editable, name: required(text), dataType: required(text) },
    handle: ({ location, body }) => created({ customField: newCustomField(location, defined(body)) }),
  }),
  route({
    ...{ operation: 'get-custom-field', method: 'GET', path: `${path}/:id`, version, scope: '' },
    handle: (call) => ok({ customField: fieldOf(call.location, param(call, 'id')) }),
  }),
  route({
    ...{ operation: 'update-custom-field', method: 'PUT', path: `${path}/:id`, version, scope: '' },
    body: { ...editable, name: required(text) },
    handle: (call) => {
      const { id, fieldKey, dataType } = fieldOf(call.location, param(call, 'id'));
      const customField = newCustomField(call.location, { ...defined(call.body), id, fieldKey, dataType });
      return ok({ customField });
    },
  }),
  route({
    ...{ operation: 'delete-custom-field', method: 'DELETE', path: `${path}/:id`, version, scope: '' },
    handle: (call) => {
      call.location.customFields.delete(fieldOf(call.location, param(call, 'id')).id);
      return ok({ succeded: true });
    },
  }),
];

function shownLocation(location: Location): object {
  const { id, name, timezone, country, settings } = location;
  return { ...{ id, name, timezone, country, settings }, email: 'office@example.com', social: {} };
}

/** By id, or by key: the official path says "id or fieldKey". */
function fieldOf(location: Location, idOrKey: string): CustomField {
  const field =
    location.customFields.get(idOrKey) ??
    location.customFields.values().find((candidate) => candidate.fieldKey === idOrKey);
  if (!field) throw missing(400, 'Custom field not found');
  return field;
}
