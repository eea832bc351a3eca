import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { aBooking, type ConfigWish } from '../support/a-config.ts';
import { serving } from '../support/command.ts';
import { worlds } from '../support/world.ts';
import { until } from '../support/wait.ts';

const world = worlds();

type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

/** The text format of Prometheus → samples by name; fails where a line is none. */
function samplesIn(text: string): ReadonlyMap<string, readonly Sample[]> {
  const found = new Map<string, Sample[]>();
  for (const line of text.split('\n').filter((each) => each !== '' && !each.startsWith('#'))) {
    const match = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line);
    if (!match) throw new Error(`no sample: ${line}`);
    const labels = [...(match[2] ?? '').matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(
      ([, name, value]) => [name!, value!] as const,
    );
    const samples = found.get(match[1]!) ?? [];
    samples.push([Object.fromEntries(labels), Number(match[3])]);
    found.set(match[1]!, samples);
  }
  return found;
}

const SERVER: ConfigWish = { top: { server: { port: 0, token: 'a-server-token' } } };
const BEARER = { authorization: 'Bearer a-server-token' };

async function scrape(url: string): Promise<ReadonlyMap<string, readonly Sample[]>> {
  const answer = await fetch(`${url}/metrics`, { headers: BEARER });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  return samplesIn(await answer.text());
}

async function send(url: string, here: string, data: object): Promise<number> {
  const body = JSON.stringify({ type: 'booking.created', data });
  return (await fetch(`${url}/webhooks/${here}`, { method: 'POST', body })).status;
}

/** Until a sample of this name satisfies. */
async function sample(url: string, name: string, holds: (sample: Sample) => boolean): Promise<Sample> {
  let found: Sample | undefined;
  await until(
    async () => {
      found = (await scrape(url)).get(name)?.find(holds);
      return found !== undefined;
    },
    name,
    30_000,
  );
  return found!;
}

test('every call, event, poll and answer is counted, and the gauges show what is so', async () => {
  const here = await world({
    ...SERVER,
    ghl: {
      auth: { type: 'token', token: '${GHL_TOKEN}', rotateEvery: '90d' },
      rateLimit: { requests: 1000, per: '100ms', daily: 5000 },
    },
  });
  here.source.rows([aBooking({ id: 1 })]);
  const serve = await serving(here);

  expect(await send(serve.url, 'booth', aBooking({ id: 3, email: 'no address' }))).toBe(200);
  expect(await send(serve.url, 'nobody', {})).toBe(404);
  await sample(serve.url, 'boothsync_dead_letters', ([labels]) => labels['sync'] === 'contacts');
  await sample(serve.url, 'boothsync_events_total', ([{ state }, value]) => state === 'done' && value === 1);
  const all = await scrape(serve.url);
  await serve.stop();

  const labelled = (name: string) => all.get(`boothsync_${name}`) ?? [];
  const sent = here.ghl.calls.map(({ operation }) => operation);
  const counted = labelled('calls_total').filter(([{ connection }]) => connection === 'ghl');
  expect(counted.reduce((sum, [, value]) => sum + value, 0)).toBe(sent.length);
  expect(counted).toContainEqual([
    { connection: 'ghl', tenant: 'default', operation: 'create-contact', status: '201' },
    1,
  ]);
  expect(labelled('calls_total')).toContainEqual([
    { connection: 'booth', tenant: 'default', operation: 'GET /bookings', status: '200' },
    1,
  ]);
  expect(labelled('polls_total')).toEqual([[{ source: 'bookings', result: 'ok' }, 1]]);
  expect(labelled('webhook_answers_total')).toEqual([
    [{ connection: 'booth', status: '200' }, 1],
    [{ connection: 'unknown', status: '404' }, 1],
  ]);
  expect(labelled('dead_letters')).toEqual([[{ sync: 'contacts', reason: '422' }, 1]]);
  expect(labelled('call_duration_seconds_count').map(([labels]) => labels)).toContainEqual({
    connection: 'ghl',
    operation: 'create-contact',
  });
  expect(labelled('quota_used_calls').find(([{ lane }]) => lane!.includes('#'))?.[1]).toBe(sent.length);
  expect(labelled('quota_calls').map(([, value]) => value)).toEqual([5000]);
  expect(labelled('limiter_window_calls').map(([, value]) => value)).toEqual([1000]);
  expect(labelled('lane_paused').map(([{ cause }, value]) => [cause, value])).toContainEqual(['quota', 0]);
  const [[credential, seconds]] = labelled('credential_due_seconds') as [Sample];
  expect(credential).toEqual({ connection: 'ghl' });
  expect(seconds / 86_400).toBeCloseTo(90, 1);
  expect(labelled('poll_age_seconds')[0]![1]).toBeLessThan(60);
  expect(labelled('store_readable')).toEqual([[{}, 1]]);
  expect(all.has('process_cpu_seconds_total')).toBe(true);
  expect([...all.keys()].filter((name) => name.startsWith('boothsync_') && !/^[a-z_]+$/.test(name))).toEqual(
    [],
  );
}, 90_000);

