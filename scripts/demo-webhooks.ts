import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Status } from '../src/engine/inspect/inspect.ts';
import type { Sandbox } from '../src/sandbox/sandbox.ts';
import { boothsync, startBoothsync, SurpriseError, type Environment, type Running } from './demo-command.ts';
import { expect } from './demo-runs.ts';
import type { Row } from './demo-table.ts';

const CONFIG = 'examples/webhooks.config.yaml';
const WEBHOOKS = 60;
const CUSTOMERS = 10;
/** Webhooks on their way at once: their order is not kept, as on a real network. */
const AT_ONCE = 20;
const PATIENCE_MS = 15_000;

/** `examples/webhooks.config.yaml` as a service that takes a burst of signed webhooks. */
export async function serveWebhooks(sandbox: Sandbox, around: Environment): Promise<Row> {
  const secret = randomBytes(16).toString('hex');
  const env = { ...around, BOOTHBOOK_WEBHOOK_SECRET: secret, BOOTHSYNC_PORT: '0' };
  const serve = startBoothsync(['serve', '-c', CONFIG], env);
  try {
    const url = await ready(serve);
    const started = performance.now();
    await burst(sandbox, `${url}/webhooks/boothbook`, secret);
    await until('every customer as the newest webhook says', () => isDelivered(sandbox, env));
    const seconds = (performance.now() - started) / 1000;
    await stopped(serve);
    const { calls } = sandbox.ghl;
    // The first and the newest of each customer, and one look at the location's settings.
    const most = 2 * CUSTOMERS + 1;
    expect(calls.length <= most, `${most} calls at most, found ${calls.length}`);
    expect(sandbox.ghl.violations() === 0, 'no call over the limit');
    const what = `${WEBHOOKS} webhooks in a burst, of ${CUSTOMERS} customers`;
    return { command: 'serve', what, events: WEBHOOKS, calls: calls.length, seconds };
  } finally {
    serve.stop();
  }
}

/** Its address, once it takes events. */
async function ready(serve: Running): Promise<string> {
  let ended = false;
  void serve.ended.finally(() => (ended = true));
  let url: string | undefined;
  await until('`boothsync serve` to be ready', async () => {
    if (ended) throw new SurpriseError(`boothsync serve ended:\n${serve.stderr()}`);
    url = /"url":"([^"]+)"/.exec(serve.stderr())?.[1];
    return url !== undefined && (await fetch(`${url}/readyz`)).ok;
  });
  return url!;
}

async function burst({ boothbook }: Sandbox, url: string, secret: string): Promise<void> {
  const { statuses } = await boothbook.burst(WEBHOOKS, AT_ONCE, (index) => ({
    type: index < CUSTOMERS ? 'customer.created' : 'customer.updated',
    object: customerOf(index),
    url,
    sign: { secret },
  }));
  expect(statuses['200'] === WEBHOOKS, `${WEBHOOKS} answers 200, found ${JSON.stringify(statuses)}`);
}

/** The customer of a webhook, as it was then: each is edited again and again. */
function customerOf(index: number) {
  const customer = index % CUSTOMERS;
  const edit = Math.floor(index / CUSTOMERS);
  return {
    id: `cus_${customer}`,
    first_name: `Guest ${customer}`,
    last_name: `Edit ${edit}`,
    email: `guest${customer}@example.com`,
    phone: `07700 90010${customer}`,
    tags: ['Wedding'],
    updated_at: new Date(Date.UTC(2026, 4, 1, 10, edit)).toISOString(),
  };
}

async function isDelivered({ ghl }: Sandbox, env: Environment): Promise<boolean> {
  const newest = Array.from({ length: CUSTOMERS }, (_, at) => customerOf(WEBHOOKS - CUSTOMERS + at));
  const arrived = newest.every(({ email, last_name }) => ghl.contactByEmail(email)?.lastName === last_name);
  if (!arrived) return false;
  const { syncs, deliveries, deadLetters } = await boothsync<Status>(['status', '-c', CONFIG], env);
  expect(deadLetters.length === 0, 'no dead letter');
  return (
    deliveries === 0 && syncs.every(({ pending, sending, waiting }) => pending + sending + waiting === 0)
  );
}

async function stopped(serve: Running): Promise<void> {
  serve.stop();
  const { code, stderr } = await serve.ended;
  expect(code === 0, `\`boothsync serve\` to end with 0 after SIGTERM, it was ${String(code)}:\n${stderr}`);
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (performance.now() > giveUpAt) throw new SurpriseError(`waited ${PATIENCE_MS / 1000} s for ${what}`);
    await sleep(50);
  }
}
