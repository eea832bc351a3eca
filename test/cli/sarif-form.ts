const text = { type: 'string', minLength: 1 };
const message = {
  type: 'object',
  properties: { text, markdown: text },
  required: ['text'],
  additionalProperties: false,
};
const place = { type: 'integer', minimum: 1 };

/** What SARIF 2.1.0 demands of the parts that are written here: names, types, and what must be there. */
export const SARIF_FORM = {
  type: 'object',
  required: ['version', 'runs'],
  additionalProperties: false,
  properties: {
    $schema: { type: 'string', format: 'uri' },
    version: { const: '2.1.0' },
    runs: { type: 'array', items: { $ref: '#/definitions/run' } },
  },
  definitions: {
    run: {
      type: 'object',
      required: ['tool'],
      additionalProperties: false,
      properties: {
        tool: {
          type: 'object',
          required: ['driver'],
          additionalProperties: false,
          properties: { driver: { $ref: '#/definitions/driver' } },
        },
        columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
        // The address of a folder ends with a slash.
        originalUriBaseIds: {
          type: 'object',
          additionalProperties: {
            type: 'object',
            properties: { uri: { type: 'string', format: 'uri', pattern: '/$' } },
            additionalProperties: false,
          },
        },
        results: { type: 'array', items: { $ref: '#/definitions/result' } },
      },
    },
    driver: {
      type: 'object',
      required: ['name'],
      additionalProperties: false,
      properties: {
        name: text,
        semanticVersion: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+' },
        rules: {
          type: 'array',
          uniqueItems: true,
          items: {
            type: 'object',
            required: ['id'],
            additionalProperties: false,
            properties: { id: text, shortDescription: message, fullDescription: message, help: message },
          },
        },
      },
    },
    result: {
      type: 'object',
      required: ['message'],
      additionalProperties: false,
      properties: {
        ruleId: text,
        ruleIndex: { type: 'integer', minimum: 0 },
        level: { enum: ['none', 'note', 'warning', 'error'] },
        message,
        locations: { type: 'array', items: { $ref: '#/definitions/location' } },
      },
    },
    location: {
      type: 'object',
      additionalProperties: false,
      properties: {
        physicalLocation: {
          type: 'object',
          required: ['artifactLocation'],
          additionalProperties: false,
          properties: {
            artifactLocation: {
              type: 'object',
              properties: { uri: { type: 'string', format: 'uri-reference' }, uriBaseId: text },
              additionalProperties: false,
            },
            region: {
              type: 'object',
              required: ['startLine'],
              properties: { startLine: place, startColumn: place, endLine: place, endColumn: place },
              additionalProperties: false,
            },
          },
        },
      },
    },
  },
};
