import type { HttpResource } from '../model/http-resource.ts';
import type { Json } from '../model/json.ts';
import type { Fields } from '../model/step.ts';

/**
 * A thing in the target with create, update, delete and find operations. One more resource is one more file
 * of this form: the engine has no code for any of them.
 */
export interface Resource {
  readonly name: string;
  /** Path parameter that holds the target's id. */
  readonly idParameter: string;
  readonly create: ResourceOperation;
  readonly update: ResourceOperation;
  readonly delete: ResourceOperation;
  /** Reads one target by its id: to see the tags of one that was there before, or whether it is there at all. */
  readonly read?: ResourceOperation;
  /** The field in what is read that says when it was created. */
  readonly createdAt?: string;
  /** Fields that create takes and update refuses. */
  readonly createOnly: readonly string[];
  /** Fields that each update names, changed or not: the API refuses it without. */
  readonly alwaysNamed?: readonly string[];
  /** What create requires and a mapping may leave out. */
  readonly createDefaults?: Fields;
  /** What this is a child of, and the parameter that takes the parent's id: in the path or in create's body. */
  readonly parent?: { readonly resource: string; readonly parameter: string };
  /** Fields that hold an id, and may be mapped to the name that people see. */
  readonly references?: Readonly<Record<string, Reference>>;
  /** Fields that hold a time, always with its offset. */
  readonly instants?: readonly string[];
  /** An operation of its own for one field, where only that changes. */
  readonly sole?: { readonly field: string; readonly operation: string };
  /** Which custom fields of the location it has. */
  readonly customFields?: 'contact' | 'opportunity';
  readonly tags?: ResourceTags;
  /** Names under which lists and reads show a field, where they show it under another one, too. */
  readonly shownAs?: Readonly<Record<string, readonly string[]>>;
  /** Fields that a create takes and reading does not show. */
  readonly hidden?: readonly string[];
  /** The text that carries the mark which a child is found by; nothing where a mark could not be found again. */
  readonly markField?: string;
  /** How a target that nobody has linked yet is found: by an identity of its own, or among its parent's children. */
  readonly identity?: Identity;
  readonly siblings?: Siblings;
  /** Declared by a connection of type http: its requests stand in the place of all operations. */
  readonly http?: HttpResource;
}

/** Whether all syncs that write a key share its target: a child is its own sync's. */
export function hasIdentity({ identity, http, parent }: Resource): boolean {
  return identity !== undefined || (http !== undefined && parent === undefined);
}

/** What an operation calls the id of a resource that something belongs to: `contactId`, `salesOrderId`. */
export function parameterFor(resource: string): string {
  const name = resource.slice(resource.lastIndexOf('.') + 1);
  return `${name.replace(/[-_]+(\w)/g, (_, letter: string) => letter.toUpperCase())}Id`;
}

/** `contactId` and `contact_id` are one: APIs write it either way. */
export function sameName(a: string, b: string): boolean {
  return a.replaceAll('_', '').toLowerCase() === b.replaceAll('_', '').toLowerCase();
}

export interface ResourceOperation {
  readonly operation: string;
  /** Where the target stands in the answer's body, as names: `['contact']`. Its `id` is the target id. */
  readonly answer: readonly string[];
  /** Where else it may stand: documents are wrong now and then. */
  readonly orElse?: readonly string[];
}

export interface ResourceTags {
  readonly add: string;
  readonly remove: string;
  /** Changes the tags of many at once: its path says `add` or `remove`, its answer what became of each. */
  readonly bulk?: string;
}

/** Look-up that turns a name into an id. */
export interface Reference {
  /** What it is called, for people. */
  readonly kind: string;
  readonly operation: string;
  /** Where the list stands in the answer's body; its items have `id` and `name`. */
  readonly answer: readonly string[];
}

/** How a target with an identity of its own is told from others: for adoption, and for creates in doubt. */
export interface Identity {
  /** Finds by an identity field, never through a lagging index. */
  readonly find: string;
  /** How long a create may take to show there, in ms. */
  readonly lagMs: number;
  /** Whether the API itself refuses a second one: as a setting of the location says, or never. */
  readonly twins: 'as-the-location-says' | 'allowed';
  /** The field that stands for the key, with the question to ask; nothing where this record has none. */
  question(key: string, fields: Fields): IdentityQuestion | undefined;
  /** The target's id in the answer to that question. */
  pick(body: unknown, question: IdentityQuestion): string | undefined;
  /** Where that answer is a list of many pages: all of them are asked for, up to the one that holds it. */
  readonly pages?: Pages;
  /** The target that a refused create names as its duplicate. */
  duplicateIn(body: unknown): { readonly targetId: string; readonly field?: string } | undefined;
  /** The body that names it so: what a plan answers for the API. Only where the API may refuse twins. */
  refusal?(targetId: string, field: string): unknown;
}

export interface IdentityQuestion {
  readonly field: string;
  readonly value: string;
  readonly query: Readonly<Record<string, Json>>;
}

/** How a list goes on that is longer than one answer. */
export interface Pages {
  /** Where the list stands in the answer's body. */
  readonly list: readonly string[];
  /** How many one answer holds where there are more. */
  readonly size: number;
  /** Query of the page that follows on so many. */
  after(count: number): Readonly<Record<string, Json>>;
}

/** How a child is told from its siblings: by fields that stay as they are. */
export interface Siblings {
  /** Lists the parent's children, with where the list stands in the answer. */
  readonly list: ResourceOperation;
  /** Query of that list beside the parent's and the location's id; nothing where these fields don't allow one. */
  query?(fields: Fields): Readonly<Record<string, Json>> | undefined;
  readonly pages?: Pages;
  /** Stable fields: those of them that are mapped must all be equal. */
  readonly match: readonly string[];
  /** How long a create may take to show in the list, in ms. */
  readonly lagMs: number;
}

/** All values under which an answer may show a field of a target. */
export function shownValues(
  { shownAs }: Pick<Resource, 'shownAs'>,
  shown: Readonly<Record<string, unknown>>,
  field: string,
): readonly unknown[] {
  return [field, ...(shownAs?.[field] ?? [])]
    .map((name) => shown[name])
    .filter((value) => value !== undefined);
}

/** The target in an answer's body: at its place, or nothing. */
export function targetIn(
  body: unknown,
  place: readonly string[],
): Readonly<Record<string, unknown>> | undefined {
  const value = valueAt(body, place);
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

/** Where the target stands in this answer's body. */
export function placeIn({ answer, orElse }: ResourceOperation, body: unknown): readonly string[] {
  return orElse && targetIdIn(body, answer) === undefined ? orElse : answer;
}

/** The list in an answer's body; empty where there is none. */
export function listIn(
  body: unknown,
  place: readonly string[],
): readonly Readonly<Record<string, unknown>>[] {
  const value = valueAt(body, place);
  if (!Array.isArray(value)) return [];
  return value.filter((item): item is Record<string, unknown> => typeof item === 'object' && item !== null);
}

/** The target id in an answer's body, where it holds one. */
export function targetIdIn(body: unknown, place: readonly string[]): string | undefined {
  return idOf(targetIn(body, place));
}

export function idOf(target: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const id = target?.['id'];
  if (typeof id === 'string' && id !== '') return id;
  return typeof id === 'number' ? String(id) : undefined;
}

function valueAt(body: unknown, place: readonly string[]): unknown {
  let value = body;
  for (const name of place) value = (value as Record<string, unknown> | null | undefined)?.[name];
  return value;
}
