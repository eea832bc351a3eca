import { compileJson } from '../../expression/json-template.ts';
import type { Expression } from '../../model/expression.ts';
import type { BodyTemplate, Method, RequestTemplate } from '../../model/request.ts';
import { problemAt } from '../problem-at.ts';
import { constant, looseText, readChoice, readTemplate } from '../read-values.ts';
import type { Reader } from '../read-values.ts';
import { child, valueOf } from '../tree.ts';
import type { Node } from '../tree.ts';

const METHODS: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** What a request's texts do with a hole that yields nothing: it is left out, or nothing at all is asked. */
export type Strictness = 'fill' | 'all';

/** A checked request → its texts compiled. GET unless told otherwise, POST where there is a body. */
export function compileRequest(reader: Reader, node: Node, strictness: Strictness = 'fill'): RequestTemplate {
  const body = compileBody(reader, node);
  const all = strictness === 'all';
  return {
    method: readChoice(reader, child(node, 'method'), METHODS, body ? 'POST' : 'GET'),
    route: looseText(child(node, 'path')),
    path: readTemplate(reader, child(node, 'path'), all ? 'path' : 'text'),
    query: templates(reader, child(node, 'query'), all ? 'tag' : 'text'),
    headers: templates(reader, child(node, 'headers')),
    ...(body ? { body } : {}),
  };
}

function compileBody(reader: Reader, node: Node): BodyTemplate | undefined {
  for (const type of ['form', 'multipart'] as const) {
    const fields = child(node, type);
    if (fields) return { type, fields: templates(reader, fields) };
  }
  const json = child(node, 'json');
  return json ? { type: 'json', value: jsonTemplate(reader, json) } : undefined;
}

function jsonTemplate(reader: Reader, node: Node): Expression {
  const compiled = compileJson(valueOf(node), reader.language);
  if (compiled.ok) return compiled.run;
  const at = child(node, ...compiled.path)?.at ?? node.at;
  reader.problems.push(problemAt('text', at, compiled.message, compiled.remedy));
  return constant(undefined);
}

/** Every name counts here: `x-…` is a header like any other. */
function templates(
  reader: Reader,
  node: Node | undefined,
  is: 'text' | 'tag' = 'text',
): Readonly<Record<string, Expression>> {
  if (node?.kind !== 'map') return {};
  return Object.fromEntries(
    [...node.entries.values()].map(({ name, value }) => [name, readTemplate(reader, value, is)]),
  );
}
