import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Item = Readonly<Record<string, unknown>> & { readonly id: string };

export interface RestCall {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/**
 * What befalls the next call with this method whose body holds the text: an answer instead of the work, or after it; the work
 * and no answer; no work and no answer, at once or ever.
 */
export interface RestFault {
  readonly method: string;
  readonly kind: 'status' | 'status-after' | 'lost' | 'reset-before' | 'hang' | 'hang-after';
  readonly status?: number;
  readonly bodyIncludes?: string;
}

/** A small strict REST API: customers with orders below them. What it doesn't know it refuses. */
export interface RestApi {
  readonly url: string;
  readonly calls: readonly RestCall[];
  readonly customers: () => readonly Item[];
  readonly orders: () => readonly Item[];
  readonly add: (customer: Readonly<Record<string, unknown>>) => string;
  readonly remove: (id: string) => void;
  readonly fail: (fault: RestFault) => void;
  readonly clear: () => void;
  readonly close: () => Promise<void>;
}

const TOKEN = 'a-crm-token';
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  customers: ['name', 'email', 'city', 'note'],
  orders: ['title', 'total', 'customerId'],
};

interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

export async function startRestApi(): Promise<RestApi> {
  const tables: Record<string, Map<string, Item>> = { customers: new Map(), orders: new Map() };
  const calls: RestCall[] = [];
  const faults: RestFault[] = [];
  let last = 0;

  function create(table: string, body: Readonly<Record<string, unknown>>): Answer {
    const unknown = Object.keys(body).filter((name) => !FIELDS[table]!.includes(name));
    if (unknown.length > 0) return { status: 422, body: { message: `unknown ${unknown.join(', ')}` } };
    const id = `${table[0]!}${(last += 1)}`;
    tables[table]!.set(id, { ...body, id });
    return { status: 201, body: { data: { id, ...body } } };
  }

  function act({ method, path, body }: RestCall, query: URLSearchParams): Answer {
    const [, table = '', id, child] = path.split('/');
    const fields = body as Readonly<Record<string, unknown>>;
    if (table === 'customers' && id !== undefined && child === 'orders') {
      if (!tables['customers']!.has(id)) return { status: 404, body: { message: 'no such customer' } };
      return method === 'POST' ? create('orders', { ...fields, customerId: id }) : { status: 405 };
    }
    const items = tables[table];
    if (!items) return { status: 404, body: { message: `no path ${path}` } };
    if (id === undefined && method === 'POST') return create(table, fields);
    if (id === undefined && method === 'GET') return { status: 200, body: { data: matching(items, query) } };
    const item = items.get(decodeURIComponent(id ?? ''));
    if (!item) return { status: 404, body: { message: 'not found' } };
    if (method === 'DELETE') return items.delete(item.id) ? { status: 204 } : { status: 404 };
    if (method !== 'PUT' && method !== 'PATCH') return { status: 405 };
    const unknown = Object.keys(fields).filter((name) => !FIELDS[table]!.includes(name));
    if (unknown.length > 0) return { status: 422, body: { message: `unknown ${unknown.join(', ')}` } };
    // PUT is the whole, as HTTP has it.
    const whole = { ...(method === 'PATCH' ? item : {}), ...fields, id: item.id };
    items.set(item.id, whole);
    return { status: 200, body: { data: whole } };
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const url = new URL(request.url ?? '/', 'http://crm');
    const method = request.method ?? '';
    const call = { method, path: url.pathname, body: text === '' ? null : (JSON.parse(text) as unknown) };
    calls.push(call);
    if (request.headers.authorization !== `Bearer ${TOKEN}`) {
      end(response, { status: 401 });
      return;
    }
    const befalls = (fault: RestFault) => fault.method === method && text.includes(fault.bodyIncludes ?? '');
    const at = faults.findIndex(befalls);
    const [fault] = at === -1 ? [] : faults.splice(at, 1);
    const kind = fault?.kind;
    const isApplied = kind === undefined || ['status-after', 'lost', 'hang-after'].includes(kind);
    const done = isApplied ? act(call, url.searchParams) : undefined;
    if (kind === 'lost' || kind === 'reset-before') response.destroy();
    else if (kind === 'status' || kind === 'status-after')
      end(response, { status: fault?.status ?? 500, body: { message: 'fault' } });
    else if (done && kind === undefined) end(response, done);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    customers: () => [...tables['customers']!.values()],
    orders: () => [...tables['orders']!.values()],
    add: (customer) => (create('customers', customer).body as { data: Item }).data.id,
    remove: (id) => void tables['customers']!.delete(id),
    fail: (fault) => void faults.push(fault),
    clear: () => void (calls.length = 0),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A search of people's: whatever contains the words. The caller has to tell which is meant. */
function matching(items: ReadonlyMap<string, Item>, query: URLSearchParams): Item[] {
  return [...items.values()].filter((item) =>
    [...query].every(([name, value]) => JSON.stringify(item[name] ?? '').includes(value)),
  );
}

function end(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(body === undefined ? '' : JSON.stringify(body));
}

/** The token that it takes. */
export const restToken = TOKEN;
