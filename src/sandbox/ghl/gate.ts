import type { Answer, Arrival } from '../http/message.ts';
import { header, isRecord } from '../http/message.ts';
import { RefusalError, notFound, unauthorized, unprocessable, wrongLocation } from './answers.ts';
import type { Location } from './location.ts';
import type { Route } from './route.ts';
import { complaints } from './shape.ts';

/** What a bearer token opens. */
export interface Access {
  readonly location: Location;
  /** `all`, or the scopes that it was given. */
  readonly scopes: 'all' | readonly string[];
  /** On the monotonic clock. */
  readonly endsAt: number;
}

/** Makes a token that opens a location, for so many ms; for ever unless told. */
export type AddToken = (
  token: string,
  locationId: string,
  scopes?: readonly string[],
  livesMs?: number,
) => void;

/** One call on its way to its handler. */
export interface GhlRequest {
  readonly arrival: Arrival;
  readonly access: Access | undefined;
  readonly route: Route | undefined;
  readonly params: Readonly<Record<string, string>>;
  /** The parsed body; undefined where there is none. */
  readonly body: unknown;
  readonly malformed: boolean;
}

/** Checks the call as GHL does, from the outside in, and hands it to its route. */
export function passGate(request: GhlRequest): Answer {
  const { arrival, access, route } = request;
  if (!access) return unauthorized('Invalid token: access token is invalid');
  const version = header(arrival, 'version');
  if (version === undefined) return unauthorized('version header was not found');
  if (!knownVersions.has(version)) return unauthorized('version header is invalid');
  if (!route) return notFound(arrival.method, arrival.path);
  if (version !== route.version) return unauthorized('version header is invalid');
  if (!mayUse(access, route)) return unauthorized('The token is not authorized for this scope.');
  if (request.malformed)
    return { status: 400, body: { statusCode: 400, message: 'Unexpected token in JSON' } };
  try {
    return handle(request, route, access);
  } catch (error) {
    if (error instanceof RefusalError) return error.answer;
    throw error;
  }
}

const knownVersions = new Set(['2021-07-28', '2021-04-15']);

function mayUse(access: Access, route: Route): boolean {
  return access.scopes === 'all' || route.scope === '' || access.scopes.includes(route.scope);
}

function handle(request: GhlRequest, route: Route, access: Access): Answer {
  const query = Object.fromEntries(request.arrival.query);
  const found = [
    ...complaints(route.query ?? {}, query),
    ...(route.body ? complaints(route.body, request.body) : []),
  ];
  if (found.length > 0) throw unprocessable(found);
  if (asksForAnother(access.location.id, request, query)) return wrongLocation;
  const call = { location: access.location, params: request.params, query, body: request.body };
  // Both have passed their shapes, whose types the handler was declared with.
  return route.handle(call as unknown as Parameters<Route['handle']>[0]);
}

function asksForAnother(id: string, request: GhlRequest, query: Readonly<Record<string, string>>): boolean {
  const inBody = isRecord(request.body) ? request.body['locationId'] : undefined;
  const asked = [request.params['locationId'], query['locationId'], query['location_id'], inBody];
  return asked.some((other) => other !== undefined && other !== id);
}
