import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { routes } from '../../src/sandbox/ghl/routes.ts';
import { seedIds } from '../../src/sandbox/ghl/seed-location.ts';
import { runningGhl } from './running-ghl.ts';

const folder = new URL('../../../shared/reference/highlevel/apps/', import.meta.url);
const { ghl, call } = runningGhl({ searchLagMs: 0 });

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}
interface Document {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly responses: Readonly<
              Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Schema }>> }>
            >;
          }
        >
      >
    >
  >;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** Shown in spite of the schema: `traceId` is on every answer; schemas that list an array of arrays say nothing. */
const free = ['traceId'];

test.skipIf(!existsSync(folder))(
  'every answer has the official status, and no property of its own',
  async () => {
    await aLittleOfEverything();

    const odd = seen.flatMap(({ operation, status, body }) => oddities(operation, status, body));
    expect([...new Set(odd)].sort()).toEqual([]);
    const missing = routes
      .map((route) => route.operation)
      .filter((name) => !seen.some((one) => one.operation === name));
    expect(missing).toEqual([]);
  },
);

const seen: { readonly operation: string; readonly status: number; readonly body: unknown }[] = [];

async function go(method: string, path: string, body?: unknown): Promise<Readonly<Record<string, unknown>>> {
  const got = await call(method, path, body);
  const operation = ghl().calls.at(-1)?.operation ?? '';
  expect(got.status, `${method} ${path} ${got.text}`).toBeLessThan(300);
  seen.push({ operation, status: got.status, body: got.body });
  return got.body;
}

async function aLittleOfEverything(): Promise<void> {
  const { locationId, calendarId } = ghl();
  const where = `locationId=${locationId}`;
  const fields = { firstName: 'Ann', lastName: 'Lee', email: 'a@example.com', phone: '+447700900123' };
  const custom = [{ id: ghl().customFieldId('package'), field_value: 'Gold' }];
  const more = { dnd: false, dateOfBirth: '1990-09-25', tags: ['vip'], timezone: 'Europe/London' };
  const full = {
    locationId,
    ...fields,
    ...more,
    customFields: custom,
    companyName: 'Lee Ltd',
    gender: 'female',
  };
  const { contact } = (await go('POST', '/contacts/', full)) as { contact: { id: string } };
  const path = `/contacts/${contact.id}`;
  await go('POST', '/contacts/upsert', { locationId, email: fields.email });
  await go('PUT', path, { city: 'Leeds', assignedTo: seedIds.user });
  await go('POST', `${path}/followers`, { followers: [seedIds.user] });
  const business = (await go('POST', '/businesses/', { name: 'Lee', locationId }))['buiseness'] as {
    id: string;
  };
  await go('POST', '/contacts/bulk/business', { locationId, ids: [contact.id], businessId: business.id });
  await go('GET', path);
  await go('POST', '/contacts/search', { locationId, pageLimit: 5 });
  await go('GET', `/contacts/search/duplicate?${where}&email=a%40example.com`);
  await go('GET', `/contacts/?${where}`);
  await go('GET', `/contacts/business/${business.id}?${where}`);
  await go('GET', `/businesses/?${where}`);
  await go('GET', `/businesses/${business.id}`);
  await go('PUT', `/businesses/${business.id}`, { city: 'Leeds' });
  await go('DELETE', `/businesses/${business.id}`);
  await go('DELETE', `${path}/followers`, { followers: [seedIds.user] });
  await go('POST', `${path}/tags`, { tags: ['a'] });
  await go('DELETE', `${path}/tags`, { tags: ['a'] });
  await go('POST', '/contacts/bulk/tags/update/add', { contacts: [contact.id], tags: ['b'], locationId });
  await children(path, locationId);
  await calendar(contact.id, calendarId, locationId);
  await opportunity(contact.id, locationId);
  await location(locationId);
  for (const name of ['workflow', 'campaigns']) {
    await go('POST', `${path}/${name}/${seedIds.workflow}`, {});
    await go('DELETE', `${path}/${name}/${seedIds.workflow}`, name === 'workflow' ? {} : undefined);
  }
  await go('DELETE', `${path}/campaigns/removeAll`);
  await go('GET', `/users/?${where}`);
  await go('GET', `/users/${seedIds.user}`);
  await go('GET', '/users/search?companyId=SandboxCompany000001');
  await go('GET', `/workflows/?${where}`);
  await go('DELETE', path);
}

async function children(path: string, locationId: string): Promise<void> {
  const wish = {
    title: 'Call',
    body: 'x',
    dueDate: '2026-06-14',
    completed: false,
    assignedTo: seedIds.user,
  };
  const { task } = (await go('POST', `${path}/tasks`, wish)) as { task: { id: string } };
  await go('GET', `${path}/tasks`);
  await go('GET', `${path}/tasks/${task.id}`);
  await go('PUT', `${path}/tasks/${task.id}`, { title: 'Ring' });
  await go('PUT', `${path}/tasks/${task.id}/completed`, { completed: true });
  await go('POST', `/locations/${locationId}/tasks/search`, {});
  await go('DELETE', `${path}/tasks/${task.id}`);
  const { note } = (await go('POST', `${path}/notes`, { body: 'Hi', userId: seedIds.user })) as {
    note: { id: string };
  };
  await go('GET', `${path}/notes`);
  await go('GET', `${path}/notes/${note.id}`);
  await go('PUT', `${path}/notes/${note.id}`, { pinned: true });
  await go('DELETE', `${path}/notes/${note.id}`);
}

