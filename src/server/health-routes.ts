import type { FastifyInstance } from 'fastify';

const OPEN = { config: { open: true } } as const;

/** `/healthz`: the process lives. `/readyz`: it can take events. */
export function addHealthRoutes(app: FastifyInstance, isReady: () => Promise<boolean>): void {
  app.get('/healthz', OPEN, () => ({ status: 'ok' }));
  app.get('/readyz', OPEN, async (_request, reply) => {
    const ready = await isReady().catch(() => false);
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready' });
  });
}
