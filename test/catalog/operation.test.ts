import { expect, test } from 'vitest';
import { operationsOf, readDocument } from '../../src/catalog/operation.ts';

function documentWith(path: string, item: unknown, more: object = {}): unknown {
  return { openapi: '3.0.3', paths: { [path]: item }, ...more };
}

test('an operation carries everything that a call needs', () => {
  const document = documentWith(
    '/things/{id}',
    {
      parameters: [
        { name: 'Version', in: 'header', required: true, schema: { type: 'string', enum: ['2021-07-28'] } },
        { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
      ],
      put: {
        operationId: 'put-thing',
        summary: 'Change a thing',
        security: [{ user: ['things.write'] }, { agency: ['things.write'] }],
        requestBody: { $ref: '#/components/requestBodies/Thing' },
      },
    },
    {
      components: {
        requestBodies: {
          Thing: {
            required: true,
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
          },
        },
        schemas: { Thing: { type: 'object', required: ['name'] } },
      },
    },
  );

  expect(operationsOf(document, 'things')).toEqual([
    {
      id: 'put-thing',
      part: 'things',
      method: 'PUT',
      path: '/things/{id}',
      summary: 'Change a thing',
      version: '2021-07-28',
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      body: {
        contentType: 'application/json',
        required: true,
        schema: { type: 'object', required: ['name'] },
      },
      scopes: ['things.write'],
      deprecated: false,
    },
  ]);
});

test("an operation's own parameter wins over its path's", () => {
  const document = documentWith('/things', {
    parameters: [{ name: 'limit', in: 'query', schema: { type: 'string' } }],
    get: {
      operationId: 'list',
      parameters: [{ name: 'limit', in: 'query', required: true, schema: { type: 'number' } }],
    },
  });

  const [operation] = operationsOf(document, 'things');

  expect(operation?.parameters).toEqual([
    { name: 'limit', in: 'query', required: true, schema: { type: 'number' } },
  ]);
});

test('a hole in the path that nothing declares takes text', () => {
  const document = documentWith('/things/{id}', { get: { operationId: 'get-thing' } });

  const [operation] = operationsOf(document, 'things');

  expect(operation?.parameters).toEqual([
    { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
  ]);
});

test('JSON is preferred where a body may have several forms', () => {
  const content = { 'application/xml': {}, 'application/json': { schema: { type: 'object' } } };
  const document = documentWith('/things', { post: { operationId: 'make', requestBody: { content } } });

  const [operation] = operationsOf(document, 'things');

  expect(operation?.body).toEqual({
    contentType: 'application/json',
    required: false,
    schema: { type: 'object' },
  });
});

test('security of the whole document counts where an operation names none', () => {
  const document = documentWith(
    '/things',
    { get: { operationId: 'list' }, post: { operationId: 'make', security: [] } },
    { security: [{ user: ['all'] }] },
  );

  expect(operationsOf(document, 'things').map(({ id, scopes }) => [id, scopes])).toEqual([
    ['list', ['all']],
    ['make', []],
  ]);
});

test.each([
  ['not an object', 'text', 'not an OpenAPI document'],
  ['Swagger 2', { swagger: '2.0', paths: {} }, 'Swagger 2'],
  ['no paths', { openapi: '3.0.3' }, '`paths` is missing'],
  ['no operationId', documentWith('/a', { get: {} }), 'GET /a has no operationId'],
  ['a dead reference', documentWith('/a', { $ref: '#/nowhere' }), '#/nowhere leads nowhere'],
  ['a reference to another file', documentWith('/a', { $ref: 'b.yaml#/c' }), 'b.yaml#/c leads nowhere'],
  [
    'an id used twice',
    documentWith('/a', { get: { operationId: 'same' }, post: { operationId: 'same' } }),
    'same is used twice',
  ],
])('%s is a problem', (_, document, words) => {
  expect(readDocument(document, 'theirs').problems).toEqual([expect.stringContaining(words)]);
});
