import { readFileSync, readdirSync } from 'node:fs';
import { parse } from 'yaml';
import { isObject } from '../../src/model/json.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** An operation of an OpenAPI document as it is written, references and all. */
export interface Written {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly fields: Fields;
  /** Those of the path and of the operation, followed. */
  readonly parameters: readonly Fields[];
}

const folder = new URL('../../openapi/ghl/', import.meta.url);

export const ourParts: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => name.slice(0, -'.yaml'.length));

export function ourDocument(part: string): Fields {
  return fieldsOf(parse(readFileSync(new URL(`${part}.yaml`, folder), 'utf8')));
}

export function fieldsOf(value: unknown): Fields {
  return isObject(value) ? value : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** What a value stands for in its document: itself, or what its `$ref` leads to. */
export function followed(value: unknown, document: Fields): Fields {
  const ref = fieldsOf(value)['$ref'];
  if (typeof ref !== 'string') return fieldsOf(value);
  return fieldsOf(
    ref
      .slice('#/'.length)
      .split('/')
      .reduce<unknown>((at, step) => fieldsOf(at)[step], document),
  );
}

export function writtenOperations(document: Fields): Written[] {
  return Object.entries(fieldsOf(document['paths'])).flatMap(([path, item]) =>
    ['get', 'post', 'put', 'patch', 'delete'].flatMap((method) => {
      const fields = fieldsOf(fieldsOf(item)[method]);
      const id = fields['operationId'];
      if (typeof id !== 'string') return [];
      const shared = listOf(fieldsOf(item)['parameters']);
      const parameters = [...shared, ...listOf(fields['parameters'])].map((each) => followed(each, document));
      return [{ id, method, path, fields, parameters }];
    }),
  );
}

/** Calls `see` with every object in a document and the keys that lead there. */
export function walk(
  value: unknown,
  see: (fields: Fields, trail: readonly string[]) => void,
  trail: string[] = [],
): void {
  if (isObject(value)) see(value, trail);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) walk(inner, see, [...trail, key]);
}
