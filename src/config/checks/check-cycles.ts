import type { Problem } from '../../model/problem.ts';
import { problemAt } from '../problem-at.ts';
import { ghlResourceOf } from '../target-of.ts';
import { child, entriesOf, textOf } from '../tree.ts';
import type { Node } from '../tree.ts';

interface Link {
  readonly from: string;
  readonly to: string;
  /** Where it is written. */
  readonly node: Node;
}

/** Syncs that wait for each other, or are each other's way back. */
export function checkCycles(root: Node): readonly Problem[] {
  return [
    ...cycles(linksOf(root, ['parent', 'sync'], ['parent'])).map((cycle) => {
      const message =
        cycle.length === 1
          ? `sync "${cycle[0]!.from}" is its own parent`
          : `these syncs wait for each other: ${namesOf(cycle)}`;
      return problemAt(
        'cycle',
        cycle.at(-1)!.node.at,
        message,
        'name a sync whose targets can be made first',
      );
    }),
    ...cycles(linksOf(root, ['pair'])).map((cycle) => {
      const message =
        cycle.length === 1
          ? `sync "${cycle[0]!.from}" is its own way back`
          : `these syncs are each other's way back: ${namesOf(cycle)}`;
      return problemAt('cycle', cycle.at(-1)!.node.at, message, 'keep "pair:" in the one that leads back');
    }),
  ];
}

/** The syncs whose parents go round in a circle. */
export function syncsInCycle(root: Node): ReadonlySet<string> {
  return new Set(
    cycles(linksOf(root, ['parent', 'sync'], ['parent'])).flatMap((cycle) => cycle.map(({ from }) => from)),
  );
}

function linksOf(root: Node, ...paths: readonly (readonly string[])[]): ReadonlyMap<string, Link> {
  const links = entriesOf(child(root, 'syncs')).flatMap(({ name, value }): Link[] => {
    const resource = ghlResourceOf(root, value);
    // A parent of what has none is told elsewhere, and leads nowhere.
    if (resource && !resource.parent && paths.flat().includes('parent')) return [];
    const node = paths.map((path) => child(value, ...path)).find((each) => textOf(each) !== undefined);
    return node ? [{ from: name, to: textOf(node) ?? '', node }] : [];
  });
  return new Map(links.map((link) => [link.from, link]));
}

/** Each circle once, from its first sync in the file to the link that closes it. */
function cycles(links: ReadonlyMap<string, Link>): readonly (readonly Link[])[] {
  const done = new Set<string>();
  const found: Link[][] = [];
  for (const first of links.keys()) {
    const way: Link[] = [];
    let link = links.get(first);
    while (link && !done.has(link.from)) {
      done.add(link.from);
      way.push(link);
      link = links.get(link.to);
    }
    const start = way.findIndex(({ from }) => from === link?.from);
    if (start !== -1) found.push(way.slice(start));
  }
  return found;
}

function namesOf(cycle: readonly Link[]): string {
  return [...cycle.map(({ from }) => from), cycle[0]!.from].join(' → ');
}
