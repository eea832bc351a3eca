import { inspectExpression } from '../expression/inspect.ts';
import { ANY, typeOf } from '../expression/static-type.ts';
import type { StaticType } from '../expression/static-type.ts';
import type { Problem } from '../model/problem.ts';
import { spanInside } from './fill-variables.ts';
import { placesOf } from './places.ts';
import type { Place } from './places.ts';
import { problemAt } from './problem-at.ts';
import type { Texts } from './texts.ts';
import type { Node } from './tree.ts';

/** What an expression on a delivery sees; what was sent stands under `body`. */
const DELIVERY: StaticType = {
  ...typeOf('object'),
  fields: new Map(['body', 'headers', 'query'].map((name) => [name, ANY] as const)),
};

/** `record: data.object` of a webhook, where nothing is called `data`. */
export function checkDeliveries(root: Node, texts: Texts): readonly Problem[] {
  return placesOf(root)
    .filter(({ path }) => path[2] === 'webhook')
    .flatMap(({ node }) =>
      strangersIn(node).map(({ name, offset, length }) => {
        const at = spanInside(texts, node, offset, length);
        const message = `a delivery has body, headers and query, and no "${name}"`;
        return problemAt('unknown-name', at, message, `what was sent stands under body: write body.${name}`);
      }),
    );
}

function strangersIn(
  node: Place['node'],
): readonly { readonly name: string; readonly offset: number; readonly length: number }[] {
  try {
    const { findings } = inspectExpression(String(node.value), {
      record: DELIVERY,
      variables: new Map([['event', ANY]]),
    });
    return findings.flatMap((each) => (each.type === 'unknown-name' && each.of === undefined ? [each] : []));
  } catch {
    return []; // told where expressions are checked
  }
}
