import { missing } from './answers.ts';
import { defined } from './defined.ts';
import type { Business } from './location-records.ts';
import type { Location } from './location.ts';
import { created, ok, param, route } from './route.ts';
import { digits, required, text } from './shape.ts';

const version = '2021-07-28';
const write = { version, scope: 'businesses.write' } as const;
const readonly = { version, scope: 'businesses.readonly' } as const;
const texts = {
  ...{ phone: text, email: text, website: text, address: text, city: text, description: text },
  ...{ state: text, postalCode: text, country: text },
};

/** The answers of create and update spell their property `buiseness`. */
export const businessRoutes = [
  route({
    ...{ operation: 'create-business', method: 'POST', path: '/businesses/', ...write },
    body: { ...texts, name: required(text), locationId: required(text) },
    handle: ({ location, body }) => {
      const stamp = location.stamp();
      const business = { ...defined(body), id: location.newId(), createdAt: stamp, updatedAt: stamp };
      location.businesses.set(business.id, business);
      return created({ success: true, buiseness: business });
    },
  }),
  route({
    ...{ operation: 'get-businesses-by-location', method: 'GET', path: '/businesses/', ...readonly },
    query: { locationId: required(text), limit: digits, skip: digits },
    handle: ({ location, query }) => {
      const skip = Number(query.skip ?? 0);
      const all = [...location.businesses.values()];
      return ok({ businesses: all.slice(skip, skip + Number(query.limit ?? 100)) });
    },
  }),
  route({
    ...{ operation: 'get-business', method: 'GET', path: '/businesses/:businessId', ...readonly },
    handle: (call) => ok({ business: businessOf(call.location, param(call, 'businessId')) }),
  }),
  route({
    ...{ operation: 'update-business', method: 'PUT', path: '/businesses/:businessId', ...write },
    body: { ...texts, name: text },
    handle: (call) => {
      const old = businessOf(call.location, param(call, 'businessId'));
      const business = { ...old, ...defined(call.body), updatedAt: call.location.stamp() };
      call.location.businesses.set(business.id, business);
      return ok({ success: true, buiseness: business });
    },
  }),
  route({
    ...{ operation: 'delete-Business', method: 'DELETE', path: '/businesses/:businessId', ...write },
    handle: (call) => {
      call.location.businesses.delete(businessOf(call.location, param(call, 'businessId')).id);
      return ok({ success: true });
    },
  }),
];

export function businessOf(location: Location, id: string): Business {
  const business = location.businesses.get(id);
  if (!business) throw missing(400, 'Business not found');
  return business;
}
