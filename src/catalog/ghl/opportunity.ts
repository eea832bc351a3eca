import type { Resource } from '../resource.ts';

/** A deal with a contact, in a stage of a pipeline. Facts: ghl-facts.md §1 and §7. */
export const opportunity: Resource = {
  name: 'opportunity',
  idParameter: 'id',
  parent: { resource: 'contact', parameter: 'contactId' },
  create: { operation: 'create-opportunity', answer: ['opportunity'] },
  update: { operation: 'update-opportunity', answer: ['opportunity'] },
  read: { operation: 'get-opportunity', answer: ['opportunity'] },
  delete: { operation: 'delete-opportunity', answer: [] },
  createOnly: [],
  // The only text that it has.
  markField: 'name',
  createDefaults: { status: 'open' },
  references: { pipelineId: { kind: 'pipeline', operation: 'get-pipelines', answer: ['pipelines'] } },
  sole: { field: 'status', operation: 'update-opportunity-status' },
  customFields: 'opportunity',
  siblings: {
    list: { operation: 'search-opportunity', answer: ['opportunities'] },
    pages: {
      list: ['opportunities'],
      size: 100,
      after: (count) => ({ limit: 100, page: Math.floor(count / 100) + 1 }),
    },
    match: ['name', 'pipelineId'],
    lagMs: 4_000,
  },
};
