import type { Catalog } from '../catalog/load.ts';
import type { Problem } from '../model/problem.ts';
import { problemAt } from './problem-at.ts';
import { child, entriesOf, entryAt, textOf } from './tree.ts';
import type { Entry, MapNode, Node } from './tree.ts';

/** Mistakes in the order of the levels, and the tree without them. */
export interface Straightened {
  readonly root: Node;
  readonly problems: readonly Problem[];
}

/**
 * A file whose lines say what is meant, one level too high or under the wrong word: told once, and read on as if it
 * were right. Without this, each line of such a block has a complaint of its own.
 */
export function straighten(root: Node, catalog: Catalog, resources: readonly string[]): Straightened {
  const named = Object.keys(OWN).reduce<Straightened>(nameBlock, { root, problems: [] });
  const syncs = child(named.root, 'syncs');
  if (syncs?.kind !== 'map') return named;
  const isOperation = (id: string, part?: string): boolean => catalog.operation(id, part) !== undefined;
  const entries = new Map(syncs.entries);
  const problems = [...named.problems];
  for (const entry of entriesOf(syncs)) {
    const swapped = swapWord(named.root, entry.value, isOperation, resources);
    if (!swapped) continue;
    entries.set(entry.name, { ...entry, value: swapped.sync });
    problems.push(swapped.problem);
  }
  return { root: withEntry(named.root, 'syncs', { ...syncs, entries }), problems };
}

/** What stands in a connection, a source and a sync itself: none of these is a likely name for one. */
const OWN: Readonly<Record<string, readonly string[]>> = {
  connections: ['type', 'baseUrl', 'auth', 'location', 'rateLimit', 'timeout', 'fails', 'webhook'],
  sources: ['connection', 'sample', 'key', 'let', 'updatedAt', 'deleted', 'webhook', 'poll', 'fetch'],
  syncs: ['from', 'to', 'call', 'when', 'key', 'parent', 'fields', 'with', 'tags', 'each'],
  tables: [],
};

/** `sources: { connection: …, poll: … }`: the name was forgotten. */
function nameBlock({ root, problems }: Straightened, block: string): Straightened {
  const node = child(root, block);
  if (node?.kind !== 'map' || root.kind !== 'map') return { root, problems };
  const own = entriesOf(node).filter((entry) => isOwn(block, entry));
  if (!own.some(({ value }) => value.kind === 'scalar')) return { root, problems };
  const rest = [...node.entries.values()].filter((entry) => !own.includes(entry));
  const name = askedFor(root, block, rest) ?? EXAMPLES[block]!;
  const first = own[0]!;
  const item: MapNode = { ...node, entries: new Map(own.map((entry) => [entry.name, entry])) };
  const wrapped: Entry = { name, key: first.key, value: item };
  const entries = new Map([...rest, wrapped].map((entry) => [entry.name, entry]));
  const message = `"${first.name}" stands where the name of a ${block.slice(0, -1)} should`;
  const remedy = `put a name of your own above these lines, as in ${block}: { ${name}: { ${first.name}: … } }`;
  return {
    root: withEntry(root, block, { ...node, entries }),
    problems: [...problems, problemAt('wrong-type', first.key, message, remedy)],
  };
}

const EXAMPLES: Readonly<Record<string, string>> = {
  connections: 'booking-system',
  sources: 'bookings',
  syncs: 'contacts',
  tables: 'kinds',
};

function isOwn(block: string, { name, value }: Entry): boolean {
  if (block === 'tables') return value.kind === 'scalar' && value.value !== null;
  const hasOwn = entriesOf(value).some((entry) => OWN[block]!.includes(entry.name));
  return OWN[block]!.includes(name) && (value.kind !== 'map' || !hasOwn);
}

/** The name by which the rest of the file asks for what has none. */
function askedFor(root: Node, block: string, others: readonly Entry[]): string | undefined {
  const known = others.map(({ name }) => name);
  const asked = {
    connections: entriesOf(child(root, 'sources')).map(({ value }) => textOf(child(value, 'connection'))),
    sources: entriesOf(child(root, 'syncs')).map(({ value }) => textOf(child(value, 'from'))),
    syncs: [],
    tables: textsBelow(child(root, 'syncs')).map((text) => /\$table\(\s*["'](\w+)["']/.exec(text)?.[1]),
  }[block];
  return asked?.find((name) => name !== undefined && !known.includes(name));
}

function textsBelow(node: Node | undefined): readonly string[] {
  if (node?.kind === 'map') return [...node.entries.values()].flatMap(({ value }) => textsBelow(value));
  if (node?.kind === 'list') return node.items.flatMap(textsBelow);
  return [textOf(node) ?? ''];
}

/** `to: ghl.add-tags`: an operation where a resource is wanted. `call: ghl.note`: the other way round. */
function swapWord(
  root: Node,
  sync: Node,
  isOperation: (id: string, part?: string) => boolean,
  resources: readonly string[],
): { readonly sync: MapNode; readonly problem: Problem } | undefined {
  const [to, call] = [entryAt(sync, 'to'), entryAt(sync, 'call')];
  const target = to ?? call;
  const [connection = '', ...rest] = (textOf(target?.value) ?? '').split('.');
  const isGhl = textOf(child(root, 'connections', connection, 'type')) === 'ghl';
  const id = rest.at(-1) ?? '';
  if (!target || sync.kind !== 'map' || (to && call) || !isGhl) return undefined;
  const found = isOperation(id, rest.length === 2 ? rest[0] : undefined);
  const isResource = rest.length === 1 && resources.includes(id);
  if (to ? !found : found || !isResource) return undefined;
  const word = to ? 'call' : 'to';
  const message = to
    ? `"to" takes a resource, and ${id} is an operation`
    : `"call" takes an operation, and ${id} is a resource`;
  const entries = [...sync.entries.values()].map((entry) =>
    entry === target ? { ...entry, name: word } : entry,
  );
  const problem = problemAt('bad-value', target.key, message, `write ${word}: ${textOf(target.value)!}`);
  return { sync: { ...sync, entries: new Map(entries.map((entry) => [entry.name, entry])) }, problem };
}

function withEntry(node: Node, name: string, value: Node): Node {
  if (node.kind !== 'map') return node;
  const entries = new Map(node.entries);
  entries.set(name, { ...entries.get(name)!, value });
  return { ...node, entries };
}
