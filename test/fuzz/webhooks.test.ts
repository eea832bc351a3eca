import fc from 'fast-check';
import { createHmac, generateKeyPairSync, sign as signWith } from 'node:crypto';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { Knock } from '../../src/inbox/knock.ts';
import { createRedactor } from '../../src/model/redactor.ts';
import { startServer } from '../../src/server/server.ts';
import { aBooking } from '../support/a-config.ts';
import { until } from '../support/wait.ts';
import { worlds, type Runner } from '../support/world.ts';
import { hostileJson, hostileObject, hostileText } from './hostile-values.ts';
import { seeded } from './seeded.ts';

const aWorld = worlds();

const SECRET = 'hook-s3cret';
const [ours, theirs] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')];
/** Few, so that many deliveries are about the same record. */
const ids = fc.oneof(
  fc.nat(40).map(String),
  fc.nat(40).map((id) => `"b${id}"`),
);

/** One connection for each way to verify, all of them with a source. */
const DOORS = {
  booth: { verify: { type: 'none' } },
  signed: { verify: { type: 'hmac', algorithm: 'sha256', header: 'x-signature', secret: SECRET } },
  stamped: {
    verify: {
      type: 'hmac',
      algorithm: 'sha512',
      encoding: 'base64',
      header: 'x-signature',
      format: 't={timestamp},v1={signature}',
      signed: '{timestamp}.{body}',
      secret: SECRET,
    },
  },
  token: { verify: { type: 'token', header: 'x-token', secret: SECRET } },
  query: { verify: { type: 'token', query: 'key', secret: SECRET } },
  basic: { verify: { type: 'basic', username: 'u', password: SECRET } },
  sealed: {
    verify: {
      type: 'ed25519',
      header: 'x-signature',
      publicKey: ours.publicKey.export({ type: 'spki', format: 'pem' }),
    },
  },
};
type Door = keyof typeof DOORS;
const doors = Object.keys(DOORS) as Door[];

const door = { event: 'body.type', id: 'body.id' };
const config = {
  booth: { webhook: { ...door, ...DOORS.booth } },
  connections: Object.fromEntries(
    doors
      .slice(1)
      .map((name) => [
        name,
        { type: 'http', baseUrl: 'http://127.0.0.1:1', webhook: { ...door, ...DOORS[name] } },
      ]),
  ),
  source: { let: { who: '$lowercase(email)' } },
  sources: Object.fromEntries(
    doors.slice(1).map((name) => [
      `of-${name}`,
      {
        connection: name,
        key: 'id',
        updatedAt: 'updated_at',
        deleted: 'deleted',
        partial: name === 'token',
        webhook: { events: ['booking.*'], record: 'body.data' },
      },
    ]),
  ),
  // What is mapped is shown, not sent: it is the inbox that is tried here.
  sync: { mode: 'report', tags: [{ add: 'event:{{ event_type }}' }] },
  syncs: Object.fromEntries(
    doors.slice(1).map((name) => [
      `from-${name}`,
      {
        from: `of-${name}`,
        key: '$lowercase(email)',
        to: 'ghl.contact',
        mode: 'report',
        fields: { firstName: 'first_name', email: 'email', phone: '$e164(phone)' },
      },
    ]),
  ),
  top: { server: { port: 0, backlog: 1_000_000, bodyLimit: '64KiB' } },
};

const record = hostileObject({
  id: ids,
  email: fc.nat(40).map((one) => `"Guest${one}@example.com"`),
  updated_at: fc.nat(60).map((minute) => `"2026-05-01T10:${String(minute).padStart(2, '0')}:00Z"`),
  first_name: hostileText.map((text) => JSON.stringify(text)),
  phone: fc.constantFrom('"07700 900123"', '7700900123', '"+"'),
  deleted: fc.constantFrom('true', 'false', '"no"'),
});
const data = fc.oneof(
  { weight: 6, arbitrary: record },
  { weight: 1, arbitrary: fc.array(record, { maxLength: 3 }).map((all) => `[${all.join()}]`) },
);
const name = fc.constantFrom('"booking.saved"', '"booking.gone"', '"other"');
const deliveryId = fc.nat(20_000).map((id) => `"d${id}"`);
const delivery = fc.oneof(
  { weight: 3, arbitrary: data.map((text) => `{"type":"booking.saved","data":${text}}`) },
  { weight: 1, arbitrary: hostileObject({ type: name, id: deliveryId, data }) },
);
const bytes = fc.oneof(
  { weight: 12, arbitrary: delivery.map((text) => Buffer.from(text)) },
  { weight: 2, arbitrary: hostileJson.map((text) => Buffer.from(text)) },
  { weight: 1, arbitrary: delivery.map((text) => Buffer.from(text).subarray(0, text.length - 3)) },
  { weight: 1, arbitrary: delivery.map((text) => Buffer.from(text, 'utf16le')) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 50 }).map((raw) => Buffer.from(raw)) },
);

