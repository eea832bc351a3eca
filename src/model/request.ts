import type { Expression } from './expression.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A request with its texts compiled; a text that yields nothing leaves its parameter out. */
export interface RequestTemplate {
  readonly method: Method;
  readonly path: Expression;
  readonly query: Readonly<Record<string, Expression>>;
  readonly headers: Readonly<Record<string, Expression>>;
  readonly body?: BodyTemplate;
}

export type BodyTemplate =
  | { readonly type: 'form' | 'multipart'; readonly fields: Readonly<Record<string, Expression>> }
  | { readonly type: 'json'; readonly value: Expression }; // yields the whole JSON value, its strings filled in
