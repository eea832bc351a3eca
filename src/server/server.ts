import fastify, { type FastifyInstance } from 'fastify';
import type { Webhooks } from '../engine/intake/webhooks.ts';
import type { Clock } from '../model/clock.ts';
import { addApiRoutes, type ApiOptions } from './api-routes.ts';
import { limitCrowd, type Crowd } from './crowd.ts';
import { shutDoor } from './door.ts';
import { createGuesses } from './guesses.ts';
import { addHealthRoutes } from './health-routes.ts';
import { addLoginRoutes } from './login-routes.ts';
import { addMetrics, type MetricsSource } from './metrics-route.ts';
import { addSecurityHeaders } from './security-headers.ts';
import { addWebhookRoutes } from './webhook-routes.ts';

export interface ServerOptions {
  readonly host: string;
  readonly port: number;
  readonly webhooks: Webhooks;
  /** `server.token`: who has it may see and do all. */
  readonly token: string;
  readonly api: ApiOptions;
  /** Without, there is no `/metrics`. */
  readonly metrics?: MetricsSource;
  /** Nothing keeps the runner from working. */
  isReady(): Promise<boolean>;
}

export interface Server {
  /** Where it listens, such as `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Accepts nothing more; requests under way are answered. */
  close(): Promise<void>;
}

/** How long a client may take to send its headers, and its whole request, in ms: slow ones must not fill the house. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
/** How often that is looked at, in ms. */
const CHECK_MS = 2_000;
/** A sender that keeps its connection open without a word is hung up on after so long, in ms. */
const IDLE_TIMEOUT_MS = 30_000;
/** Most connections at once: past that, those are hung up on from which nothing came. */
const MOST_CONNECTIONS = 1_000;
/** Most bytes of bodies that are still coming: what a small machine can spare, and of the largest bodies some at once. */
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_BODIES = 8;
/** How long a server that closes waits for the rest of a request, and as long again for its answer, in ms. */
const PATIENCE_MS = 2_000;

function withoutSchemas(): never {
  throw new Error('a route has a schema: give it a compiler');
}

/** Listens only now, when the inbox can take events: a sender that got a 404 would not come again. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const app: FastifyInstance = fastify({
    bodyLimit: options.webhooks.bodyLimit(),
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: IDLE_TIMEOUT_MS,
    http: { headersTimeout: HEADERS_TIMEOUT_MS, connectionsCheckingInterval: CHECK_MS },
    forceCloseConnections: 'idle',
    // Whoever is connected already when the runner stops is served: no sender comes again after a 503.
    return503OnClosing: false,
    logger: false,
    // Its own compilers would be read, though no route has a schema.
    schemaController: {
      compilersFactory: { buildValidator: withoutSchemas, buildSerializer: withoutSchemas },
    },
  });
  // Bodies stay the bytes that were signed: they are parsed after the signature was checked.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
  app.setErrorHandler((error: { statusCode?: number; message: string }, _request, reply) => {
    const status = error.statusCode ?? 500;
    // HighLevel redelivers on 429 and on nothing else: what is our trouble must not end a delivery.
    if (status < 500) return reply.code(status).send({ error: error.message });
    return reply.code(429).header('retry-after', '60').send({ error: 'not now' });
  });
  const bytes = Math.max(MOST_BYTES, MOST_BODIES * options.webhooks.bodyLimit());
  const crowd = limitCrowd(app, { connections: MOST_CONNECTIONS, bytes });
  addSecurityHeaders(app);
  const now = () => options.api.hands.clock.now();
  const door = { token: options.token, guesses: createGuesses(now), now };
  shutDoor(app, door);
  addLoginRoutes(app, door);
  addApiRoutes(app, options.api);
  addHealthRoutes(app, () => options.isReady());
  if (options.metrics) addMetrics(app, options.metrics, options.webhooks);
  addWebhookRoutes(app, options.webhooks);
  // Of `localhost` fastify would open a second server, for ::1, whose connections nobody counts.
  const host = options.host === 'localhost' ? '127.0.0.1' : options.host;
  const url = await app.listen({ host, port: options.port });
  return { url, close: () => closeSoon(app, crowd, options.api.hands.clock) };
}

/** Node looks for slow senders no more once it closes: one who says nothing would keep us for ever. */
async function closeSoon(app: FastifyInstance, crowd: Crowd, clock: Clock): Promise<void> {
  const timers = [
    clock.after(PATIENCE_MS, () => crowd.dismiss()),
    clock.after(2 * PATIENCE_MS, () => app.server.closeAllConnections()),
  ];
  await app.close().finally(() => timers.forEach((cancel) => cancel()));
}
