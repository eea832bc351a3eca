import type { Resource } from '../resource.ts';

/** A text about a contact. Facts: ghl-facts.md §3. */
export const note: Resource = {
  name: 'note',
  idParameter: 'id',
  parent: { resource: 'contact', parameter: 'contactId' },
  create: { operation: 'create-note', answer: ['note'] },
  update: { operation: 'update-note', answer: ['note'] },
  read: { operation: 'get-note', answer: ['note'] },
  delete: { operation: 'delete-note', answer: [] },
  createOnly: [],
  markField: 'body',
  siblings: {
    list: { operation: 'get-all-notes', answer: ['notes'] },
    match: ['title', 'body'],
    lagMs: 2_000,
  },
};
