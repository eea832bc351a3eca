import type { Fields } from '../../model/step.ts';
import { idOf, listIn, type IdentityQuestion, type Resource } from '../resource.ts';

/** A company that contacts belong to. Found by its name, as the API has no other identity for it. */
export const business: Resource = {
  name: 'business',
  idParameter: 'businessId',
  // Sic, in the official document of both.
  create: { operation: 'create-business', answer: ['buiseness'], orElse: ['business'] },
  update: { operation: 'update-business', answer: ['buiseness'] },
  read: { operation: 'get-business', answer: ['business'] },
  createdAt: 'createdAt',
  delete: { operation: 'delete-Business', answer: [] }, // sic
  createOnly: [],
  identity: {
    find: 'get-businesses-by-location',
    lagMs: 2_000,
    twins: 'allowed',
    question,
    pages: { list: ['businesses'], size: 100, after: (count) => ({ limit: '100', skip: String(count) }) },
    pick: (body, { value }) =>
      idOf(
        listIn(body, ['businesses']).find(
          ({ name }) => typeof name === 'string' && normal(name) === normal(value),
        ),
      ),
    duplicateIn: () => undefined,
  },
};

function question(_key: string, fields: Fields): IdentityQuestion | undefined {
  const name = fields['name'];
  return typeof name === 'string' && name !== '' ? { field: 'name', value: name, query: {} } : undefined;
}

function normal(name: string): string {
  return name.trim().toLowerCase();
}
