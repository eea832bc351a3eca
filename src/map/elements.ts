import { ExpressionError } from '../model/expression.ts';
import { asKey } from '../model/record.ts';
import type { Sync } from '../model/sync.ts';
import type { Scope } from './scope.ts';

/** A part of a record that has a target of its own; of a sync without `each`, the record itself. */
export interface Element {
  /** What tells it from the others of its record; `''` for the record itself. */
  readonly key: string;
  readonly scope: Scope;
}

/** Elements that can't be told apart, or from nothing. */
export interface ElementProblem {
  readonly key: string;
  readonly reason: string;
  readonly remedy: string;
}

export interface Elements {
  readonly elements: readonly Element[];
  readonly problems: readonly ElementProblem[];
  /** False where some have no key: then nobody can say which others are gone. */
  readonly complete: boolean;
}

/** In UTF-16 units; beside the record's own key it stands in PostgreSQL's indexes, whose rows hold 2,700 bytes. */
const LONGEST_KEY = 200;

/** What a sync takes a record apart into. One value is a list of one, nothing an empty list. Throws `ExpressionError`. */
export async function elementsOf(sync: Sync, scope: Scope): Promise<Elements> {
  if (!sync.each) return { elements: [{ key: '', scope }], problems: [], complete: true };
  const bindings = { ...scope.bindings, record: scope.record };
  const value = await sync.each(scope.record, bindings);
  const list: readonly unknown[] = Array.isArray(value)
    ? value
    : value === undefined || value === null
      ? []
      : [value];
  const byKey = new Map<string, Element[]>();
  const problems: ElementProblem[] = [];
  for (const [at, record] of list.entries()) {
    const element = await keyedElement(sync, { record, bindings, whole: scope }, at);
    if ('reason' in element) problems.push(element);
    else byKey.set(element.key, [...(byKey.get(element.key) ?? []), element]);
  }
  const complete = problems.length === 0;
  const twice = [...byKey].filter(([, same]) => same.length > 1);
  for (const [key, same] of twice) problems.push(duplicate(sync, key, same.length));
  return { elements: [...byKey.values()].filter((same) => same.length === 1).flat(), problems, complete };
}

async function keyedElement(sync: Sync, scope: Scope, at: number): Promise<Element | ElementProblem> {
  const key = await keyOf(sync, scope);
  if (typeof key === 'string') return { key, scope };
  return {
    key: `no-key ${at + 1}`,
    reason:
      key?.message ??
      `no-key: element ${at + 1} of the list has none: its key is nothing, a list, an object or longer than ${LONGEST_KEY} letters`,
    remedy: `give syncs.${sync.name}.key an expression that each element has, or leave such elements out in \`each\``,
  };
}

async function keyOf(sync: Sync, { record, bindings }: Scope): Promise<string | ExpressionError | undefined> {
  try {
    const key = asKey(await sync.key?.(record, bindings));
    return key !== undefined && key.length <= LONGEST_KEY ? key : undefined;
  } catch (error) {
    if (error instanceof ExpressionError) return error;
    throw error;
  }
}

/** Which of them a target stands for could change with their order: so none of them is applied. */
function duplicate(sync: Sync, key: string, count: number): ElementProblem {
  return {
    key,
    reason: `${count} elements of this record have the key ${JSON.stringify(key)}`,
    remedy: `make syncs.${sync.name}.key tell them apart, or join them in \`each\``,
  };
}
