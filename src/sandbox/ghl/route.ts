import type { Answer } from '../http/message.ts';
import type { Location } from './location.ts';
import type { Shape, Shaped } from './shape.ts';

/** A call that passed the gate: token, version, scope, shapes and location are right. */
export interface GhlCall<B, Q> {
  readonly location: Location;
  readonly params: Readonly<Record<string, string>>;
  readonly body: B;
  readonly query: Q;
}

export interface Route {
  /** The official operationId. */
  readonly operation: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly version: '2021-07-28' | '2021-04-15';
  /** The scope that the token must have; empty where the official file declares none. */
  readonly scope: string;
  /** What the JSON body may hold; left out where the operation has none. */
  readonly body?: Shape;
  readonly query?: Shape;
  readonly handle: (call: GhlCall<never, never>) => Answer;
}

/** A route whose handler sees its body and query by the types of their shapes. */
export function route<const B extends Shape, const Q extends Shape>(
  definition: Omit<Route, 'body' | 'query' | 'handle'> & {
    readonly body?: B;
    readonly query?: Q;
    readonly handle: (call: GhlCall<Shaped<B>, Shaped<Q>>) => Answer;
  },
): Route {
  return definition;
}

export function ok(body: object): Answer {
  return { status: 200, body };
}

export function created(body: object): Answer {
  return { status: 201, body };
}

/** `value` of a parameter that the route's path names. */
export function param(call: { readonly params: Readonly<Record<string, string>> }, name: string): string {
  const value = call.params[name];
  if (value === undefined) throw new Error(`the route has no parameter ${name}`);
  return value;
}
