import type { Opportunity } from './location-records.ts';
import type { Location } from './location.ts';
import { shownOpportunity } from './opportunity-views.ts';
import { ok, route } from './route.ts';
import {
  anything,
  count,
  digits,
  flag,
  listOf,
  objectOf,
  oneOf,
  present,
  queryFlag,
  required,
  text,
} from './shape.ts';

const readonly = { version: '2021-07-28', scope: 'opportunities.readonly' } as const;
const flags = {
  ...{ notes: required(flag), tasks: required(flag), calendarEvents: required(flag) },
  unReadConversations: required(flag),
};
export const opportunitySearchRoutes = [
  route({
    ...{ operation: 'get-pipelines', method: 'GET', path: '/opportunities/pipelines', ...readonly },
    query: { locationId: required(text) },
    handle: ({ location }) => {
      const pipelines = [...location.pipelines.values()];
      return ok({
        pipelines: pipelines.map((one) => ({ ...one, showInFunnel: true, showInPieChart: true })),
      });
    },
  }),
  route({
    // The only operation whose query is in snake case.
    ...{ operation: 'search-opportunity', method: 'GET', path: '/opportunities/search', ...readonly },
    query: {
      ...{
        location_id: required(text),
        q: text,
        pipeline_id: text,
        pipeline_stage_id: text,
        contact_id: text,
      },
      ...{ status: oneOf('open', 'won', 'lost', 'abandoned', 'all'), assigned_to: text, campaignId: text },
      ...{ id: text, order: text, endDate: text, startAfter: text, startAfterId: text, date: text },
      ...{ country: text, page: digits, limit: digits, getTasks: queryFlag, getNotes: queryFlag },
      getCalendarEvents: queryFlag,
    },
    handle: ({ location, query }) => {
      const found = location.opportunityIndex
        .visible()
        .filter((one) => query.id === undefined || one.id === query.id)
        .filter((one) => query.contact_id === undefined || one.contactId === query.contact_id)
        .filter((one) => query.pipeline_id === undefined || one.pipelineId === query.pipeline_id)
        .filter((one) => (query.pipeline_stage_id ?? one.pipelineStageId) === one.pipelineStageId)
        .filter((one) => query.assigned_to === undefined || one.assignedTo === query.assigned_to)
        .filter((one) => [undefined, 'all', one.status].includes(query.status))
        .filter((one) => matches(one, query.q ?? ''));
      const page = Number(query.page ?? 1);
      const rows = pageOf(found, page, Number(query.limit ?? 20));
      const meta = {
        ...{ total: found.length, currentPage: page, nextPage: rows.more ? page + 1 : null },
        prevPage: page > 1 ? page - 1 : null,
      };
      return ok({ opportunities: shown(location, rows.page), meta, aggregations: {} });
    },
  }),
  route({
    ...{ operation: 'search-opportunities-advanced', method: 'POST', path: '/opportunities/search' },
    ...readonly,
    body: {
      ...{ locationId: required(text), query: present(text), limit: required(count), page: required(count) },
      ...{ searchAfter: required(listOf(anything)), additionalDetails: required(objectOf(flags)) },
    },
    handle: ({ location, body }) => {
      const found = location.opportunityIndex.visible().filter((one) => matches(one, body.query));
      const { page } = pageOf(found, body.page, body.limit);
      return ok({ opportunities: shown(location, page), total: found.length, aggregations: {} });
    },
  }),
];

function matches(opportunity: Opportunity, query: string): boolean {
  return opportunity.name.toLowerCase().includes(query.toLowerCase());
}

function pageOf(found: readonly Opportunity[], page: number, limit: number) {
  const from = (page - 1) * limit;
  return { page: found.slice(from, from + limit), more: found.length > from + limit };
}

function shown(location: Location, found: readonly Opportunity[]): readonly object[] {
  return found.map((one) => shownOpportunity(location, one));
}
