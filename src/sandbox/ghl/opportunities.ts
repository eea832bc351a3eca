import { badRequest, missing, unprocessable } from './answers.ts';
import { contactOf } from './contact-changes.ts';
import { defined } from './defined.ts';
import type { Opportunity, Pipeline } from './location-records.ts';
import type { Location } from './location.ts';
import { opportunityWebhook, shownOpportunity } from './opportunity-views.ts';
import { created, ok, param, route } from './route.ts';
import { amount, anything, listOf, objectOf, oneOf, required, text } from './shape.ts';

const version = '2021-07-28';
const write = { version, scope: 'opportunities.write' } as const;

/** The schema also lists `all`, which only makes sense in a search. */
const status = oneOf('open', 'won', 'lost', 'abandoned');
const optional = {
  ...{ pipelineStageId: text, monetaryValue: amount, assignedTo: text },
  customFields: listOf(objectOf({ id: text, key: text, field_value: anything })),
};

export const opportunityRoutes = [
  route({
    ...{ operation: 'create-opportunity', method: 'POST', path: '/opportunities/', ...write },
    body: {
      ...{ ...optional, pipelineId: required(text), locationId: required(text), name: required(text) },
      ...{ status: required(status), contactId: required(text) },
    },
    handle: ({ location, body }) => {
      const contact = contactOf(location, body.contactId);
      const pipeline = pipelineOf(location, body.pipelineId);
      refuseTwin(location, contact.id, pipeline.id);
      const stamp = location.stamp();
      const { pipelineId, name, monetaryValue, assignedTo } = body;
      const opportunity: Opportunity = {
        ...{ id: location.newId(), locationId: location.id, contactId: contact.id, pipelineId, name },
        ...{ pipelineStageId: stageOf(pipeline, body.pipelineStageId), status: body.status },
        ...defined({ monetaryValue, assignedTo }),
        ...{ customFields: customFields(location, body.customFields ?? []), followers: [] },
        ...{ lastStatusChangeAt: stamp, lastStageChangeAt: stamp, createdAt: stamp, updatedAt: stamp },
      };
      store(location, opportunity, ['OpportunityCreate']);
      return created({ opportunity: shownOpportunity(location, opportunity) });
    },
  }),
  route({
    ...{ operation: 'get-opportunity', method: 'GET', path: '/opportunities/:id', version },
    scope: 'opportunities.readonly',
    handle: (call) =>
      ok({
        opportunity: shownOpportunity(call.location, opportunityOf(call.location, param(call, 'id'))),
      }),
  }),
  route({
    ...{ operation: 'update-opportunity', method: 'PUT', path: '/opportunities/:id', ...write },
    body: { ...optional, pipelineId: text, name: text, status },
    handle: (call) => {
      const { location, body } = call;
      const { customFields: inputs, ...plain } = body;
      const opportunity = change(location, opportunityOf(location, param(call, 'id')), {
        ...plain,
        ...(inputs && { customFields: customFields(location, inputs) }),
      });
      return ok({ opportunity: shownOpportunity(location, opportunity) });
    },
  }),
  route({
    ...{ operation: 'update-opportunity-status', method: 'PUT', path: '/opportunities/:id/status', ...write },
    body: { status: required(status), lostReasonId: text },
    handle: (call) => {
      change(call.location, opportunityOf(call.location, param(call, 'id')), call.body);
      return ok({ succeded: true });
    },
  }),
  route({
    ...{ operation: 'delete-opportunity', method: 'DELETE', path: '/opportunities/:id', ...write },
    handle: (call) => {
      const opportunity = opportunityOf(call.location, param(call, 'id'));
      call.location.opportunities.remove(opportunity.id);
      call.location.opportunityIndex.note(opportunity.id, undefined);
      call.location.emit('OpportunityDelete', () => opportunityWebhook(opportunity));
      return ok({ succeded: true });
    },
  }),
];

function opportunityOf(location: Location, id: string): Opportunity {
  const opportunity = location.opportunities.get(id);
  if (!opportunity) throw missing(400, 'Opportunity not found');
  return opportunity;
}

function pipelineOf(location: Location, id: string): Pipeline {
  const pipeline = location.pipelines.get(id);
  if (!pipeline) throw missing(400, 'Pipeline not found');
  return pipeline;
}

/** The stage, or the pipeline's first. */
function stageOf(pipeline: Pipeline, id: string | undefined): string {
  const stage = pipeline.stages.find((candidate) => id === undefined || candidate.id === id);
  if (!stage) throw missing(400, 'Pipeline stage not found');
  return stage.id;
}

function refuseTwin(location: Location, contactId: string, pipelineId: string): void {
  if (location.settings.allowDuplicateOpportunity) return;
  const twin = location.opportunities.of(contactId).some((one) => one.pipelineId === pipelineId);
  if (twin) throw badRequest('Can not create duplicate opportunity for the contact.');
}

function customFields(
  location: Location,
  inputs: readonly {
    readonly id?: string | undefined;
    readonly key?: string | undefined;
    readonly field_value?: unknown;
  }[],
): Opportunity['customFields'] {
  return inputs.map((input, index) => {
    const field = location.customFields
      .values()
      .find(
        (one) => one.id === input.id || (input.key !== undefined && one.fieldKey.endsWith(`.${input.key}`)),
      );
    if (field?.model !== 'opportunity') throw unprocessable([`customFields.${index} is not known`]);
    return { id: field.id, fieldValue: input.field_value };
  });
}

type Change = {
  readonly [K in keyof Opportunity]?: Opportunity[K] | undefined;
};

function change(location: Location, old: Opportunity, wish: Change): Opportunity {
  const stamp = location.stamp();
  const wanted = { ...old, ...defined(wish) };
  const pipeline = pipelineOf(location, wanted.pipelineId);
  const stageId = pipeline.id === old.pipelineId ? wanted.pipelineStageId : wish.pipelineStageId;
  const pipelineStageId = stageOf(pipeline, stageId);
  const staged = pipelineStageId !== old.pipelineStageId;
  const resolved = wanted.status !== old.status;
  const opportunity = {
    ...{ ...wanted, pipelineStageId, updatedAt: stamp },
    ...(staged && { lastStageChangeAt: stamp }),
    ...(resolved && { lastStatusChangeAt: stamp }),
  };
  // One change fires several webhooks (#27).
  store(location, opportunity, [
    'OpportunityUpdate',
    ...(staged ? ['OpportunityStageUpdate'] : []),
    ...(resolved ? ['OpportunityStatusUpdate'] : []),
    ...(wanted.monetaryValue !== old.monetaryValue ? ['OpportunityMonetaryValueUpdate'] : []),
    ...(wanted.assignedTo !== old.assignedTo ? ['OpportunityAssignedToUpdate'] : []),
  ]);
  return opportunity;
}

function store(location: Location, opportunity: Opportunity, types: readonly string[]): void {
  location.opportunities.put(opportunity);
  location.opportunityIndex.note(opportunity.id, opportunity);
  for (const type of types) location.emit(type, () => opportunityWebhook(opportunity));
}
