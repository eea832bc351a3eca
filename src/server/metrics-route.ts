import type { FastifyInstance } from 'fastify';
import type { Measures } from '../engine/measure.ts';
import type { Webhooks } from '../engine/intake/webhooks.ts';
import type { Metrics } from './metrics.ts';

export interface MetricsSource {
  readonly metrics: Metrics;
  measures(): Promise<Measures>;
}

/** `/metrics`, in Prometheus' text format, behind the door. */
export function addMetrics(app: FastifyInstance, source: MetricsSource, webhooks: Webhooks): void {
  const { metrics } = source;
  const look = { measures: () => source.measures(), backlog: () => webhooks.backlog() };
  app.get('/metrics', async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.text(look)),
  );
  // Also of answers that come before any handler: to a body that is too large.
  app.addHook('onResponse', (request, reply, done) => {
    if (request.routeOptions.url?.startsWith('/webhooks/')) {
      const { connection = '' } = request.params as { connection?: string };
      const isKnown = webhooks.has(connection, undefined);
      metrics.answered(isKnown ? connection : 'unknown', reply.statusCode);
    }
    done();
  });
}
