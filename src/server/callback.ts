import fastify from 'fastify';
import { failure } from '../model/problem.ts';

/** Waits on this machine for the browser that comes back from a login. */
export interface Callback {
  /** The address that it came back with. */
  readonly returned: Promise<string>;
  close(): Promise<void>;
}

const PAGE = 'text/plain; charset=utf-8';

/**
 * Listens where `redirectUri` says, for the one return that bears `state`: any page could send a browser here with a code of
 * its own.
 */
export async function listenForReturn(redirectUri: string, state: string): Promise<Callback> {
  const { hostname, port, pathname } = new URL(redirectUri);
  const app = fastify({ logger: false, forceCloseConnections: true });
  let came: (address: string) => void = () => undefined;
  const returned = new Promise<string>((resolve) => (came = resolve));
  app.get(pathname, async (request, reply) => {
    const address = new URL(request.url, redirectUri);
    if (address.searchParams.get('state') !== state)
      return reply.code(400).type(PAGE).send('This is not the login that boothsync waits for. Begin again.');
    came(address.href);
    return reply.type(PAGE).send('Done. You can close this page: boothsync goes on in the terminal.');
  });
  const host = hostname.replace(/^\[|\]$/g, '');
  await app.listen({ host, port: Number(port || '80') }).catch((error: unknown) => {
    throw failure(
      'usage',
      `can't listen on ${hostname}:${port}: ${error instanceof Error ? error.message : String(error)}`,
      'stop who listens there, or end the login with what the browser shows: --code ADDRESS',
      error,
    );
  });
  return { returned, close: () => app.close() };
}
