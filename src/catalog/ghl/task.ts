import type { Resource } from '../resource.ts';

/** Something to do about a contact. Facts: ghl-facts.md §3. */
export const task: Resource = {
  name: 'task',
  idParameter: 'taskId',
  parent: { resource: 'contact', parameter: 'contactId' },
  create: { operation: 'create-task', answer: ['task'] },
  update: { operation: 'update-task', answer: ['task'] },
  read: { operation: 'get-task', answer: ['task'] },
  delete: { operation: 'delete-task', answer: [] },
  createOnly: [],
  markField: 'body',
  createDefaults: { completed: false },
  sole: { field: 'completed', operation: 'update-task-completed' },
  // People complete tasks and hand them on: what is found by must stay.
  siblings: {
    list: { operation: 'get-all-tasks', answer: ['tasks'] },
    match: ['title', 'dueDate'],
    lagMs: 2_000,
  },
};
