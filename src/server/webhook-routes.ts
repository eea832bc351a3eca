import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Webhooks } from '../engine/intake/webhooks.ts';
import type { Receipt } from '../inbox/receive.ts';

/** How long a sender should wait when the backlog is full, in s. */
const BUSY_SECONDS = '60';

type Params = { connection: string; tenant?: string };

type Knocking = FastifyRequest<{ Params: Params }>;

export function addWebhookRoutes(app: FastifyInstance, webhooks: Webhooks): void {
  for (const path of ['/webhooks/:connection', '/webhooks/:connection/:tenant'])
    app.post<{ Params: Params }>(path, {
      // What comes brings its own proof.
      config: { open: true },
      // Before a byte of the body is read, where it says how many there are.
      onRequest: async (request, reply) =>
        turnedAway(webhooks, request, reply, Number(request.headers['content-length'] ?? 0)),
      handler: (request, reply) => take(webhooks, request, reply),
    });
}

/** Whom nobody expects, or who brings too much. */
function turnedAway(
  webhooks: Webhooks,
  { params: { connection, tenant } }: Knocking,
  reply: FastifyReply,
  bytes: number,
): FastifyReply | undefined {
  if (!webhooks.has(connection, tenant))
    return reply.code(404).send({ error: `no webhook is configured for "${connection}"` });
  const most = webhooks.bodyLimit(connection);
  if (bytes <= most) return undefined;
  // Else the rest of it would still be read.
  reply.code(413).header('connection', 'close');
  return reply.send({ error: `the body is larger than ${most} bytes` });
}

async function take(webhooks: Webhooks, request: Knocking, reply: FastifyReply): Promise<FastifyReply> {
  const { connection } = request.params;
  const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  // One in chunks said no length.
  const away = turnedAway(webhooks, request, reply, raw.length);
  if (away) return away;
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
