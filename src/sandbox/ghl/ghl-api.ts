import type { Api, Latency } from '../http/exchange.ts';
import { bodyText, header, isRecord } from '../http/message.ts';
import type { Answer, Arrival } from '../http/message.ts';
import { randomId } from '../http/random.ts';
import type { Random } from '../http/random.ts';
import { createRouter } from '../http/router.ts';
import { RefusalError, tooManyRequests } from './answers.ts';
import { passGate } from './gate.ts';
import type { GhlRequest } from './gate.ts';
import type { RateLimit } from './rate-limit.ts';
import { routes } from './routes.ts';
import type { World } from './world.ts';

const tokenPath = '/oauth/token';

/** GHL as the exchange sees it: how a call is read, counted and answered. */
export function createGhlApi(parts: {
  readonly world: () => World;
  readonly limit: RateLimit;
  readonly latency: () => Latency;
  readonly random: Random;
}): Api<GhlRequest> {
  const { world, limit, latency, random } = parts;
  const find = createRouter(routes);

  return {
    read(arrival) {
      const token = /^Bearer (\S+)$/.exec(header(arrival, 'authorization') ?? '')?.[1] ?? '';
      const found = find(arrival.method, arrival.path);
      return {
        arrival,
        access: world().access.get(token),
        route: found?.route,
        params: found?.params ?? {},
        ...parseBody(arrival),
      };
    },
    describe: (request) => ({
      operation: isTokenCall(request) ? 'get-access-token' : (request.route?.operation ?? 'unknown'),
      account: request.access?.location.id ?? '',
      body: request.body,
    }),
    admit(request, at) {
      // Unknown tokens have no location whose budget they could use; the token endpoint belongs to none.
      if (!request.access || isTokenCall(request)) return undefined;
      return limit.admit(request.access.location.id, at) ? undefined : tooManyRequests;
    },
    respond(request) {
      const answer = isTokenCall(request) ? grantToken(world(), request) : passGate(request);
      if (!isRecord(answer.body)) return answer;
      return { ...answer, body: { ...answer.body, traceId: randomId(random) } };
    },
    headers: (request) => limit.headers(request.access?.location.id ?? ''),
    latency,
  };
}

function isTokenCall({ arrival }: GhlRequest): boolean {
  return arrival.method === 'POST' && arrival.path === tokenPath;
}

function grantToken(world: World, request: GhlRequest): Answer {
  try {
    return world.oauth.token(request.body);
  } catch (error) {
    if (error instanceof RefusalError) return error.answer;
    throw error;
  }
}

/** Only what its content type says it is: a form sent to a JSON operation is no body. */
function parseBody(arrival: Arrival): { readonly body: unknown; readonly malformed: boolean } {
  if (arrival.body.length === 0) return { body: undefined, malformed: false };
  const type = header(arrival, 'content-type') ?? '';
  if (arrival.path === tokenPath) {
    if (!type.startsWith('application/x-www-form-urlencoded')) return { body: undefined, malformed: false };
    return { body: Object.fromEntries(new URLSearchParams(bodyText(arrival))), malformed: false };
  }
  if (!type.startsWith('application/json')) return { body: undefined, malformed: false };
  try {
    return { body: JSON.parse(bodyText(arrival)) as unknown, malformed: false };
  } catch {
    return { body: undefined, malformed: true };
  }
}
