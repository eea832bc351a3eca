import fc from 'fast-check';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { SyncEvent } from '../../src/model/event.ts';
import { aBooking } from '../support/a-config.ts';
import { until } from '../support/wait.ts';
import { worlds, type Runner } from '../support/world.ts';
import { hurriedClock } from './hurried-clock.ts';
import { hostileAnswer } from './hostile-answers.ts';
import { hostileJson, hostileObject } from './hostile-values.ts';
import { startRawServer, type RawAnswer, type RawServer } from './raw-server.ts';
import { seeded } from './seeded.ts';

const aWorld = worlds();

/** So many hostile answers. */
const COUNT = 250;

let server: RawServer;
beforeAll(async () => (server = await startRawServer()));
afterAll(() => server.close());

/** Every other answer is drawn, until all are used up, so that no lane rests for long; the others do what is asked. */
function answerWith(answers: readonly RawAnswer[]): { readonly used: () => number } {
  let used = 0;
  let isOdd = false;
  server.answer((line, body) => {
    isOdd = !isOdd;
    return (isOdd ? answers[used++] : undefined) ?? rightAnswer(line, body);
  });
  return { used: () => used };
}

/** But for those that ask to wait for a day: whoever waits looks around every two seconds. */
const answers = hostileAnswer.filter(({ bytes }) => !bytes.includes('retry-after: 99'));

/** Among them pages of records, each part of which may be anything. */
const polled = fc.oneof(
  answers,
  fc
    .record({ rows: hostileJson, row: row(), next: hostileJson, rest: hostileJson })
    .map(({ rows, row: one, next, rest }) =>
      page(`{"data":{"rows":[${one},${rows}],"next":${next}},"code":${rest}}`),
    ),
  fc
    .record({ rows: fc.array(row(), { maxLength: 5 }), next: fc.constantFrom('null', '"b"', '[]', '{}') })
    .map(({ rows, next }) => page(`{"data":{"rows":[${rows.join()}],"next":${next}}}`)),
);

function row(): fc.Arbitrary<string> {
  const id = fc.nat(20).map(String);
  return hostileObject({
    id,
    updated_at: fc.constant('"2026-05-01T10:00:00Z"'),
    email: fc.constant('"a@b.example"'),
  });
}

function page(text: string): RawAnswer {
  const head = `HTTP/1.1 200 OK\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n`;
  return { bytes: Buffer.from(head + text), end: 'keep' };
}

let made = 0;
/** Of a small API that works: people and bookings. */
function rightAnswer(line: string, body: string): RawAnswer {
  const [method = '', path = ''] = line.split(' ');
  if (path.startsWith('/contacts/') && path.includes('search')) return json(200, {});
  if (path.startsWith('/contacts') && method === 'POST')
    return json(201, { contact: { id: `c${(made += 1)}`, ...(JSON.parse(body) as object) } });
  if (path.startsWith('/contacts')) return json(200, { contact: { id: path.split('/')[2] } });
  if (path.startsWith('/people') && method === 'GET') return json(200, { data: [] });
  if (path.startsWith('/people')) return json(200, { data: { id: `p${(made += 1)}` } });
  return json(200, { data: [] });
}

function json(status: number, value: unknown): RawAnswer {
  const text = JSON.stringify(value);
  const head = `HTTP/1.1 ${status} OK\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n`;
  return { bytes: Buffer.from(head + text), end: 'keep' };
}

const CRM = {
  type: 'http',
  timeout: '2s',
  fails: 'error = true',
  resources: {
    person: {
      create: { method: 'POST', path: '/people', id: 'data.id' },
      update: { method: 'PUT', path: '/people/{id}' },
      find: { path: '/people', query: { email: '{{ email }}' }, records: 'data', id: 'id' },
    },
  },
};

function expectReasons(runner: Runner, events: readonly SyncEvent[]): void {
  for (const { state, reason, remedy } of events) {
    if (state === 'dead') expect(reason).toMatch(/\w/);
    if (state === 'dead') expect(remedy).toMatch(/\w/);
    expect(`${reason} ${remedy}`).not.toMatch(/the runner failed|undefined|\[object|Cannot read|is not a/);
  }
  const broken = runner.log.lines.filter(({ message }) => message.includes('broke off'));
  expect(broken).toEqual([]);
}

test(
  'whatever targets answer, 250 times: each event is over with a reason, or done once they answer well',
  { timeout: 300_000 },
  async () => {
    const top = { timezone: 'UTC' };
    const syncs = { people: { from: 'bookings', to: 'crm.person', fields: { email: 'email' } } };
    const world = await aWorld({
      top,
      ghl: { baseUrl: server.url, timeout: '2s' },
      connections: { crm: { ...CRM, baseUrl: server.url } },
      syncs,
    });
    const { used } = answerWith(fc.sample(answers, seeded(COUNT)));
    const clock = hurriedClock(() => server.underWay() > 0);
    onTestFinished(clock.stop);
    const runner = await world.start({ clock: clock });
    let id = 0;

    while (used() < COUNT) {
      for (let n = 0; n < 20; n++)
        expect(
          await runner.webhook({ type: 'booking.saved', data: aBooking({ id: (id += 1) }) }),
        ).toMatchObject({ type: 'stored' });
      const before = used();
      await until(
        async () => used() >= Math.min(COUNT, before + 30) || (await allOver(runner)),
        'answers',
        120_000,
      );
    }
    await until(() => allOver(runner), 'all to be over', 120_000);

    const events = await runner.events();
    expect(events).toHaveLength(2 * id);
    expectReasons(runner, events);
    expect(events.filter(({ state }) => state === 'done').length).toBeGreaterThan(0);
  },
);

async function allOver(runner: Runner): Promise<boolean> {
  const open = await runner.store.read.events.list({
    states: ['pending', 'sending', 'waiting'],
    limit: 1,
  });
  return open.length === 0 && (await runner.store.read.deliveries.countReceived()) === 0;
}

test(
  'whatever a source answers, 250 times: each poll brings its records or tells why not, and the next one is right',
  { timeout: 300_000 },
  async () => {
    const fetched = { connection: 'booth', key: 'id', webhook: { events: ['thin'], record: 'body' } };
    const world = await aWorld({
      booth: { baseUrl: server.url, fails: '$number(code) > 1' },
      poll: {
        records: 'data.rows',
        next: { type: 'cursor', param: 'after', value: 'data.next' },
      },
      sync: { mode: 'report' },
      sources: { people: { ...fetched, fetch: { path: '/people/{{ id }}', record: 'data' } } },
      syncs: { people: { from: 'people', to: 'ghl.contact', fields: { email: 'email' }, mode: 'report' } },
    });
    const drawn = answerWith(fc.sample(polled, seeded(COUNT)));
    const clock = hurriedClock(() => server.underWay() > 0);
    onTestFinished(clock.stop);
    const runner = await world.start({ clock });
    const failed = () => runner.engine.poller.failures().get('bookings');

    const source = runner.engine.runtime.config.sources.get('bookings')!;

    for (let id = 0; id < 40; id++)
      await runner.webhook({ type: 'thin', id, email: `thin${id}@example.com` });
    while (drawn.used() < COUNT) {
      const result = await runner.engine.poller.poll(source, false);
      if (!result) expect(failed()).toMatch(/sources\.bookings.*; \w/s);
      expect(failed() ?? '').not.toMatch(/undefined|\[object|Cannot read|is not a function/);
    }
    await until(() => allOver(runner), 'all to be over', 120_000);
    await runner.pass();

    expect(failed()).toBeUndefined();
    expectReasons(runner, await runner.events());
  },
);
