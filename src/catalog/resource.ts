import type { Json } from '../model/json.ts';
import type { Fields } from '../model/step.ts';

/**
 * A thing in the target with create, update, delete and find operations. One more resource is one more file
 * of this form: the engine has no code for any of them.
 */
export interface Resource {
  readonly name: string;
  /** Part of the API whose OpenAPI document holds the operations. */
  readonly part: string;
  /** Path parameter that holds the target's id. */
  readonly idParameter: string;
  readonly create: ResourceOperation;
  readonly update: ResourceOperation;
  readonly read: ResourceOperation;
  readonly delete: ResourceOperation;
  /** Fields that create takes and update refuses. */
  readonly createOnly: readonly string[];
  readonly tags?: ResourceTags;
  readonly identity?: Identity;
}

export interface ResourceOperation {
  readonly operation: string;
  /** Where the target stands in the answer's body, as names: `['contact']`. Its `id` is the target id. */
  readonly answer: readonly string[];
}

export interface ResourceTags {
  readonly add: string;
  readonly remove: string;
}

/** How a target that nobody has linked yet is told from others: for adoption, and for creates in doubt. */
export interface Identity {
  /** Operation that finds by an identity field, never through a lagging index, and where its answer holds the target. */
  readonly find: ResourceOperation;
  /** How long a create may take to show there, in ms. */
  readonly lagMs: number;
  /** The field that stands for the key, with the question to ask; nothing where this record has none. */
  question(key: string, fields: Fields): IdentityQuestion | undefined;
  /** The target that a refused create names as its duplicate. */
  duplicateIn(body: unknown): { readonly targetId: string; readonly field?: string } | undefined;
}

export interface IdentityQuestion {
  readonly field: string;
  readonly query: Readonly<Record<string, Json>>;
}

/** The target in an answer's body: at its place, or the body itself where the API doesn't wrap it. */
export function targetIn(
  body: unknown,
  place: readonly string[],
): Readonly<Record<string, unknown>> | undefined {
  let value: unknown = body;
  for (const name of place) value = (value as Record<string, unknown> | null | undefined)?.[name];
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

/** The target id in an answer's body, where it holds one. */
export function targetIdIn(body: unknown, place: readonly string[]): string | undefined {
  const id = targetIn(body, place)?.['id'];
  if (typeof id === 'string' && id !== '') return id;
  return typeof id === 'number' ? String(id) : undefined;
}
