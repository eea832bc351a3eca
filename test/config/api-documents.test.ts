import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { validateFile } from '../../src/config/validate.ts';
import type { Problem } from '../../src/model/problem.ts';
import { aFolder } from './load-config.ts';

/** `▶` stands before the character that the one problem must point at. */
const MARK = '▶';

/** Put together as people's documents are: references, parts of schemas, operations that nobody named. */
const DOCUMENT = `openapi: 3.1.0
info: { title: CRM, version: '1' }
servers: [{ url: 'https://api.crm.example/v1' }]
paths:
  /customers:
    get:
      operationId: listCustomers
      parameters:
        - { name: email, in: query, schema: { type: string } }
        - { name: tenant, in: query, required: true, schema: { type: string } }
        - { name: filter, in: query, style: deepObject, schema: { type: object } }
    post:
      requestBody: { $ref: '#/components/requestBodies/Customer' }
  /customers/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    put:
      operationId: replaceCustomer
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties: { name: { type: string }, email: { type: string }, tier: { enum: [gold, silver], type: string } }
  /customers/{id}/orders:
    post:
      operationId: orders.create
      parameters: [{ name: notify, in: query, schema: { type: boolean } }]
      requestBody:
        content:
          application/json:
            schema:
              type: object
              additionalProperties: false
              required: [title, customer_id]
              properties:
                title: { type: string }
                customer_id: { type: string }
                total: { type: number }
                paid: { type: boolean }
  /tags:
    put:
      operationId: putTags
      requestBody: { required: true, content: { application/json: { schema: { type: array, items: { type: string } } } } }
  /free:
    post: { operationId: freeForm, requestBody: { content: { application/json: { schema: { type: object } } } } }
components:
  requestBodies:
    Customer:
      content:
        application/json:
          schema:
            allOf:
              - $ref: '#/components/schemas/Person'
              - { type: object, required: [email], properties: { source: { type: string }, tier: { enum: [gold, silver], type: string } } }
  schemas:
    Person:
      type: object
      properties: { name: { type: string }, email: { type: string, format: email }, dnd: { type: boolean }, since: { type: string, format: date-time } }
`;

interface Wish {
  readonly request?: string;
  readonly create?: string;
  readonly update?: string;
  readonly fields?: string;
  readonly more?: string;
  readonly openapi?: string;
}

function config(wish: Wish = {}): string {
  return `version: 1
connections:
  crm:
    type: http
    baseUrl: "\${CRM_URL}"
    ${wish.openapi ?? 'openapi: ./crm.yaml'}
    resources:
      customer:
        create: ${wish.create ?? '{ path: /customers }'}
        update: ${wish.update ?? '{ path: "/customers/{id}" }'}
sources:
  customers:
    connection: crm
    key: id
    poll: { every: 10m, request: ${wish.request ?? '{ path: /customers, query: { tenant: a } }'}, records: data }
syncs:
  people:
    from: customers
    to: crm.customer
    fields: ${wish.fields ?? '{ name: name, email: email }'}
${wish.more ?? ''}`;
}

function call(text: string): string {
  return config({ more: `  action:\n    from: customers\n    ${text}\n` });
}

async function validate(
  yaml: string,
  files: Readonly<Record<string, string>> = { 'crm.yaml': DOCUMENT },
): Promise<readonly Problem[]> {
  return (await validateFile(join(aFolder(yaml, files), 'sync.config.yaml'))).problems;
}

test.each([
  [
    'an unknown path',
    config({ request: '{ path: ▶/custmers, query: { tenant: a } }' }),
    'unknown-operation',
    '/customers',
  ],
  [
    'an unknown method',
    config({ update: '{ method: ▶PATCH, path: "/customers/{id}" }' }),
    'unknown-operation',
    'PUT',
  ],
  [
    'an unknown parameter',
    config({ request: '{ path: /customers, query: { tenant: a, ▶emial: b } }' }),
    'unknown-field',
    '"email"',
  ],
  ['a parameter that is missing', config({ request: '{ path: ▶/customers }' }), 'missing-field', '"tenant"'],
  ['an unknown field', config({ fields: '{ ▶nmae: name, email: email }' }), 'unknown-field', '"name"'],
  [
    'a field that only the create has',
    config({ fields: '{ email: email, ▶source: source }' }),
    'unknown-field',
    'on: create',
  ],
  [
    'a field that is missing',
    config({ fields: '{ name: name }' }).replace('  people:', '  ▶people:'),
    'missing-field',
    '"email"',
  ],
  [
    'a value that is none of the few',
    config({ fields: '{ email: email, tier: { value: ▶bronze } }' }),
    'bad-value',
    'gold, silver',
  ],
  ['a field of another type', config({ fields: '{ email: email, name: ▶$count(x) }' }), 'wrong-type', 'name'],
  [
    'a field of a body that the request gives itself',
    config({ create: '{ path: /customers, json: { email: "{{ email }}", ▶nam: "{{ name }}" } }' }),
    'unknown-field',
    '"name"',
  ],
  [
    'a body that lacks a field',
    config({ create: '{ path: ▶/customers, json: { name: "{{ name }}" } }' }),
    'missing-field',
    '"email"',
  ],
  ['an unknown operation', call('call: ▶crm.order.create'), 'unknown-operation', '"orders.create"'],
  [
    'an unknown parameter of a call',
    call('call: crm.orders.create\n    with: { id: a, customer_id: b, title: c, ▶totl: d }'),
    'unknown-field',
    '"total"',
  ],
  [
    'a call that lacks parameters',
    call('call: crm.orders.create\n    with: { title: c, customer_id: b }').replace(
      '  action:',
      '  ▶action:',
    ),
    'missing-field',
    '"id"',
  ],
  [
    'a parameter of another type',
    call('call: crm.orders.create\n    with: { id: a, customer_id: b, title: c, paid: ▶$lowercase(paid) }'),
    'wrong-type',
    '$yes',
  ],
  [
    'a list that is missing',
    call('call: crm.putTags').replace('  action:', '  ▶action:'),
    'missing-field',
    '"body"',
  ],
])('%s is found at its place', async (_, marked, code, word) => {
  const at = marked.indexOf(MARK);

  const problems = await validate(marked.replace(MARK, ''));

  expect(problems.map((one) => [one.code, one.severity, one.at?.start])).toEqual([[code, 'error', at]]);
  expect(`${problems[0]!.message} ${problems[0]!.remedy}`).toContain(word);
});

