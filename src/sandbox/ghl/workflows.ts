import { missing } from './answers.ts';
import { contactOf } from './contact-changes.ts';
import { defined } from './defined.ts';
import type { WorkflowRun } from './location-records.ts';
import type { GhlCall } from './route.ts';
import { created, ok, param, route } from './route.ts';
import { isoInstant, required, text } from './shape.ts';
import type { Shaped } from './shape.ts';

const version = '2021-07-28';
const write = { version, scope: 'contacts.write' } as const;
const path = '/contacts/:contactId/workflow/:workflowId';
const campaignPath = '/contacts/:contactId/campaigns/:campaignId';
const body = { eventStartTime: isoInstant };

/** Each call starts the workflow once more: nothing here is safe to repeat. */
export const workflowRoutes = [
  route({
    ...{
      operation: 'get-workflow',
      method: 'GET',
      path: '/workflows/',
      version,
      scope: 'workflows.readonly',
    },
    query: { locationId: required(text) },
    handle: ({ location }) => {
      const stamp = location.stamp();
      const rest = { status: 'published', version: 1, createdAt: stamp, updatedAt: stamp };
      const workflows = [...location.workflows.values()];
      return ok({ workflows: workflows.map((one) => ({ ...one, ...rest, locationId: location.id })) });
    },
  }),
  route({
    ...{ operation: 'add-contact-to-workflow', method: 'POST', path, ...write, body },
    handle: (call) => run(call, 'added'),
  }),
  route({
    ...{ operation: 'delete-contact-from-workflow', method: 'DELETE', path, ...write, body },
    handle: (call) => run(call, 'removed'),
  }),
  route({
    ...{ operation: 'add-contact-to-campaign', method: 'POST', path: campaignPath, ...write, body: {} },
    handle: (call) => {
      const contactId = contactOf(call.location, param(call, 'contactId')).id;
      call.location.campaignRuns.push({ contactId, campaignId: param(call, 'campaignId') });
      return created({ succeded: true });
    },
  }),
  route({
    ...{ operation: 'remove-contact-from-campaign', method: 'DELETE', path: campaignPath, ...write },
    handle: (call) => {
      contactOf(call.location, param(call, 'contactId'));
      return ok({ succeded: true });
    },
  }),
  route({
    operation: 'remove-contact-from-every-campaign',
    ...{ method: 'DELETE', path: '/contacts/:contactId/campaigns/removeAll', ...write },
    handle: (call) => {
      contactOf(call.location, param(call, 'contactId'));
      return ok({ succeded: true });
    },
  }),
];

function run(call: GhlCall<Shaped<typeof body>, unknown>, change: WorkflowRun['change']) {
  const { location } = call;
  const contactId = contactOf(location, param(call, 'contactId')).id;
  const workflow = location.workflows.get(param(call, 'workflowId'));
  if (!workflow) throw missing(400, 'Workflow not found');
  const { eventStartTime } = call.body;
  const ran = { contactId, workflowId: workflow.id, change, at: location.stamp() };
  location.workflowRuns.push({ ...ran, ...defined({ eventStartTime }) });
  return ok({ succeded: true });
}
