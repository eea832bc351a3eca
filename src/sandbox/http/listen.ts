import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer, Arrival, Outcome } from './message.ts';

export interface Listening {
  /** Base URL without a slash at its end. */
  readonly url: string;
  /** Breaks what is still open: calls that hang would keep the port for ever. */
  readonly close: () => Promise<void>;
}

/** Serves on 127.0.0.1; port 0 takes any. */
export async function listen(
  port: number,
  handle: (arrival: Arrival) => Promise<Outcome>,
): Promise<Listening> {
  const server = createServer((request, response) => {
    serve(request, response, handle).catch((error: unknown) => {
      // A bug of the sandbox must fail the test that meets it, and say where.
      send(response, { status: 500, body: error instanceof Error ? error.stack : String(error) });
    });
  });
  // Longer than any client keeps a socket, so that an idle one is never broken by us: only faults break.
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const bound = typeof address === 'object' && address ? address.port : port;
  return {
    url: `http://127.0.0.1:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  handle: (arrival: Arrival) => Promise<Outcome>,
): Promise<void> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
  } catch {
    return; // The client went away before its request was whole: it never arrived.
  }
  const outcome = await handle(toArrival(request, Buffer.concat(chunks)));
  if (outcome.kind === 'reset') request.socket.destroy();
  if (outcome.kind === 'answer') send(response, outcome.answer);
}

function toArrival(request: IncomingMessage, body: Uint8Array): Arrival {
  const target = request.url ?? '/';
  const mark = target.indexOf('?');
  return {
    method: request.method ?? 'GET',
    path: mark < 0 ? target : target.slice(0, mark),
    query: new URLSearchParams(mark < 0 ? '' : target.slice(mark + 1)),
    headers: request.headers,
    body,
  };
}

function send(response: ServerResponse, answer: Answer): void {
  const { type, text } = encode(answer);
  response.writeHead(answer.status, {
    'content-type': type,
    'content-length': Buffer.byteLength(text),
    ...answer.headers,
  });
  response.end(text);
}

/** The body as it goes over the wire. */
export function encode(answer: Answer): { readonly type: string; readonly text: string } {
  if (answer.body === undefined) return { type: 'text/plain', text: '' };
  if (typeof answer.body === 'string') return { type: 'text/html; charset=utf-8', text: answer.body };
  return { type: 'application/json; charset=utf-8', text: JSON.stringify(answer.body) };
}
