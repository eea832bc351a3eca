import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SourceCall {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface SourceAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, but a string goes as it is. */
  readonly body: unknown;
}

export type Script = (call: SourceCall) => SourceAnswer | Promise<SourceAnswer>;

/** An API whose answers a test writes. */
export interface ScriptedSource {
  readonly url: string;
  readonly calls: readonly SourceCall[];
  /** Every call answers `{ data: rows }` from now on. */
  readonly rows: (rows: readonly object[]) => void;
  readonly script: (script: Script) => void;
  readonly close: () => Promise<void>;
}

export async function startSource(): Promise<ScriptedSource> {
  let script: Script = () => ({ body: { data: [] } });
  const calls: SourceCall[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const url = new URL(request.url ?? '/', 'http://source');
      const call = {
        method: request.method ?? '',
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      };
      calls.push(call);
      const { status = 200, headers = {}, body } = await script(call);
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    })().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    rows: (rows) => void (script = () => ({ body: { data: rows } })),
    script: (next) => void (script = next),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
