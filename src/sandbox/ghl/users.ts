import { missing } from './answers.ts';
import { ok, param, route } from './route.ts';
import { digits, required, text } from './shape.ts';

const readonly = { version: '2021-07-28', scope: 'users.readonly' } as const;

export const userRoutes = [
  route({
    ...{ operation: 'get-user-by-location', method: 'GET', path: '/users/', ...readonly },
    query: { locationId: required(text) },
    handle: ({ location }) => ok({ users: [...location.users.values()] }),
  }),
  route({
    ...{ operation: 'search-users', method: 'GET', path: '/users/search', ...readonly },
    query: {
      ...{ companyId: required(text), query: text, skip: digits, limit: digits, locationId: text },
      ...{ type: text, role: text, ids: text, sort: text, sortDirection: text, enabled2waySync: text },
    },
    handle: ({ location, query }) => {
      const wanted = (query.query ?? '').toLowerCase();
      const users = [...location.users.values()];
      return ok({ users: users.filter((user) => user.name.toLowerCase().includes(wanted)) });
    },
  }),
  route({
    ...{ operation: 'get-user', method: 'GET', path: '/users/:userId', ...readonly },
    handle: (call) => {
      const user = call.location.users.get(param(call, 'userId'));
      if (!user) throw missing(400, 'User not found');
      return ok(user);
    },
  }),
];
