/**
 * 600 creates under 100 calls in 2 s, beside a plain sender that holds each of its 100 slots for 2 s after its answer: what
 * a sliding window allows at all. Prints one JSON line; the ratio is what counts, as both ran on the same machine.
 */
import { createServer } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startGhl, type RunningGhl } from '../src/sandbox/ghl/start-ghl.ts';
import { onePass } from './one-pass.ts';

const RECORDS = 600;
const LIMIT = { requests: 100, perMs: 2_000 };
const LATENCY_MS = 20;

const runner = await measure(deliverAll);
// As many calls: the runner's one look-up is one, too.
const plain = await measure((ghl) => sendPlainly(ghl, runner.calls));
console.log(
  JSON.stringify({
    bench: 'limit',
    records: RECORDS,
    calls: runner.calls,
    runnerMs: Math.round(runner.ms),
    plainMs: Math.round(plain.ms),
    rateOfPlain: Number((plain.ms / runner.ms).toFixed(3)),
    mostIn2s: runner.most,
    refused: runner.refused,
  }),
);

/** First to last call, as the target saw them. */
async function measure(
  send: (ghl: RunningGhl) => Promise<void>,
): Promise<{ ms: number; calls: number; most: number; refused: number }> {
  const ghl = await startGhl({ limit: LIMIT, latencyMs: LATENCY_MS });
  try {
    await send(ghl);
    const at = ghl.calls.map((call) => call.at);
    const refused = ghl.calls.filter(({ status }) => status === 429).length;
    return {
      ms: Math.max(...at) - Math.min(...at),
      calls: at.length,
      most: ghl.maxInWindow(LIMIT.perMs),
      refused,
    };
  } finally {
    await ghl.close();
  }
}

async function deliverAll(ghl: RunningGhl): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'boothsync-bench-'));
  const rows = Array.from({ length: RECORDS }, (_, id) => ({ id, email: `guest${id}@example.com` }));
  const source = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(rows));
  });
  await new Promise<void>((resolve) => source.listen(0, '127.0.0.1', resolve));
  const { port } = source.address() as AddressInfo;
  const file = join(folder, 'sync.config.yaml');
  writeFileSync(file, configFor(ghl, port));
  await onePass(file);
  source.close();
  rmSync(folder, { recursive: true });
}

function configFor(ghl: RunningGhl, port: number): string {
  return `version: 1
connections:
  booth: { type: http, baseUrl: "http://127.0.0.1:${port}", auth: { type: none } }
  ghl:
    type: ghl
    location: ${ghl.locationId}
    baseUrl: ${ghl.url}
    auth: { type: token, token: ${ghl.token} }
    rateLimit: { requests: ${LIMIT.requests}, per: ${LIMIT.perMs}ms }
sources:
  guests: { connection: booth, key: id, poll: { request: { path: /guests }, records: $ } }
syncs:
  contacts: { from: guests, key: email, to: ghl.contact, fields: { email: email }, tags: [booth] }
`;
}

async function sendPlainly(ghl: RunningGhl, calls: number): Promise<void> {
  let next = 0;
  const slot = async (): Promise<void> => {
    while (next < calls) {
      const id = next++;
      const response = await fetch(`${ghl.url}/contacts/`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${ghl.token}`,
          version: '2021-07-28',
          'content-type': 'application/json',
        },
        body: JSON.stringify({
          locationId: ghl.locationId,
          email: `guest${id}@example.com`,
          tags: ['booth'],
        }),
      });
      await response.text();
      await sleep(LIMIT.perMs + 2);
    }
  };
  await Promise.all(Array.from({ length: LIMIT.requests }, slot));
}
