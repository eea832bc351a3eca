import type { Destination } from '../../inbox/draft-events.ts';
import { elementsOf, type Element, type ElementProblem } from '../../map/elements.ts';
import { routeRecord } from '../../map/map-record.ts';
import type { Scope } from '../../map/scope.ts';
import { ExpressionError } from '../../model/expression.ts';
import type { Sync } from '../../model/sync.ts';

type Routed = Pick<Destination, 'element' | 'route'>;

/**
 * Where a sync sends a record, or each of its elements; `targetKeyFor` makes a target key of what a route yields. Elements
 * that `when` leaves out are as little there as those that are not in the list; where one has no key, nobody can say which
 * others are gone.
 */
export async function routesOf(
  sync: Sync,
  scope: Scope,
  recordKey: string,
  targetKeyFor: (key: string) => string,
): Promise<readonly Routed[]> {
  const split = await elementsOf(sync, scope).catch((error: unknown) => {
    if (error instanceof ExpressionError) return error;
    throw error;
  });
  if (split instanceof ExpressionError) {
    const remedy = `correct syncs.${sync.name}.each or the record; then retry it`;
    return [{ route: { type: 'dead', reason: `each: ${split.message}`, remedy } }];
  }
  const routes = await Promise.all(
    split.elements.map(async ({ key, scope: seen }): Promise<Routed> => {
      const route = await routeRecord(sync, seen, recordKey);
      if (route.type !== 'to') return { element: key, route };
      return { element: key, route: { type: 'to', targetKey: targetKeyFor(route.key) } };
    }),
  );
  if (!sync.each) return routes;
  const dead = split.problems.map(({ key, reason, remedy }): Routed => ({
    element: key,
    route: { type: 'dead', reason, remedy },
  }));
  const here = [...routes.filter(({ route }) => route.type !== 'left'), ...dead];
  const present = here.map(({ element = '' }) => element);
  return split.complete ? [...here, { route: { type: 'elements', present } }] : here;
}

/** One element of a record, why it can't be told, or nothing where the record has none such. Throws `ExpressionError`. */
export async function elementOf(
  sync: Sync,
  scope: Scope,
  key: string,
): Promise<Element | ElementProblem | undefined> {
  const { elements, problems } = await elementsOf(sync, scope);
  return elements.find((one) => one.key === key) ?? problems.find((one) => one.key === key);
}

/** As expressions see what is not there any more: nothing, and the record that it was in as `$record`. */
export function absent(scope: Scope): Scope {
  return { record: undefined, bindings: { ...scope.bindings, record: scope.record }, whole: scope };
}
