/** The least that a route says of where it is found; `:name` stands for one segment that is not empty. */
export interface Located {
  readonly method: string;
  readonly path: string;
}

export interface Found<Route> {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

interface Entry<Route> {
  readonly route: Route;
  readonly segments: readonly string[];
}

/**
 * Finds the route of a path. A slash at the end counts, as it does in the official paths (`/contacts/`), and a
 * literal segment goes before a parameter (`/contacts/upsert` before `/contacts/:contactId`).
 */
export function createRouter<Route extends Located>(
  routes: readonly Route[],
): (method: string, path: string) => Found<Route> | undefined {
  const byShape = new Map<string, Entry<Route>[]>();
  for (const route of routes) {
    const segments = route.path.split('/');
    const shape = `${route.method} ${segments.length}`;
    const entries = byShape.get(shape) ?? [];
    entries.push({ route, segments });
    byShape.set(
      shape,
      entries.sort((a, b) => parameterCount(a.segments) - parameterCount(b.segments)),
    );
  }
  return (method, path) => {
    const parts = path.split('/');
    for (const entry of byShape.get(`${method} ${parts.length}`) ?? []) {
      const params = match(entry.segments, parts);
      if (params) return { route: entry.route, params };
    }
    return undefined;
  };
}

function parameterCount(segments: readonly string[]): number {
  return segments.filter((segment) => segment.startsWith(':')).length;
}

function match(segments: readonly string[], parts: readonly string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const part = parts[index] ?? '';
    if (!segment.startsWith(':')) {
      if (segment !== part) return undefined;
    } else if (part === '') {
      return undefined;
    } else {
      params[segment.slice(1)] = decode(part);
    }
  }
  return params;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