async function calendar(contactId: string, calendarId: string, locationId: string): Promise<void> {
  const times = { startTime: '2026-06-14T19:00:00+01:00', endTime: '2026-06-14T20:00:00+01:00' };
  const events = '/calendars/events';
  const made = await go('POST', `${events}/appointments`, {
    ...{ calendarId, locationId, contactId, title: 'x', address: 'y', description: 'z', ...times },
    assignedUserId: seedIds.user,
  });
  const id = String(made['id']);
  await go('PUT', `${events}/appointments/${id}`, { title: 'y' });
  await go('GET', `${events}/appointments/${id}`);
  await go('GET', `/contacts/${contactId}/appointments`);
  const notes = `/calendars/appointments/${id}/notes`;
  const { note } = (await go('POST', notes, { body: 'Hi' })) as { note: { id: string } };
  await go('PUT', `${notes}/${note.id}`, { body: 'Ho' });
  await go('GET', `${notes}?limit=5&offset=0`);
  await go('DELETE', `${notes}/${note.id}`);
  const slot = await go('POST', `${events}/block-slots`, { locationId, calendarId, ...times });
  await go('PUT', `${events}/block-slots/${String(slot['id'])}`, { locationId, calendarId, title: 'Closed' });
  const day = Date.parse('2026-06-14T00:00:00Z');
  const window = `locationId=${locationId}&calendarId=${calendarId}&startTime=${day}&endTime=${day + 86_400_000}`;
  await go('GET', `${events}?${window}`);
  await go('GET', `/calendars/blocked-slots?${window}`);
  await go('GET', `/calendars/?locationId=${locationId}`);
  await go('GET', `/calendars/${calendarId}`);
  await go('GET', `/calendars/${calendarId}/free-slots?startDate=${day}&endDate=${day + 86_400_000}`);
  await go('DELETE', `${events}/${id}`, {});
}

async function opportunity(contactId: string, locationId: string): Promise<void> {
  const wish = { pipelineId: seedIds.pipeline, locationId, name: 'x', status: 'open', contactId };
  const made = (await go('POST', '/opportunities/', wish)) as { opportunity: { id: string } };
  const path = `/opportunities/${made.opportunity.id}`;
  await go('GET', path);
  await go('PUT', path, { monetaryValue: 5, assignedTo: seedIds.user });
  await go('PUT', `${path}/status`, { status: 'won' });
  await go('GET', `/opportunities/search?location_id=${locationId}`);
  const additionalDetails = { notes: false, tasks: false, calendarEvents: false, unReadConversations: false };
  const search = { locationId, query: '', limit: 5, page: 1, searchAfter: [], additionalDetails };
  await go('POST', '/opportunities/search', search);
  await go('GET', `/opportunities/pipelines?locationId=${locationId}`);
  await go('DELETE', path);
}

async function location(locationId: string): Promise<void> {
  const path = `/locations/${locationId}`;
  await go('GET', path);
  await go('GET', '/locations/search');
  const { tag } = (await go('POST', `${path}/tags`, { name: 'x' })) as { tag: { id: string } };
  await go('GET', `${path}/tags`);
  await go('GET', `${path}/tags/${tag.id}`);
  await go('PUT', `${path}/tags/${tag.id}`, { name: 'y' });
  await go('DELETE', `${path}/tags/${tag.id}`);
  const made = await go('POST', `${path}/customFields`, { name: 'Guests', dataType: 'NUMERICAL' });
  const { id } = made['customField'] as { id: string };
  await go('GET', `${path}/customFields`);
  await go('GET', `${path}/customFields/${id}`);
  await go('PUT', `${path}/customFields/${id}`, { name: 'People' });
  await go('DELETE', `${path}/customFields/${id}`);
}

function oddities(operation: string, status: number, body: unknown): readonly string[] {
  const route = routes.find((one) => one.operation === operation);
  const part = /^\/(\w+)/.exec(route?.path ?? '')?.[1] ?? '';
  const document = JSON.parse(readFileSync(new URL(`${part}.json`, folder), 'utf8')) as Document;
  const official = (route?.path ?? '').replaceAll(/:(\w+)/g, '{$1}');
  const responses = document.paths[official]?.[route?.method.toLowerCase() ?? '']?.responses ?? {};
  const response = responses[String(status)];
  if (!response) return [`${operation} answers ${status}, officially ${Object.keys(responses)[0] ?? ''}`];
  const schema = Object.values(response.content ?? {})[0]?.schema;
  return schema ? strays(document, schema, body).map((stray) => `${operation}: ${stray}`) : [];
}

/** Properties that the schema does not list, and required ones that are not there. */
function strays(document: Document, schema: Schema, value: unknown, at = ''): readonly string[] {
  const resolved = schema.$ref ? document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] : schema;
  if (Array.isArray(value)) {
    return value.flatMap((item) => strays(document, resolved?.items ?? {}, item, `${at}[]`));
  }
  if (typeof value !== 'object' || value === null || !resolved?.properties) return [];
  const { properties, required = [] } = resolved;
  const lost = required.filter((name) => !(name in value)).map((name) => `${at}.${name} is missing`);
  const found = Object.entries(value).flatMap(([name, item]) => {
    const inner = properties[name];
    if (inner) return strays(document, inner, item, `${at}.${name}`);
    return free.includes(name) ? [] : [`${at}.${name}`];
  });
  return [...lost, ...found];
}
