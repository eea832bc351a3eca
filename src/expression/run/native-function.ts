import { isFunction } from './clean-value.ts';

/** What JSONata passes as `this`. */
export interface Focus {
  /** A list that turns into its element when it holds only one. */
  createSequence(): unknown[];
  readonly environment: {
    lookup(name: string): unknown;
    /** Throws when time or depth is used up: JSONata calls it for each node, not between two native functions. */
    readonly base: { guardrails(): void };
  };
}

/** Runs with JSONata's own `this`, which its functions want back. */
export type Implementation = (this: Focus, ...values: unknown[]) => unknown;

/** A function as JSONata keeps it in its frames. */
export interface NativeFunction {
  readonly _jsonata_function: true;
  readonly implementation: Implementation;
  readonly signature?: unknown;
}

/** What JSONata wants to know of a function and reads from its source text. */
export interface Shape {
  /** Names, for a partial application. */
  readonly parameters: readonly string[];
  /** With 1, `$map` passes the element only; with 2 its place as well. */
  readonly length: number;
  /** JSONata's own check of the arguments. */
  readonly signature?: unknown;
}

/** A function for `expression.assign`. */
export function nativeFunction(shape: Shape, implementation: Implementation): NativeFunction {
  const { parameters, length, signature } = shape;
  Object.defineProperties(implementation, {
    length: { value: length },
    toString: { value: () => `function (${parameters.join(', ')}) {}` },
  });
  const native = {
    _jsonata_function: true as const,
    implementation,
    ...(signature === undefined ? {} : { signature }),
  };
  // JSONata notes the last call's place on the function, shared by all calls, and prefers it to the failed call's own
  const ignored = { get: () => undefined, set: () => undefined };
  return Object.defineProperties(native, { token: ignored, position: ignored });
}

/** The shape of one of JSONata's own functions. */
export function shapeOf({ implementation, signature }: NativeFunction): Shape {
  const names = /\(([^)]*)\)/.exec(Function.prototype.toString.call(implementation))?.[1] ?? '';
  // `prettify = false` and its like
  const parameters = names.split(',').map((name) => name.replace(/=.*/s, '').trim());
  return { parameters, length: implementation.length, signature };
}

export function isNativeFunction(value: unknown): value is NativeFunction {
  return isFunction(value) && typeof value === 'object' && value !== null && '_jsonata_function' in value;
}