test('the rules and the page name metrics that there are, and the page names all', async () => {
  const here = await world(SERVER);
  const serve = await serving(here);
  const text = await (await fetch(`${serve.url}/metrics`, { headers: BEARER })).text();
  await serve.stop();

  const there = new Set([...text.matchAll(/^# TYPE (boothsync_\w+)/gm)].map(([, name]) => name!));
  const rules = readFileSync('examples/prometheus.rules.yml', 'utf8');
  const page = readFileSync('docs/operations.md', 'utf8');
  const named = (from: string) => [...from.matchAll(/\bboothsync_[a-z_]+\w/g)].map(([name]) => name);
  expect(named(rules).filter((name) => !there.has(name))).toEqual([]);
  expect(named(page).filter((name) => !there.has(name))).toEqual([]);
  expect([...there].filter((name) => !named(page).includes(name))).toEqual([]);
}, 60_000);

test('what waits shows as backlog and by its age, and a paused lane with its cause', async () => {
  const here = await world(SERVER);
  here.ghl.fail({ kind: 'status', status: 401, times: null });
  here.source.rows(Array.from({ length: 12 }, (_, id) => aBooking({ id })));
  const serve = await serving(here);

  await sample(
    serve.url,
    'boothsync_lane_paused',
    ([{ cause }, value]) => cause === 'auth-failed' && value === 1,
  );
  await sample(serve.url, 'boothsync_backlog_events', ([, value]) => value === 12);
  const [, age] = await sample(
    serve.url,
    'boothsync_oldest_due_seconds',
    ([{ lane }, value]) => lane !== 'inbox' && value > 1,
  );
  await serve.stop();

  expect(age).toBeGreaterThan(1);
}, 90_000);

test('no label grows with the records: a path shows as the config has it', async () => {
  const resources = {
    customer: {
      create: { method: 'POST', path: '/customers/{{ email }}', id: 'id' },
      update: { method: 'PUT', path: '/customers/{id}' },
    },
  };
  const here = await world({
    ...SERVER,
    booth: { resources },
    sync: { to: 'booth.customer', fields: { email: 'email' } },
  });
  here.source.script(({ method, path }) =>
    method === 'GET'
      ? { status: 200, body: { data: Array.from({ length: 5 }, (_, id) => aBooking({ id })) } }
      : { status: 200, body: { id: path } },
  );
  const serve = await serving(here);

  await sample(serve.url, 'boothsync_events_total', ([{ state }, value]) => state === 'done' && value === 5);
  const all = await scrape(serve.url);
  await serve.stop();

  const operations = all.get('boothsync_calls_total')!.map(([{ operation }]) => operation);
  expect(new Set(operations)).toEqual(new Set(['GET /bookings', 'POST /customers/{{ email }}']));
}, 90_000);

test('metrics are for who bears the token only', async () => {
  const here = await world(SERVER);
  const serve = await serving(here);
  const status = async (headers: Record<string, string>) =>
    (await fetch(`${serve.url}/metrics`, { headers })).status;

  const answers = [await status({}), await status({ authorization: 'Bearer another' }), await status(BEARER)];
  await serve.stop();

  expect(answers).toEqual([401, 401, 200]);
}, 60_000);
