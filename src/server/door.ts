import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sameText } from '../inbox/verify/constant-time.ts';
import type { Guesses } from './guesses.ts';
import { readSession, type Session } from './session.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Anybody may come in: webhooks, which bring their own proof, health, and the login itself. */
    readonly open?: boolean;
  }
  interface FastifyRequest {
    /** Of whoever came with a session, not with the token itself. */
    session?: Session;
  }
}

export interface DoorOptions {
  /** `server.token`; empty: nobody comes in. */
  readonly token: string;
  readonly guesses: Guesses;
  /** In ms. */
  now(): number;
}

const COOKIE = 'boothsync_session';
const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Keeps every route shut that does not say `config: { open: true }`: what is added later is shut, too. In comes who bears
 * `server.token`, or the cookie of a login; with the cookie, what changes something needs the CSRF token as well.
 */
export function shutDoor(app: FastifyInstance, options: DoorOptions): void {
  app.decorateRequest('session', undefined);
  app.addHook('onRequest', async (request, reply) => {
    if (request.is404 || request.routeOptions.config.open === true) return undefined;
    return admit(options, request, reply);
  });
}

function admit(options: DoorOptions, request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined {
  const { token } = options;
  // On loopback, too: a proxy before it, a page that rebinds its name, or another user of the machine would come in.
  if (token === '')
    return refuse(
      reply,
      403,
      'server.token is not set, so nothing but webhooks and health is served',
      'set server.token',
    );
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return isToken(options, request, reply, bearer) ? undefined : reply;
  const read = readSession(token, cookieOf(request) ?? '', options.now());
  if (!read) {
    reply.header('www-authenticate', 'Bearer');
    return refuse(
      reply,
      401,
      'nobody is logged in',
      'send server.token as `Authorization: Bearer …`, or log in',
    );
  }
  if (!SAFE_METHODS.includes(request.method) && !isOwnPage(request, read.session))
    return refuse(
      reply,
      403,
      'the CSRF token is missing or wrong',
      'send what GET /api/session tells as the header x-csrf-token',
    );
  if (read.renewed) giveCookie(request, reply, read.renewed.cookie);
  request.session = read.renewed ?? read.session;
  return undefined;
}

/** Whether that is the token; where it is not, the reply says so. */
export function isToken(
  { token, guesses }: DoorOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  given: string,
): boolean {
  const wait = guesses.waitSeconds(request.ip);
  if (wait !== undefined) {
    reply.header('retry-after', String(wait));
    refuse(reply, 429, 'too many wrong tokens came from this address', `wait ${wait} s`);
    return false;
  }
  if (token !== '' && sameText(given, token)) return true;
  guesses.failed(request.ip);
  refuse(reply, 401, 'that is not server.token', 'see how the runner was started');
  return false;
}

/** A page of another site can send the cookie where the browser is old, but knows no CSRF token. */
function isOwnPage(request: FastifyRequest, session: Session): boolean {
  const given = request.headers['x-csrf-token'];
  return isSameOrigin(request) && typeof given === 'string' && sameText(given, session.csrf);
}

/** Browsers say where a request comes from; what says nothing is no browser. */
export function isSameOrigin({ headers }: FastifyRequest): boolean {
  const { origin } = headers;
  if (origin === undefined) return headers['sec-fetch-site'] !== 'cross-site';
  return URL.canParse(origin) && new URL(origin).host === headers.host;
}

function cookieOf({ headers }: FastifyRequest): string | undefined {
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1);
}

/** No value: the browser forgets it. No date: it does so, too, when it is closed. */
export function giveCookie(request: FastifyRequest, reply: FastifyReply, value: string | undefined): void {
  const parts = [`${COOKIE}=${value ?? ''}`, 'Path=/', 'HttpOnly', 'SameSite=Strict'];
  if (value === undefined) parts.push('Max-Age=0');
  if (isEncrypted(request)) parts.push('Secure');
  reply.header('set-cookie', parts.join('; '));
}

/** The proxy before us speaks TLS. Who lies about that locks only himself out. */
export function isEncrypted({ headers }: FastifyRequest): boolean {
  return (
    String(headers['x-forwarded-proto'] ?? '')
      .split(',')[0]
      ?.trim() === 'https'
  );
}

export function refuse(reply: FastifyReply, status: number, message: string, remedy: string): FastifyReply {
  return reply.code(status).send({ problems: [{ code: 'usage', severity: 'error', message, remedy }] });
}
