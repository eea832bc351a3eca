import type { Expression } from './expression.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A request with its texts compiled; a text that yields nothing leaves its parameter out. */
export interface RequestTemplate {
  readonly method: Method;
  /** Its path as the config has it, holes and all: the same for every record. */
  readonly route: string;
  readonly path: Expression;
  readonly query: Readonly<Record<string, Expression>>;
  readonly headers: Readonly<Record<string, Expression>>;
  readonly body?: BodyTemplate;
}

export type BodyTemplate =
  | { readonly type: 'form' | 'multipart'; readonly fields: Readonly<Record<string, Expression>> }
  | { readonly type: 'json'; readonly value: Expression }; // yields the whole JSON value, its strings filled in

/** A request with its texts filled in. A value that is a list is sent once for each element. */
export interface ReadyRequest {
  readonly method: Method;
  /** Its path before it was filled in. */
  readonly route: string;
  /** Under the base URL, or a whole address below it (a `next` link). */
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?:
    | { readonly type: 'form' | 'multipart'; readonly fields: Readonly<Record<string, unknown>> }
    | { readonly type: 'json'; readonly value: unknown };
}
