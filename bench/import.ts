/**
 * A first import of 100,000 records, in pages of 100, by a `serve` of its own: the most memory that it takes until all of
 * them wait in the store, and how long a start with that backlog takes, beside a start with an empty store. Prints one JSON
 * line. Linux only: the most memory is asked of /proc.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const RECORDS = 100_000;
const PAGE = 100;
const LATENCY_MS = 100;
const MAIN = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'boothsync-bench-'));
const source = await listen(answerPage);
const target = await listen(answerAsTarget);
try {
  writeFileSync(join(folder, 'sync.config.yaml'), config());
  const empty = await serve('empty.db', 'listening');
  const first = await serve('boothsync.db', 'polled');
  const again = await serve('boothsync.db', 'listening');
  console.log(
    JSON.stringify({
      bench: 'import',
      records: RECORDS,
      mostMiB: first.mostMiB,
      startMs: { empty: empty.ms, backlog: again.ms, ratio: Number((again.ms / empty.ms).toFixed(2)) },
    }),
  );
} finally {
  source.close();
  target.close();
  rmSync(folder, { recursive: true });
}

/** Until its log says so: how long that took, and the most memory until then. */
async function serve(store: string, until: string): Promise<{ ms: number; mostMiB: number }> {
  const started = performance.now();
  const child = spawn(process.execPath, ['--max-semi-space-size=8', MAIN, 'serve'], {
    cwd: folder,
    env: { ...process.env, STORE: `sqlite:${store}` },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await said(child, `"msg":"${until}"`);
  const ms = Math.round(performance.now() - started);
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  const mostMiB = Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)![1]) / 1024);
  child.kill('SIGTERM');
  await once(child, 'exit');
  return { ms, mostMiB };
}

function said(child: ChildProcess, word: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      if (text.includes(word)) resolve();
    });
    child.once('exit', () => reject(new Error('serve has ended')));
  });
}

async function listen(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<Server> {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    answer(request, response);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return server;
}

function answerPage({ url }: IncomingMessage, response: ServerResponse): void {
  const page = Number(new URL(url!, 'http://source').searchParams.get('page'));
  const data = Array.from({ length: PAGE }, (_, at) => aBooking((page - 1) * PAGE + at));
  response.end(JSON.stringify({ data: data.filter(({ id }) => id < RECORDS) }));
}

function aBooking(id: number) {
  return {
    id,
    first_name: `Guest ${id}`,
    last_name: `Of Booth ${id}`,
    email: `guest${id}@example.com`,
    phone: `+44770090${String(id % 10_000).padStart(4, '0')}`,
    event_date: '2026-12-24T18:00:00Z',
    status: 'Confirmed',
    package: 'Gold with props',
    venue: `The Old Town Hall, High Street ${id}`,
    notes: 'They want the booth near the bar',
    total: 450 + (id % 100),
    updated: '2026-11-01T10:00:00Z',
  };
}

/** Takes everything, in time. */
function answerAsTarget({ url }: IncomingMessage, response: ServerResponse): void {
  const answer = url!.startsWith('/locations/')
    ? { location: { settings: { allowDuplicateContact: false } } }
    : { contact: { id: crypto.randomUUID().replaceAll('-', '').slice(0, 20) } };
  setTimeout(() => response.end(JSON.stringify(answer)), LATENCY_MS);
}

function config(): string {
  const at = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return `version: 1
store: \${STORE}
server: { port: 0 }
connections:
  booth: { type: http, baseUrl: '${at(source)}', auth: { type: none } }
  ghl: { type: ghl, location: loc, baseUrl: '${at(target)}', auth: { type: token, token: pit-123 } }
sources:
  bookings:
    connection: booth
    key: id
    updatedAt: updated
    poll: { every: 1h, request: { path: /bookings }, records: data, next: { type: page, param: page } }
syncs:
  contacts:
    from: bookings
    to: ghl.contact
    fields: { firstName: first_name, lastName: last_name, email: email, phone: phone }
    tags: [booth]
`;
}
