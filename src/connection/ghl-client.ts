import createClient, { type Client } from 'openapi-fetch';
import type { Operation } from '../catalog/operation.ts';
import type { GhlPaths } from '../catalog/ghl/generated/paths.ts';
import type { Answer } from '../model/answer.ts';
import { jsonText, type Json } from '../model/json.ts';
import type { Credentials } from './authorize.ts';
import { bounded } from './bounded-answer.ts';
import type { RawAnswer } from './read-answer.ts';
import { throughWire, wireWithSlot, type Announce, type Wire } from './wire.ts';

/** Values for an operation's parameters. The location's id is filled in wherever the operation wants it. */
export interface OperationValues {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, Json>>;
  readonly body?: Readonly<Record<string, Json>>;
}

export interface SendOptions {
  readonly priority: number;
  /** Must be durable before the call is sent. */
  readonly before?: Announce;
}

/** Calls HighLevel by operationId: path, method and `Version` header come from the catalogue. */
export interface GhlClient {
  send(operation: Operation, values: OperationValues, options: SendOptions): Promise<Answer>;
  /** Waits for a call's turn: the client that it yields makes its first call at once, and must make one. */
  reserve(priority: number): Promise<GhlClient>;
}

function clientOf(baseUrl: string): Client<GhlPaths> {
  // `fetch` is looked up at each call: tests put their own in its place.
  return createClient<GhlPaths>({
    baseUrl,
    redirect: 'manual',
    fetch: async (request) => bounded(await fetch(request)),
  });
}

export function createGhlClient(wire: Wire): GhlClient {
  const { connection } = wire;
  // Made with the first call: it has Node read all of its own `fetch`, which a start need not wait for.
  let client: Client<GhlPaths> | undefined;

  async function perform(
    operation: Operation,
    values: OperationValues,
    signal: AbortSignal,
    { headers }: Credentials,
  ): Promise<RawAnswer> {
    const location = locationOf(operation, connection.location);
    const body = values.body && { ...values.body, ...location.body };
    const init = {
      params: {
        path: { ...location.path, ...values.path },
        query: { ...location.query, ...values.query },
        ...(operation.version === undefined ? {} : { header: { Version: operation.version } }),
      },
      ...(body === undefined ? {} : { body }),
      headers,
      parseAs: 'text',
      signal,
    };
    // Operations are data here, so their types can't be told apart: the one cast of the client. What is sent was checked
    // against the operation's schema when the config was read.
    client ??= clientOf(connection.baseUrl);
    const request = client.request as (
      method: string,
      path: string,
      init: unknown,
    ) => Promise<{ data?: unknown; error?: unknown; response: Response }>;
    const { data, error, response } = await request(operation.method.toLowerCase(), operation.path, init);
    return { status: response.status, headers: response.headers, text: textOf(data ?? error) };
  }

  return {
    send: (operation, values, options) =>
      throughWire(
        wire,
        { operation: operation.id, method: operation.method, ...options },
        (signal, credentials) => perform(operation, values, signal, credentials),
      ),
    reserve: async (priority) => createGhlClient(await wireWithSlot(wire, priority)),
  };
}

/** The client parses an error's body where it can, and leaves a success as text. */
function textOf(body: unknown): string {
  if (body === undefined) return '';
  return typeof body === 'string' ? body : jsonText(body);
}

/** Where an operation wants the location's id: as path or query parameter, or in the body. */
function locationOf(operation: Operation, location: string | undefined): Required<OperationValues> {
  const place = { path: {}, query: {}, body: {} };
  if (location === undefined) return place;
  const parameter = operation.parameters.find(({ name }) => name === 'locationId' || name === 'location_id');
  if (parameter) return { ...place, [parameter.in]: { [parameter.name]: location } };
  const wants = operation.body?.schema.properties?.['locationId'] !== undefined;
  return wants ? { ...place, body: { locationId: location } } : place;
}
