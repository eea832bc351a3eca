import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An API as the template for another one expects it: its own sample's records, one a page. */
export async function startBookingsApi() {
  const token = 'a-token-of-the-api';
  const records = JSON.parse(readFileSync('templates/other.sample.json', 'utf8')) as readonly object[];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://api');
    const known = request.headers.authorization === `Bearer ${token}` && url.pathname === '/bookings';
    const at = Number(url.searchParams.get('cursor') ?? 0);
    const next = at + 1 < records.length ? String(at + 1) : null;
    const body = known ? { data: records.slice(at, at + 1), next_cursor: next } : { error: 'unknown' };
    response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    token,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
