import type { FastifyInstance, FastifyRequest } from 'fastify';
import { giveCookie, isSameOrigin, isToken, refuse, type DoorOptions } from './door.ts';
import { openSession, type Session } from './session.ts';

/** More than any token. */
const BODY_LIMIT = 4_096;

/** `POST /login` trades the token for a cookie; `POST /logout` takes it back; `GET /api/session` tells who is in. */
export function addLoginRoutes(app: FastifyInstance, options: DoorOptions): void {
  app.post('/login', { config: { open: true }, bodyLimit: BODY_LIMIT }, (request, reply) => {
    // Else another site could log a browser in as somebody else.
    if (!isSameOrigin(request))
      return refuse(reply, 403, 'a login comes from another site', 'log in on this one');
    if (!isToken(options, request, reply, tokenIn(request))) return reply;
    const session = openSession(options.token, options.now());
    giveCookie(request, reply, session.cookie);
    return reply.send(told(session));
  });
  app.post('/logout', (request, reply) => {
    giveCookie(request, reply, undefined);
    return reply.code(204).send();
  });
  app.get('/api/session', (request) => (request.session ? told(request.session) : { csrf: null }));
}

function told({ csrf, expiresAt }: Session): object {
  return { csrf, expiresAt: new Date(expiresAt).toISOString() };
}

/** A form's `token`, or that of JSON. */
function tokenIn({ body, headers }: FastifyRequest): string {
  const text = Buffer.isBuffer(body) ? body.toString('utf8') : '';
  if (!(headers['content-type'] ?? '').includes('json')) return new URLSearchParams(text).get('token') ?? '';
  try {
    const { token } = Object(JSON.parse(text)) as { token?: unknown };
    return typeof token === 'string' ? token : '';
  } catch {
    return '';
  }
}
