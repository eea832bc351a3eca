import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { discard, retry, type Hands } from '../engine/dead-letters.ts';
import { approveHeld } from '../engine/guard/held.ts';
import { readStatus } from '../engine/inspect/inspect.ts';
import { describeEvent } from '../engine/inspect/inspect-event.ts';
import { listEvents } from '../engine/inspect/inspect-list.ts';
import { BoothsyncError, type ProblemCode } from '../model/problem.ts';
import type { Redactor } from '../model/redactor.ts';
import { refuse } from './door.ts';
import { readEventQuery } from './event-query.ts';

export interface ApiOptions {
  readonly hands: Hands;
  /** Takes secrets out of every answer. */
  readonly redactor: Redactor;
}

type Named = { Params: { id: string } };

/** Problems of one who names what is not there. */
const UNKNOWN: readonly ProblemCode[] = ['usage', 'unknown-sync', 'approval'];

/** What `status`, `events` and approving do on the command line, for a dashboard and for machines. */
export function addApiRoutes(app: FastifyInstance, { hands, redactor }: ApiOptions): void {
  const answer = async (reply: FastifyReply, ask: () => Promise<unknown>): Promise<FastifyReply> => {
    try {
      const text = redactor.redact(JSON.stringify(await ask()));
      return await reply.type('application/json; charset=utf-8').send(text);
    } catch (error) {
      if (!(error instanceof BoothsyncError)) throw error;
      const { code, message, remedy } = error.problem;
      const status = UNKNOWN.includes(code) ? 404 : 503;
      return refuse(reply, status, redactor.redact(message), redactor.redact(remedy));
    }
  };

  app.get('/api/status', (_request, reply) => answer(reply, () => readStatus(hands, hands.clock.now())));
  app.get('/api/events', (request, reply) => {
    const query = readEventQuery(request.query as Readonly<Record<string, unknown>>, hands.clock.now());
    if ('message' in query) return refuse(reply, 400, query.message, query.remedy);
    return answer(reply, () => listEvents(hands.store, query.filter, query.limit));
  });
  app.get<Named>('/api/events/:id', ({ params }, reply) =>
    answer(reply, () => describeEvent(hands, params.id)),
  );
  app.post<Named>('/api/events/:id/retry', ({ params }, reply) =>
    answer(reply, () => retry(hands, { names: [params.id], filter: {} })),
  );
  app.post<Named>('/api/events/:id/discard', (request, reply) =>
    answer(reply, () => discard(hands, { names: [request.params.id], filter: {} }, wantsToForget(request))),
  );
  app.post<{ Params: { hash: string } }>('/api/held/:hash/approve', ({ params }, reply) =>
    answer(reply, () => approveHeld(hands, params.hash)),
  );
}

/** `?forgetIntent=true`, as the command's `--forget-intent`. */
function wantsToForget({ query }: FastifyRequest): boolean {
  return (query as Readonly<Record<string, unknown>>)['forgetIntent'] === 'true';
}
