import type { Api, Latency } from '../http/exchange.ts';
import { bodyText, header, isRecord } from '../http/message.ts';
import type { Arrival } from '../http/message.ts';
import { randomId } from '../http/random.ts';
import type { Random } from '../http/random.ts';
import { createRouter } from '../http/router.ts';
import { tooManyRequests } from './answers.ts';
import { passGate } from './gate.ts';
import type { GhlRequest } from './gate.ts';
import type { RateLimit } from './rate-limit.ts';
import { routes } from './routes.ts';
import type { World } from './world.ts';

/** Forms, by the official file; anything else is JSON. */
const formPaths = ['/oauth/token', '/oauth/locationToken'];

/** GHL as the exchange sees it: how a call is read, counted and answered. */
export function createGhlApi(parts: {
  readonly world: () => World;
  readonly limit: RateLimit;
  readonly latency: () => Latency;
  readonly random: Random;
}): Api<GhlRequest> {
  const { world, limit, latency, random } = parts;
  const isOAuthCall = ({ arrival }: GhlRequest) => world().oauth.operation(arrival) !== undefined;
  const find = createRouter(routes);

  return {
    read(arrival) {
      const token = /^Bearer (\S+)$/.exec(header(arrival, 'authorization') ?? '')?.[1] ?? '';
      const found = find(arrival.method, arrival.path);
      return {
        arrival,
        access: world().accessOf(token),
        route: found?.route,
        params: found?.params ?? {},
        ...parseBody(arrival),
      };
    },
    describe: (request) => ({
      operation: world().oauth.operation(request.arrival) ?? request.route?.operation ?? 'unknown',
      account: request.access?.location.id ?? '',
      body: request.body,
    }),
    admit(request, at) {
      // Unknown tokens have no location whose budget they could use; the token endpoint belongs to none.
      if (!request.access || isOAuthCall(request)) return undefined;
      return limit.admit(request.access.location.id, at) ? undefined : tooManyRequests;
    },
    respond(request) {
      const answer = isOAuthCall(request)
        ? world().oauth.answer(request.arrival, request.body)
        : passGate(request);
      if (!isRecord(answer.body)) return answer;
      return { ...answer, body: { ...answer.body, traceId: randomId(random) } };
    },
    headers: (request) => limit.headers(request.access?.location.id ?? ''),
    latency,
  };
}

/** Only what its content type says it is: a form sent to a JSON operation is no body. */
function parseBody(arrival: Arrival): { readonly body: unknown; readonly malformed: boolean } {
  if (arrival.body.length === 0) return { body: undefined, malformed: false };
  const type = header(arrival, 'content-type') ?? '';
  if (formPaths.includes(arrival.path)) {
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
