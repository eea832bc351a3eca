import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Knock } from '../../../src/inbox/knock.ts';
import { receive, type ReceiveContext } from '../../../src/inbox/receive.ts';
import type { Connection } from '../../../src/model/connection.ts';
import type { Verify } from '../../../src/model/webhook.ts';
import type { Store } from '../../../src/store/store.ts';
import { manualClock } from '../../support/clocks.ts';
import { sqliteStores } from '../../support/sqlite.ts';

const clock = manualClock();
const open = sqliteStores(clock);
const HOUR = 3_600_000;

/** A way to prove who sent something: `mine` has the right secret, the other sender has one of his own. */
interface Proof {
  readonly verify: Verify;
  readonly knock: (mine: boolean, raw: Buffer, at: number) => Knock;
  /** Whether its proof tells when it was made, and of which body. */
  readonly dated: boolean;
  readonly covers: boolean;
}

const given = (raw: Buffer, headers: Knock['headers'], query: Knock['query'] = {}): Knock => ({
  raw,
  headers,
  query,
});
const secretOf = (mine: boolean) => (mine ? 'ours' : 'theirs');

function hmac(mine: boolean, text: string | Buffer): string {
  return createHmac('sha256', secretOf(mine)).update(text).digest('hex');
}

const plainHmac = {
  type: 'hmac',
  algorithm: 'sha256',
  header: 'x-signature',
  encoding: 'hex',
  prefix: '',
  signed: '{body}',
  toleranceMs: 2 * HOUR,
  secrets: ['ours'],
} as const;

function keyPair(algorithm: 'ed25519' | 'rsa'): Proof {
  const make = () =>
    algorithm === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ed25519');
  const [ours, theirs] = [make(), make()];
  const by = (key: KeyObject, raw: Buffer) =>
    sign(algorithm === 'rsa' ? 'sha256' : null, raw, key).toString('base64');
  return {
    verify: {
      type: 'key-pair',
      algorithm,
      header: 'x-signature',
      encoding: 'base64',
      publicKeys: [ours.publicKey.export({ type: 'spki', format: 'pem' }).toString()],
      toleranceMs: 2 * HOUR,
    },
    knock: (mine, raw) => given(raw, { 'x-signature': by((mine ? ours : theirs).privateKey, raw) }),
    dated: true,
    covers: true,
  };
}

const PROOFS: Readonly<Record<string, Proof>> = {
  'an HMAC': {
    verify: plainHmac,
    knock: (mine, raw) => given(raw, { 'x-signature': hmac(mine, raw) }),
    dated: false,
    covers: true,
  },
  'an HMAC with a timestamp': {
    verify: { ...plainHmac, format: 't={timestamp},v1={signature}', signed: '{timestamp}.{body}' },
    knock: (mine, raw, at) => {
      const time = Math.floor(at / 1000);
      return given(raw, { 'x-signature': `t=${time},v1=${hmac(mine, `${time}.${raw.toString()}`)}` });
    },
    dated: true,
    covers: true,
  },
  'Ed25519, as HighLevel signs': keyPair('ed25519'),
  RSA: keyPair('rsa'),
  'a token in a header': {
    verify: { type: 'token', header: 'x-token', secrets: ['ours'] },
    knock: (mine, raw) => given(raw, { 'x-token': secretOf(mine) }),
    dated: false,
    covers: false,
  },
  'a token in the query': {
    verify: { type: 'token', query: 'key', secrets: ['ours'] },
    knock: (mine, raw) => given(raw, {}, { key: secretOf(mine) }),
    dated: false,
    covers: false,
  },
  'a login': {
    verify: { type: 'basic', username: 'u', password: 'ours' },
    knock: (mine, raw) =>
      given(raw, { authorization: `Basic ${Buffer.from(`u:${secretOf(mine)}`).toString('base64')}` }),
    dated: false,
    covers: false,
  },
};

const bodyAt = (at: number, name = 'Ann') =>
  Buffer.from(JSON.stringify({ id: 'd1', name, timestamp: new Date(at).toISOString() }));

describe.each(Object.entries(PROOFS))('%s', (_name, { verify, knock, dated, covers }) => {
  const connection: Connection = {
    name: 'booth',
    type: 'http',
    baseUrl: 'http://127.0.0.1:1',
    auth: { type: 'none' },
    timeoutMs: 1_000,
    webhook: { verify, id: (input) => Promise.resolve((input as { body: { id: string } }).body.id) },
  };
  const context = (store: Store): ReceiveContext => ({
    store,
    clock,
    tenant: 'default',
    stamp: () => clock.now(),
    isWanted: () => true,
    noRoom: () => undefined,
  });
  const told = async (...knocks: readonly Knock[]) => {
    const store = await open();
    const receipts: string[] = [];
    for (const each of knocks) receipts.push((await receive(context(store), connection, each)).type);
    expect(await store.read.deliveries.received(10)).toHaveLength(
      receipts.filter((one) => one === 'stored').length,
    );
    return receipts;
  };
  const now = clock.now();

  test('that is right is taken, and what comes again is known', async () => {
    const right = knock(true, bodyAt(now), now);

    expect(await told(right, right)).toEqual(['stored', 'known']);
  });

  test('of a foreign key is refused, as is none at all', async () => {
    expect(await told(knock(false, bodyAt(now), now), given(bodyAt(now), {}))).toEqual(['forged', 'forged']);
  });

  test('with another body is forged, where it covers the body', async () => {
    const forged = { ...knock(true, bodyAt(now), now), raw: bodyAt(now, 'Eve') };

    expect(await told(forged)).toEqual([covers ? 'forged' : 'stored']);
  });

  test('that is stale, or of the future, is refused, where it tells its time; a redelivery of an hour ago is not', async () => {
    const aged = (ms: number) => knock(true, bodyAt(now - ms), now - ms);

    expect(await told(aged(3 * HOUR), aged(-3 * HOUR))).toEqual(
      dated ? ['forged', 'forged'] : ['stored', 'known'],
    );
    expect(await told(aged(HOUR))).toEqual(['stored']);
  });
});