const proof = fc.constantFrom('right', 'right', 'right', 'none', 'forged', 'stale', 'hostile');

/** A delivery with the proof that its door asks for, or with another. */
const knocks: fc.Arbitrary<{ readonly door: Door; readonly knock: Knock }> = fc
  .record({
    door: fc.constantFrom(...doors),
    raw: bytes,
    proof,
    odd: hostileText,
    more: fc.dictionary(hostileText, hostileText, { maxKeys: 2 }),
  })
  .map((drawn) => ({
    door: drawn.door,
    knock: { raw: drawn.raw, ...provenBy(drawn.door, drawn.raw, drawn.proof, drawn.odd, drawn.more) },
  }));

function provenBy(
  name: Door,
  raw: Buffer,
  kind: string,
  odd: string,
  more: Readonly<Record<string, string>>,
): Pick<Knock, 'headers' | 'query'> {
  if (kind === 'none') return { headers: more, query: more };
  const secret = kind === 'forged' ? 'another' : SECRET;
  const given = kind === 'hostile' ? odd : undefined;
  const time = Math.floor(Date.now() / 1000) - (kind === 'stale' ? 86_400 : 0);
  const sign = (text: Buffer, algorithm: string, encoding: 'hex' | 'base64') =>
    createHmac(algorithm, secret).update(text).digest(encoding);
  const signatures: Partial<Record<Door, () => string>> = {
    stamped: () => `t=${time},v1=${sign(Buffer.concat([Buffer.from(`${time}.`), raw]), 'sha512', 'base64')}`,
    sealed: () => signWith(null, raw, (kind === 'forged' ? theirs : ours).privateKey).toString('base64'),
  };
  const signature = signatures[name]?.() ?? sign(raw, 'sha256', 'hex');
  const login = `Basic ${Buffer.from(`u:${secret}`).toString('base64')}`;
  const headers = {
    'x-signature': given ?? signature,
    'x-token': given ?? secret,
    authorization: given ?? login,
  };
  return { headers: { ...more, ...headers }, query: { ...more, key: given ?? secret } };
}

async function isOver({ store }: Runner): Promise<boolean> {
  const open = await store.read.events.list({ states: ['pending', 'sending', 'waiting'], limit: 1 });
  return open.length === 0 && (await store.read.deliveries.countReceived()) === 0;
}

test(
  '10,000 hostile deliveries: each is refused with a reason, or stored and over with one',
  { timeout: 300_000 },
  async () => {
    const world = await aWorld(config);
    const runner = await world.start();
    let stored = 0;

    await fc.assert(
      fc.asyncProperty(fc.array(knocks, { minLength: 100, maxLength: 100 }), async (batch) => {
        const receipts = await Promise.all(
          batch.map(({ door: name, knock }) => runner.webhooks.receive(name, knock)),
        );
        for (const { type, message } of receipts) {
          expect(type).not.toBe('busy');
          if (type === 'unreadable') expect(message).toMatch(/\w/);
        }
        stored += receipts.filter(({ type }) => type === 'stored').length;
        await until(() => isOver(runner), 'the batch to be over', 60_000);
      }),
      seeded(100),
    );

    expect(stored).toBeGreaterThan(1_000);
    await expectAllKept(runner, stored);
  },
);

/** Every delivery that was accepted is there, and every record of it that has a key. */
async function expectAllKept({ store }: Runner, stored: number): Promise<void> {
  let records = 0;
  for (let id = 1; id <= stored; id++) {
    const { state, reason, connection, raw } = (await store.read.deliveries.get(id))!;
    const data = (JSON.parse(raw) as { body: { data?: unknown } }).body.data;
    if (state === 'dead') expect(reason).toMatch(/\w/);
    else expect(state).toBe('accepted');
    if (state === 'dead') continue;
    for (const key of [data].flat().flatMap(keyOf)) {
      const source = connection === 'booth' ? 'bookings' : `of-${connection}`;
      expect(await store.read.records.get('default', source, key)).toBeDefined();
      records += 1;
    }
  }
  expect(records).toBeGreaterThan(500);
}

