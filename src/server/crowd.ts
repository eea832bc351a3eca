import type { FastifyInstance } from 'fastify';
import type { IncomingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';

export interface MostAtOnce {
  readonly connections: number;
  /** Of all bodies that are still coming, in bytes, as far as they are announced. */
  readonly bytes: number;
}

export interface Crowd {
  /** Hangs up on all whose request is not whole. */
  dismiss(): void;
}

/**
 * Keeps the connections and what they send below `most`. Past so many connections the one goes that has waited longest without ever having sent a whole
 * request, or, where these are no more than half, the longest idle. Who comes is let in: neither a thousand who never finish
 * nor a thousand who have finished once and stay must shut out one who does. Past so many bytes the one goes whose request
 * began first: a thousand who send all of a large body but its end must not fill the memory.
 */
export function limitCrowd(app: FastifyInstance, most: MostAtOnce): Crowd {
  /** Nothing whole has come of these yet, the oldest first. */
  const strangers = new Set<Socket>();
  const idle = new Set<Socket>();
  const busy = new Set<Socket>();
  /** The bytes of a body that is not whole yet, the oldest first. */
  const coming = new Map<Socket, number>();
  let bytes = 0;
  const move = (socket: Socket, to: Set<Socket> | undefined) => {
    for (const set of [strangers, idle, busy]) set.delete(socket);
    to?.add(socket);
    bytes -= coming.get(socket) ?? 0;
    coming.delete(socket);
  };
  const hangUp = (socket: Socket) => {
    move(socket, undefined);
    socket.destroy();
  };

  app.server.on('connection', (socket: Socket) => {
    strangers.add(socket);
    socket.once('close', () => move(socket, undefined));
    if (strangers.size + idle.size + busy.size <= most.connections) return;
    const [first] = strangers.size > most.connections / 2 || idle.size === 0 ? strangers : idle;
    if (first) hangUp(first);
  });
  app.addHook('onRequest', ({ raw, routeOptions }, _reply, done) => {
    const size = Math.min(announced(raw.headers), routeOptions.bodyLimit);
    bytes += size - (coming.get(raw.socket) ?? 0);
    coming.delete(raw.socket);
    if (size > 0) coming.set(raw.socket, size);
    for (const [socket] of coming) {
      if (bytes <= most.bytes || coming.size === 1) break;
      hangUp(socket);
    }
    done();
  });
  // The body is there: from now on it is ours to answer.
  app.addHook('preHandler', ({ raw }, _reply, done) => {
    move(raw.socket, busy);
    done();
  });
  app.addHook('onResponse', ({ raw }, _reply, done) => {
    if (!raw.socket.destroyed) move(raw.socket, idle);
    done();
  });
  return {
    dismiss: () => {
      for (const socket of [...strangers, ...idle]) socket.destroy();
    },
  };
}

/** A body in chunks may be as large as any. */
function announced(headers: IncomingHttpHeaders): number {
  return headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : Infinity;
}
