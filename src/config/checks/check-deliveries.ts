import { inspectExpression } from '../../expression/inspect.ts';
import { ANY, typeOf } from '../../expression/types/static-type.ts';
import type { StaticType } from '../../expression/types/static-type.ts';
import { scan } from '../../expression/tokens.ts';
import type { Problem, Span } from '../../model/problem.ts';
import { spanInside } from '../fill-variables.ts';
import { nearest } from '../nearest.ts';
import { placesOf } from '../places.ts';
import type { Place } from '../places.ts';
import { overlapping, problemAt } from '../problem-at.ts';
import type { Texts } from '../texts.ts';
import type { Node } from '../tree.ts';

/** What an expression on a delivery sees; what was sent stands under `body`. */
const DELIVERY: StaticType = {
  ...typeOf('object'),
  fields: new Map(['body', 'headers', 'query'].map((name) => [name, ANY] as const)),
};

/** `record: data.object` of a webhook, where nothing is called `data`, and `headers.x-event`, which is no name. */
export function checkDeliveries(root: Node, texts: Texts): readonly Problem[] {
  return placesOf(root).flatMap((place) => {
    const isDelivery = place.path[2] === 'webhook';
    if (!isDelivery && !(place.is === 'expression' && place.variables?.includes('headers'))) return [];
    const hyphened = hyphenedNames(String(place.node.value), isDelivery);
    const isInside = overlapping(hyphened.map(({ offset, length }) => spanOf(offset, length)));
    const strangers = isDelivery ? strangersIn(place.node) : [];
    return [
      ...hyphened.map((each) => asSubtraction(place, each, texts)),
      ...strangers
        .filter(({ offset, length }) => !isInside(spanOf(offset, length)))
        .map(({ name, offset, length }) => {
          const at = spanInside(texts, place.node, offset, length);
          const message = `a delivery has body, headers and query, and no "${name}"`;
          const near = nearest(name, DELIVERY.fields!.keys());
          const remedy = near
            ? `did you mean "${near}"?`
            : `what was sent stands under body: write body.${name}`;
          return problemAt('unknown-name', at, message, remedy);
        }),
    ];
  });
}

function spanOf(offset: number, length: number): Span {
  return { file: '', start: offset, end: offset + length };
}

interface Hyphened {
  readonly owner: string;
  readonly name: string;
  readonly offset: number;
  readonly length: number;
}

/** Of a header and of what was sent it is all but sure that no subtraction is meant. */
function hyphenedNames(source: string, isDelivery: boolean): readonly Hyphened[] {
  const owners = isDelivery ? 'body|headers|query' : String.raw`\$headers`;
  const form = new RegExp(
    String.raw`(?<![\w$."'\`])((?:${owners})(?:\.\w+)*)\.([A-Za-z_]\w*(?:-[A-Za-z_]\w*)+)`,
    'g',
  );
  const texts = scan(source).tokens.filter(({ kind }) => kind === 'string');
  const found = [...source.matchAll(form)].filter(
    ({ index }) => !texts.some(({ start, end }) => start < index && index < end),
  );
  return found.map(({ 0: whole, 1: owner = '', 2: name = '', index }) => ({
    owner,
    name,
    offset: index + whole.length - name.length,
    length: name.length,
  }));
}

function asSubtraction({ node }: Place, { owner, name, offset, length }: Hyphened, texts: Texts): Problem {
  const message = `\`${name}\` is read as ${name.split('-').join(' minus ')}`;
  const at = spanInside(texts, node, offset, length);
  return problemAt('expression', at, message, `write the name in quotes: ${owner}."${name}"`);
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
