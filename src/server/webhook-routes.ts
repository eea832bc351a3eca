import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Webhooks } from '../engine/webhooks.ts';
import type { Receipt } from '../inbox/receive.ts';

/** How long a sender should wait when the backlog is full, in s. */
const BUSY_SECONDS = '60';

/** What comes brings its own proof. */
const OPEN = { config: { open: true } } as const;

type Params = { connection: string; tenant?: string };

export function addWebhookRoutes(app: FastifyInstance, webhooks: Webhooks): void {
  app.post<{ Params: Params }>('/webhooks/:connection', OPEN, (request, reply) =>
    take(webhooks, request, reply),
  );
  app.post<{ Params: Params }>('/webhooks/:connection/:tenant', OPEN, (request, reply) =>
    take(webhooks, request, reply),
  );
}

async function take(
  webhooks: Webhooks,
  request: FastifyRequest<{ Params: Params }>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { connection, tenant } = request.params;
  if (!webhooks.has(connection, tenant))
    return reply.code(404).send({ error: `no webhook is configured for "${connection}"` });
  const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const receipt = await webhooks.receive(connection, {
    raw,
    headers: flat(request.headers),
    query: flat(request.query as Record<string, unknown>),
  });
  return answer(reply, receipt);
}

function answer(reply: FastifyReply, receipt: Receipt): FastifyReply {
  switch (receipt.type) {
    case 'stored':
    case 'known':
    case 'unwanted':
      return reply.code(200).send({ status: receipt.type });
    case 'forged':
      return reply.code(401).send({ error: 'the signature is missing or wrong' });
    case 'unreadable':
      return reply.code(400).send({ error: receipt.message });
    case 'busy':
      return reply.code(429).header('retry-after', BUSY_SECONDS).send({ error: receipt.message });
  }
}

/** A header or parameter that came several times counts as its first. */
function flat(values: Readonly<Record<string, unknown>>): Record<string, string | undefined> {
  const first = (value: unknown): unknown => (Array.isArray(value) ? (value[0] as unknown) : value);
  const entries = Object.entries(values).map(([name, value]) => [name, first(value)] as const);
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
