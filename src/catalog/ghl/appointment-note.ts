import type { Resource } from '../resource.ts';

/** A text about an appointment. Facts: ghl-facts.md §4. */
export const appointmentNote: Resource = {
  name: 'appointment-note',
  idParameter: 'noteId',
  parent: { resource: 'appointment', parameter: 'appointmentId' },
  create: { operation: 'create-appointment-note', answer: ['note'] },
  update: { operation: 'update-appointment-note', answer: ['note'] },
  delete: { operation: 'delete-appointment-note', answer: [] },
  createOnly: [],
  markField: 'body',
  siblings: {
    list: { operation: 'get-appointment-notes', answer: ['notes'] },
    // Its list wants both, and gives no more than 20 at a time.
    pages: { list: ['notes'], size: 20, after: (count) => ({ limit: 20, offset: count }) },
    match: ['body'],
    lagMs: 2_000,
  },
};