/** What the runner must take for a key, whatever else it takes. */
function keyOf(record: unknown): string[] {
  const id = (record as { id?: unknown } | null | undefined)?.id;
  return typeof id === 'number' || (typeof id === 'string' && /^b\d+$/.test(id)) ? [String(id)] : [];
}

const LINES = [
  'POST /webhooks/booth HTTP/1.1',
  'POST /webhooks/signed HTTP/1.1',
  'GET /webhooks/booth HTTP/1.1',
  'POST /webhooks/%00 HTTP/1.1',
  'POST http://elsewhere/webhooks/booth HTTP/1.1',
  'post /webhooks/booth HTTP/1.1',
  'POST /webhooks/booth HTTP/9.9',
  'PRI * HTTP/2.0',
  'CONNECT booth:1 HTTP/1.1',
  'OPTIONS * HTTP/1.1',
  'POST /webhooks/booth/default?key=%zz&__proto__=1 HTTP/1.1',
  'GET /healthz HTTP/1.1',
  '',
];
const HEADERS = [
  'host: x',
  'content-type: application/json',
  'content-type: multipart/form-data',
  'content-length: 3',
  'content-length: -1',
  'content-length: 99999999999999999999',
  'transfer-encoding: chunked',
  'transfer-encoding: gzip, chunked',
  'expect: 100-continue',
  'expect: nonsense',
  'connection: upgrade',
  'upgrade: websocket',
  'content-encoding: gzip',
  'x-a : b',
  ' folded',
  '\u0000: x',
  'x-long: '.padEnd(20_000, 'x'),
  'forwarded: for=1',
  'no colon',
];

const requests = fc
  .record({
    line: fc.constantFrom(...LINES),
    headers: fc.array(fc.constantFrom(...HEADERS), { maxLength: 4 }),
    body: bytes,
    length: fc.constantFrom('right', 'right', 'none', 'chunked'),
  })
  .map(({ line, headers, body, length }) => {
    const framed =
      length === 'right'
        ? [`content-length: ${body.length}`]
        : length === 'chunked'
          ? ['transfer-encoding: chunked']
          : [];
    const head = [line, 'host: a', ...headers, ...framed, '', ''].join('\r\n');
    const sent =
      length === 'chunked'
        ? Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')])
        : body;
    return Buffer.concat([Buffer.from(head, 'latin1'), sent]);
  });

test(
  '600 requests that no client sends: each is answered or hung up on, what is answered 2xx is stored, and right ones go on',
  { timeout: 300_000 },
  async () => {
    const world = await aWorld(config);
    const runner = await world.start();
    const server = await startServer({
      host: '127.0.0.1',
      port: 0,
      webhooks: runner.webhooks,
      token: '',
      api: { hands: runner.engine.runtime, redactor: createRedactor([]) },
      isReady: () => Promise.resolve(true),
    });
    onTestFinished(() => server.close());
    let right = 0;
    let accepted = 0;

    await fc.assert(
      fc.asyncProperty(fc.array(requests, { minLength: 20, maxLength: 20 }), async (batch) => {
        const answers = await Promise.all(batch.map((request) => exchange(server.url, request)));
        const good = await fetch(`${server.url}/webhooks/booth`, {
          method: 'POST',
          body: JSON.stringify({ type: 'booking.saved', data: aBooking({ id: `good-${(right += 1)}` }) }),
        });

        expect(good.status).toBe(200);
        accepted += 1 + answers.join().split('"status":"stored"').length - 1;
        for (const answer of answers) expect(answer).toMatch(/^$|^HTTP\/1\.1 [1-4]/);
      }),
      seeded(30),
    );
    await until(() => isOver(runner), 'all to be over');

    for (let id = 1; id <= accepted; id++)
      expect((await runner.store.read.deliveries.get(id))?.state).toMatch(/^(accepted|dead)$/);
    for (let id = 1; id <= right; id++)
      expect(await runner.store.read.records.get('default', 'bookings', `good-${id}`)).toBeDefined();
  },
);

/** All that comes back, until the server hangs up or says nothing more for a while. */
function exchange(url: string, request: Buffer): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.end(request));
    socket.setTimeout(2_000, () => socket.destroy());
    socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer));
  });
}
