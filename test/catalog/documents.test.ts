import { describe, expect, test } from 'vitest';
import {
  fieldsOf,
  followed,
  listOf,
  ourDocument,
  ourParts,
  walk,
  writtenOperations,
} from './our-documents.ts';

const schemaKeywords = new Set(
  (
    '$ref type nullable format description default enum pattern minLength maxLength minimum maximum minItems ' +
    'maxItems items properties required additionalProperties anyOf oneOf allOf'
  ).split(' '),
);

test('every operation id is used once in all parts together', () => {
  const ids = ourParts.flatMap((part) => writtenOperations(ourDocument(part)).map(({ id }) => id));

  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThan(70);
});

describe.each(ourParts)('%s.yaml', (part) => {
  const document = ourDocument(part);
  const operations = writtenOperations(document);

  test('says what it is', () => {
    expect(document['openapi']).toBe('3.0.3');
    expect(fieldsOf(document['info'])['x-part']).toBe(part);
    expect(document['servers']).toEqual([{ url: 'https://services.leadconnectorhq.com' }]);
  });

  test.each(operations.map((operation) => [operation.id, operation] as const))(
    '%s is complete',
    (_, operation) => {
      const { fields, parameters, path } = operation;
      const version = parameters.find(({ name }) => name === 'Version');
      const scopes = listOf(fields['security']).flatMap((each) =>
        Object.values(fieldsOf(each)).flatMap(listOf),
      );
      const responses = Object.entries(fieldsOf(fields['responses']));
      const holes = [...path.matchAll(/\{(.*?)\}/g)].map((match) => match[1]);
      const pathNames = parameters.filter((each) => each['in'] === 'path').map(({ name }) => name);

      expect(fields['summary']).toEqual(expect.stringMatching(/^[A-Z].*[^.]$/));
      expect(version?.['required'] ?? fields['x-no-version']).toBeTruthy();
      expect(scopes.length > 0 || typeof fields['x-no-scope'] === 'string').toBe(true);
      expect(new Set(pathNames)).toEqual(new Set(holes));
      expect(responses.filter(([status]) => status.startsWith('2'))).toHaveLength(1);
      expect(responses.map(([status]) => status)).toContain('429');
      for (const [, response] of responses) expect(followed(response, document)['description']).toBeTruthy();
      for (const parameter of parameters) expect(parameter['description']).toBeTruthy();
    },
  );

  test('every reference leads somewhere, and every component is used', () => {
    const used = new Set<string>();
    walk(document, ({ $ref }) => typeof $ref === 'string' && used.add($ref));

    for (const ref of used) expect(followed({ $ref: ref }, document), ref).not.toEqual({});
    const { parameters, responses, schemas } = fieldsOf(document['components']);
    const there = Object.entries({ parameters, responses, schemas }).flatMap(([kind, all]) =>
      Object.keys(fieldsOf(all)).map((name) => `#/components/${kind}/${name}`),
    );
    expect([...used].sort()).toEqual(there.sort());
  });

  test('every scope in use is described by the kind of token', () => {
    const schemes = fieldsOf(fieldsOf(document['components'])['securitySchemes']);
    const demanded = operations.flatMap(({ fields }) =>
      listOf(fields['security']).flatMap((each) => Object.entries(fieldsOf(each))),
    );
    const described = (scheme: string): readonly string[] => {
      const flow = fieldsOf(fieldsOf(fieldsOf(schemes[scheme])['flows'])['authorizationCode']);
      return Object.keys(fieldsOf(flow['scopes']));
    };

    for (const [scheme, scopes] of demanded)
      expect(described(scheme)).toEqual(expect.arrayContaining([...listOf(scopes)]));
  });

  // A comma in an unquoted description ends it within { }, and the rest becomes a keyword without a value.
  test('no schema has a keyword that nothing reads', () => {
    walk(document, (fields, trail) => {
      const under = trail.at(-2);
      const isSchema =
        trail.at(-1) === 'schema' ||
        ((under === 'schemas' || under === 'properties') && !Array.isArray(fields));
      if (!isSchema) return;
      for (const keyword of Object.keys(fields)) expect(schemaKeywords, trail.join('/')).toContain(keyword);
    });
  });

  test('JSON bodies refuse unknown properties', () => {
    for (const { id, fields } of operations) {
      const content = fieldsOf(fieldsOf(fields['requestBody'])['content']);
      const media = fieldsOf(content['application/json']);
      if (media['schema'] === undefined) continue;
      expect(followed(media['schema'], document)['additionalProperties'], id).toBe(false);
    }
  });
});
