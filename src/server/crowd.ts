import type { FastifyInstance } from 'fastify';
import type { Socket } from 'node:net';

/**
 * Keeps the connections below `most`: past that the one goes that has waited longest without ever having sent a whole
 * request, or, where these are no more than half, the longest idle. Who comes is let in: neither a thousand who never finish
 * nor a thousand who have finished once and stay must shut out one who does.
 */
export function limitCrowd(app: FastifyInstance, most: number): void {
  /** Nothing whole has come of these yet, the oldest first. */
  const strangers = new Set<Socket>();
  const idle = new Set<Socket>();
  const busy = new Set<Socket>();
  const move = (socket: Socket, to: Set<Socket> | undefined) => {
    for (const set of [strangers, idle, busy]) set.delete(socket);
    to?.add(socket);
  };

  app.server.on('connection', (socket: Socket) => {
    strangers.add(socket);
    socket.once('close', () => move(socket, undefined));
    if (strangers.size + idle.size + busy.size <= most) return;
    const [first] = strangers.size > most / 2 || idle.size === 0 ? strangers : idle;
    if (!first) return;
    move(first, undefined);
    first.destroy();
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
}
