import { encode } from './listen.ts';
import type { Arrival, Outcome } from './message.ts';

/**
 * A `fetch` that asks the simulated API without a socket, for simulations in which the network is an argument.
 * A reset rejects with the error that undici throws; a hang ends only by the request's signal.
 */
export function inProcessFetch(handle: (arrival: Arrival) => Promise<Outcome>): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const outcome = await Promise.race([handle(await toArrival(request)), aborted(request.signal)]);
    if (outcome.kind === 'hang') return aborted(request.signal);
    if (outcome.kind === 'reset')
      throw new TypeError('fetch failed', { cause: new Error('read ECONNRESET') });
    const { type, text } = encode(outcome.answer);
    const headers = { 'content-type': type, ...outcome.answer.headers };
    const bare = outcome.answer.status === 204 || outcome.answer.status === 304;
    return new Response(bare ? null : text, { status: outcome.answer.status, headers });
  };
}

async function toArrival(request: Request): Promise<Arrival> {
  const url = new URL(request.url);
  return {
    method: request.method,
    path: url.pathname,
    query: url.searchParams,
    headers: Object.fromEntries(request.headers),
    body: new Uint8Array(await request.arrayBuffer()),
  };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = () => reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}
