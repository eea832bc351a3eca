import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createCatalog, loadDocument, loadPart, maxDocumentBytes } from '../../src/catalog/load.ts';
import { operationsOf } from '../../src/catalog/operation.ts';
import { ourDocument, ourParts } from './our-documents.ts';

test.each(ourParts)('the operations of %s are those of its document', (part) => {
  expect(loadPart(part)).toEqual(operationsOf(ourDocument(part), part));
});

describe('a catalogue', () => {
  const catalog = createCatalog();

  test('finds an operation without being told its part', () => {
    expect(catalog.operation('create-appointment')).toMatchObject({
      part: 'calendars',
      method: 'POST',
      path: '/calendars/events/appointments',
      version: '2021-04-15',
      scopes: ['calendars/events.write'],
    });
  });

  test('looks in the named part only', () => {
    expect(catalog.operation('create-contact', 'contacts')?.part).toBe('contacts');
    expect(catalog.operation('create-contact', 'calendars')).toBeUndefined();
  });

  test.each(['create-contcat', 'constructor', '__proto__', ''])('knows no operation %j', (id) => {
    expect(catalog.operation(id)).toBeUndefined();
  });

  test.each(['nothing', '../../package', ''])('knows no part %j', (part) => {
    expect(catalog.operations(part)).toEqual([]);
    expect(catalog.operation('create-contact', part)).toBeUndefined();
  });

  test('reads a part once', () => {
    expect(catalog.operations('oauth')).toBe(catalog.operations('oauth'));
  });

  test('lists every part and operation id', () => {
    expect(catalog.parts).toEqual(ourParts);
    expect(catalog.ids).toEqual(ourParts.flatMap((part) => catalog.operations(part).map(({ id }) => id)));
  });
});

describe("a user's own document", () => {
  const folder = mkdtempSync(join(tmpdir(), 'boothsync-catalog-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  function file(name: string, text: string): string {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  }

  function problemsOf(path: string): readonly string[] {
    const loaded = loadDocument(path, 'theirs');
    return loaded.kind === 'problems' ? loaded.problems : [];
  }

  const yaml = `
openapi: 3.1.0
paths:
  /leads:
    get: { operationId: list-leads, summary: List leads }
`;

  test.each([
    ['YAML', yaml],
    [
      'JSON',
      '{"openapi":"3.1.0","paths":{"/leads":{"get":{"operationId":"list-leads","summary":"List leads"}}}}',
    ],
  ])('is read as %s', (kind, text) => {
    expect(loadDocument(file(`good.${kind}`, text), 'theirs')).toMatchObject({
      kind: 'document',
      document: {
        operations: [{ id: 'list-leads', part: 'theirs', method: 'GET', path: '/leads' }],
        gaps: [],
      },
    });
  });

  test.each([
    ['broken YAML', 'openapi: [', 'at line 1, column 11.'],
    ['broken JSON', '{"openapi":', 'JSON'],
    ['a key twice', `${yaml}  /leads: {}\n`, '/leads stands twice'],
    ['an unknown alias', 'openapi: *nothing', 'alias'],
    ['a list', '- openapi: 3.0.3', 'not an OpenAPI document'],
    ['an empty file', '', 'not an OpenAPI document'],
  ])('with %s has a problem', (name, text, words) => {
    expect(problemsOf(file(`${name}.yaml`, text)).join(' ')).toContain(words);
  });

  test('of too many bytes is not parsed', () => {
    expect(problemsOf(file('big.yaml', `${yaml}#${'x'.repeat(maxDocumentBytes)}`))).toEqual([
      expect.stringContaining(`${maxDocumentBytes} are allowed of YAML`),
    ]);
  });

  test('as JSON may be larger, and is read in the time of its size', () => {
    const paths = Object.fromEntries(
      Array.from({ length: 3_000 }, (_, at) => [
        `/things${at}/{id}`,
        {
          put: {
            requestBody: {
              content: { 'application/json': { schema: { $ref: '#/components/schemas/All' } } },
            },
          },
        },
      ]),
    );
    const names = Array.from({ length: 2_000 }, (_, at) => `Thing${at}`);
    const properties = Object.fromEntries(
      names.map((name) => [name, { $ref: `#/components/schemas/${name}` }]),
    );
    const one = {
      type: 'object',
      description: 'x'.repeat(2_000),
      properties: { all: { $ref: '#/components/schemas/All' } },
    };
    const schemas = {
      ...Object.fromEntries(names.map((name) => [name, one])),
      All: { type: 'object', properties },
    };
    const path = file('big.json', JSON.stringify({ openapi: '3.0.3', paths, components: { schemas } }));

    const loaded = loadDocument(path, 'theirs');

    expect(loaded.kind === 'document' && loaded.document.operations).toHaveLength(3_000);
  });

  test('with operations that nobody named, and references to other files, can be used for the rest', () => {
    const text = `openapi: 3.0.3
servers: [{ url: 'https://api.example/v2/' }]
paths:
  /leads: { get: {}, post: { requestBody: { $ref: 'other.yaml#/x' } } }
`;

    expect(loadDocument(file('gaps.yaml', text), 'theirs')).toMatchObject({
      kind: 'document',
      document: {
        operations: [{ id: 'GET /leads' }, { id: 'POST /leads' }],
        basePath: '/v2',
        gaps: [expect.stringContaining('other.yaml#/x')],
      },
    });
  });

  test('that is missing has a problem', () => {
    expect(problemsOf(join(folder, 'missing.yaml'))).toEqual([expect.stringContaining("can't be read")]);
  });
});
