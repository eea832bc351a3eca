import type { Problem } from '../../model/problem.ts';
import { spanInside } from '../fill-variables.ts';
import { placesOf } from '../places.ts';
import type { Place } from '../places.ts';
import { problemAt, warningAt } from '../problem-at.ts';
import type { Texts } from '../texts.ts';
import { child, textOf } from '../tree.ts';
import type { Node } from '../tree.ts';

/** Requests whose path is a whole address: credentials go nowhere but to the connection's own. */
export function checkHosts(root: Node, texts: Texts): readonly Problem[] {
  return placesOf(root).flatMap((place) => elsewhere(root, place, texts));
}

/** `https://host` and the rest; variables and holes are left as they stand. */
const ADDRESS = /^(https?:\/\/(?:\$\{[^}]*\}|[^/?#{}\s])+)(.*)$/is;

function elsewhere(root: Node, place: Place, texts: Texts): readonly Problem[] {
  if (place.is === 'expression' || place.path.at(-1) !== 'path') return [];
  const [, origin, rest = ''] = ADDRESS.exec(String(place.node.value)) ?? [];
  const connection = connectionOf(root, place);
  const base = textOf(child(root, 'connections', connection, 'baseUrl'));
  if (origin === undefined || base === undefined) return [];
  const own = ADDRESS.exec(base)?.[1];
  if (own !== undefined && mayBeOne(own, origin)) return [];
  const at = spanInside(texts, place.node, 0, origin.length);
  const path = rest.startsWith('/') ? rest : `/${rest}`;
  if (own === undefined) {
    const message = `this is a whole address, and a path begins where baseUrl of "${connection}" ends`;
    return [warningAt('bad-value', at, message, `write the path alone: ${path}`)];
  }
  const message = `${origin} is not the address of "${connection}", and its credentials are sent nowhere else`;
  const remedy = `write the path below ${base}: ${path}; what lies elsewhere is a connection of its own`;
  return [problemAt('bad-value', at, message, remedy)];
}

function connectionOf(root: Node, { path: [block, name = ''] }: Place): string {
  return block === 'connections' ? String(name) : (textOf(child(root, 'sources', name, 'connection')) ?? '');
}

/** Of what is filled in nobody knows more than what stands around it. */
function mayBeOne(one: string, other: string): boolean {
  const [a, b] = [one, other].map((each) =>
    each.toLowerCase().replace(/^(http:\/\/.*):80$|^(https:\/\/.*):443$/, '$1$2'),
  );
  const [tailOfA, tailOfB] = [a, b].map((each) => each!.split('}').at(-1)!);
  const isFilled = one.includes('${') || other.includes('${');
  return isFilled ? tailOfA!.endsWith(tailOfB!) || tailOfB!.endsWith(tailOfA!) : a === b;
}
