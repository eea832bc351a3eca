import { HOLE } from '../../catalog/api-document.ts';
import type { Method } from '../../catalog/operation.ts';
import { child, entriesOf, entryAt, textOf } from '../tree.ts';
import type { Entry, Node } from '../tree.ts';
import { partsOf } from '../variables.ts';

/** A request that the config makes of a connection. */
export interface ConfigRequest {
  readonly connection: string;
  readonly node: Node;
  readonly method: Method;
  /** Without its query; holes and ids stand as `HOLE`. */
  readonly path: string;
  readonly pathNode: Node;
  /** Query parameters in the path itself. */
  readonly inPath: readonly string[];
  /** What paging adds, wherever it goes. */
  readonly added: readonly string[];
  /** The mapped fields are its body. */
  readonly mapped: boolean;
}

const METHODS = { create: 'POST', update: 'PUT', delete: 'DELETE', find: 'GET' } as const;

/** All of them: polls, fetches, and those of resources. */
export function requestsOf(root: Node): readonly ConfigRequest[] {
  return [...sourceRequests(root), ...resourceRequests(root)];
}

function sourceRequests(root: Node): readonly ConfigRequest[] {
  return entriesOf(child(root, 'sources')).flatMap(({ value }) => {
    const connection = textOf(child(value, 'connection')) ?? '';
    const next = textOf(child(value, 'poll', 'next', 'param'));
    return [
      ...requestAt(connection, child(value, 'poll', 'request'), 'GET', next === undefined ? [] : [next]),
      ...requestAt(connection, child(value, 'fetch'), 'GET', []),
    ];
  });
}

function resourceRequests(root: Node): readonly ConfigRequest[] {
  return entriesOf(child(root, 'connections')).flatMap(({ name: connection, value }) =>
    entriesOf(child(value, 'resources')).flatMap((resource) => callsOf(connection, resource)),
  );
}

function callsOf(connection: string, resource: Entry): readonly ConfigRequest[] {
  return (['create', 'update', 'delete', 'find'] as const).flatMap((call) =>
    resourceRequest(connection, resource.value, call),
  );
}

/** One of a resource's requests; none where it has no such request. */
export function resourceRequest(
  connection: string,
  resource: Node,
  call: keyof typeof METHODS,
): readonly ConfigRequest[] {
  return requestAt(connection, child(resource, call), METHODS[call], []);
}

const BODIES = ['form', 'multipart', 'json'] as const;

function requestAt(
  connection: string,
  node: Node | undefined,
  usual: Method,
  added: readonly string[],
): readonly ConfigRequest[] {
  const path = entryAt(node, 'path');
  const text = textOf(path?.value);
  if (!node || !path || text === undefined) return [];
  const hasBody = BODIES.some((body) => child(node, body));
  const method = methodOf(node) ?? (hasBody && usual === 'GET' ? 'POST' : usual);
  const [bare = '', query = ''] = withHoles(text).split('?');
  const inPath = [...new URLSearchParams(query).keys()];
  const mapped = !hasBody && method !== 'GET' && method !== 'DELETE';
  return [{ connection, node, method, path: bare, pathNode: path.value, inPath, added, mapped }];
}

function methodOf(node: Node): Method | undefined {
  const text = textOf(child(node, 'method'))?.trim();
  return (['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const).find((method) => method === text);
}

/** `{{ holes }}`, `{ids}` and `${VARIABLES}` are only known when something runs. */
function withHoles(path: string): string {
  return partsOf(path)
    .map(({ hole, text }) => (hole ? HOLE : text.replaceAll(/\$?\{[^}]*\}/g, HOLE)))
    .join('')
    .replaceAll(new RegExp(`[^/?&=]*${HOLE}[^/?&=]*`, 'g'), HOLE);
}

/** The body that a request gives itself: its names, with their places. */
export function bodyEntries(node: Node): readonly Entry[] | undefined {
  const body = BODIES.map((name) => child(node, name)).find((each) => each !== undefined);
  return body?.kind === 'map' ? [...body.entries.values()] : undefined;
}
