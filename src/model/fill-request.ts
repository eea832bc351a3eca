import { ExpressionError, type Bindings, type Expression } from './expression.ts';
import { isHeaderText } from './header-text.ts';
import type { ReadyRequest, RequestTemplate } from './request.ts';

/** A request with its texts filled in. Throws `ExpressionError`. */
export async function fillRequest(
  template: RequestTemplate,
  input: unknown,
  bindings: Bindings,
): Promise<ReadyRequest> {
  const { method, route, body } = template;
  const path = textOf(await template.path(input, bindings));
  const query = await fill(template.query, input, bindings);
  const headers = await fill(template.headers, input, bindings);
  const texts = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, headerOf(name, value)]),
  );
  const base = { method, route, path, query, headers: texts };
  if (!body) return base;
  if (body.type === 'json')
    return { ...base, body: { type: 'json', value: await body.value(input, bindings) } };
  return { ...base, body: { type: body.type, fields: await fill(body.fields, input, bindings) } };
}

/** What yields nothing is left out. */
async function fill(
  texts: Readonly<Record<string, Expression>>,
  input: unknown,
  bindings: Bindings,
): Promise<Record<string, unknown>> {
  const filled: Record<string, unknown> = {};
  for (const [name, text] of Object.entries(texts)) {
    const value = await text(input, bindings);
    if (value !== undefined) filled[name] = value;
  }
  return filled;
}

function headerOf(name: string, value: unknown): string {
  const text = textOf(value);
  if (isHeaderText(text)) return text;
  // Not its value: it may be somebody's name.
  throw new ExpressionError(
    `the header ${name} yields a character that no header can hold: use $encodeUrlComponent`,
  );
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined ? '' : JSON.stringify(value);
}