test.each([
  ['requests and fields of the document', config()],
  [
    "paths with the server's own before them",
    config({ request: '{ path: /v1/customers, query: { tenant: a } }', create: '{ path: /v1/customers }' }),
  ],
  ['a parameter in the path', config({ request: '{ path: "/customers?tenant=a" }' })],
  [
    'a part of an object in the query',
    config({ request: '{ path: /customers, query: { tenant: a, "filter[name]": b } }' }),
  ],
  ['a hole in the path', config({ request: '{ path: "/{{ $vars.base }}", query: { tenant: a } }' })],
  [
    'a field that is only created',
    config({ fields: '{ email: email, source: { expr: source, on: create } }' }),
  ],
  [
    'a call with path, query and body',
    call('call: crm.orders.create\n    with: { id: a, customer_id: b, title: c, notify: { value: true } }'),
  ],
  [
    'an id that the parent fills',
    call('call: crm.orders.create\n    parent: people\n    with: { id: a, title: c }'),
  ],
  ['a body that is a list', call('call: crm.putTags\n    with: { body: tags }')],
  ['a body that nobody describes', call('call: crm.freeForm\n    with: { anything: a }')],
])('%s are right', async (_, yaml) => {
  expect(await validate(yaml)).toEqual([]);
});

describe('a document', () => {
  const marked = config({ openapi: 'openapi: ▶./crm.yaml' });
  const at = marked.indexOf(MARK);
  const yaml = marked.replace(MARK, '');

  test.each([
    ['that is not there', {}, "can't be read"],
    ['that is no YAML', { 'crm.yaml': 'openapi: [' }, 'line 1'],
    ['of Swagger 2', { 'crm.yaml': "swagger: '2.0'\npaths: {}" }, 'Swagger 2'],
    ['that is something else', { 'crm.yaml': 'hello: world' }, 'openapi'],
    ['without operations', { 'crm.yaml': 'openapi: 3.0.0\npaths: {}' }, 'no operation'],
    ['of zero bytes and binary', { 'crm.yaml': '\0\0\0' }, 'crm.yaml'],
  ])('%s is told at its name, once', async (_, files, words) => {
    const problems = await validate(yaml, files);

    expect(problems).toMatchObject([{ code: 'api-document', severity: 'error', at: { start: at } }]);
    expect(problems[0]!.message).toContain(words);
  });

  test('that refers to another file is used for the rest, with a warning', async () => {
    const part = DOCUMENT.replace("'#/components/requestBodies/Customer'", "'parts.yaml#/Customer'");

    const problems = await validate(yaml.replace('name: name', 'whatever: name'), { 'crm.yaml': part });

    expect(problems.map(({ code, severity }) => [code, severity])).toEqual([
      ['api-document', 'warning'],
      ['unknown-field', 'error'],
    ]);
  });

  test('is wanted where an operation of its API is called', async () => {
    const problems = await validate(
      call('call: crm.orders.create').replace('openapi: ./crm.yaml', 'timeout: 5s'),
    );

    expect(problems).toMatchObject([
      { code: 'missing-property', remedy: expect.stringContaining('openapi:') as string },
    ]);
  });

  test('as JSON is read as well', async () => {
    const json = {
      openapi: '3.0.0',
      paths: { '/customers': { get: {}, post: {} }, '/customers/{id}': { put: {} } },
    };

    expect(
      await validate(yaml.replace('crm.yaml', 'crm.json').replace(', query: { tenant: a }', ''), {
        'crm.json': JSON.stringify(json),
      }),
    ).toEqual([]);
  });
});
