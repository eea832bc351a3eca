import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import type { ConfigSchema } from './editor-hints.ts';

/**
 * The schema's check as code: compiled at each start it would take longer than all else that a short command does. As
 * TypeScript without types, as the compiler has to carry it to dist.
 */
export function shapeCheck({ definitions, ...schema }: ConfigSchema): string {
  const ajv = new Ajv({
    allErrors: true,
    verbose: true, // src/config/explain-shape.ts reads the schema of each error
    discriminator: true,
    strict: false,
    inlineRefs: false,
    code: { source: true, esm: true, lines: true },
  });
  // The hints refuse nothing: they are an editor's.
  const check = ajv.compile({ ...schema, $schema: undefined, definitions: { ...definitions, hints: {} } });
  const code = standalone.default(ajv, check).replaceAll(ASKED, 'lengthOf');
  return `// @ts-nocheck\n${LENGTH_OF}\n${code}\n`;
}

/** What counts characters: Ajv asks for its own by a function that modules don't have. */
const ASKED = 'require("ajv/dist/runtime/ucs2length").default';
const LENGTH_OF = `function lengthOf(text) {
  let length = 0;
  for (const _ of text) length++;
  return length;
}`;
