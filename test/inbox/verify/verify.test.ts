import { createHmac, generateKeyPairSync, sign as signWith, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Knock } from '../../../src/inbox/knock.ts';
import { isVerified } from '../../../src/inbox/verify/verify.ts';
import type { Verify } from '../../../src/model/webhook.ts';

type Hmac = Extract<Verify, { type: 'hmac' }>;

const now = Date.parse('2026-05-01T10:00:00Z');
const unix = Math.floor(now / 1000);
const body = Buffer.from('{"id":1,"name":"Zoë"}');
const knock = (wish: Partial<Knock> = {}): Knock => ({ raw: body, headers: {}, query: {}, ...wish });
const hmac = (wish: Partial<Hmac> = {}): Hmac => ({
  type: 'hmac',
  algorithm: 'sha256',
  header: 'x-signature',
  encoding: 'hex',
  prefix: '',
  signed: '{body}',
  toleranceMs: 300_000,
  secrets: ['secret'],
  ...wish,
});
interface Signing {
  readonly secret?: string;
  readonly algorithm?: string;
  readonly encoding?: 'hex' | 'base64';
}
const sign = (
  text: string | Buffer,
  { secret = 'secret', algorithm = 'sha256', encoding = 'hex' }: Signing = {},
) => createHmac(algorithm, secret).update(text).digest(encoding);
const signed = (value: string) => knock({ headers: { 'x-signature': value } });

describe('a signature of the body', () => {
  test.for(['sha1', 'sha256', 'sha512'] as const)('by %s, in hex and base64', (algorithm) => {
    for (const encoding of ['hex', 'base64'] as const) {
      expect(
        isVerified(hmac({ algorithm, encoding }), signed(sign(body, { algorithm, encoding })), now),
      ).toBe(true);
    }
  });

  test('after its prefix, and not without it', () => {
    const verify = hmac({ prefix: 'sha256=' });

    expect(isVerified(verify, signed(`sha256=${sign(body)}`), now)).toBe(true);
    expect(isVerified(verify, signed(sign(body)), now)).toBe(false);
  });

  test('holds for the very bytes, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), (bytes, others) => {
        const raw = Buffer.from(bytes);
        const given = knock({ raw, headers: { 'x-signature': sign(raw) } });

        expect(isVerified(hmac(), given, now)).toBe(true);
        if (!raw.equals(Buffer.from(others)))
          expect(isVerified(hmac(), { ...given, raw: Buffer.from(others) }, now)).toBe(false);
      }),
    );
  });

  test.for(['', 'abc', 'zz', '0'.repeat(64), '0'.repeat(66)])('that is wrong is refused: %s', (value) => {
    expect(isVerified(hmac(), signed(value), now)).toBe(false);
  });

  test('is all that its header holds: not with more behind it, twice, or in the other encoding', () => {
    const odd = [
      `${sign(body)}zz`,
      `${sign(body)}, ${sign(body)}`,
      `${sign(body)}, ${'0'.repeat(64)}`,
      `${sign(body)}0`,
      sign(body, { encoding: 'base64' }),
    ];
    const base64 = sign(body, { encoding: 'base64' });

    for (const value of odd) expect(isVerified(hmac(), signed(value), now)).toBe(false);
    for (const value of [sign(body), `!${base64}`, `${base64}!`])
      expect(isVerified(hmac({ encoding: 'base64' }), signed(value), now)).toBe(false);
  });

  test('that is missing is refused', () => {
    expect(isVerified(hmac(), knock(), now)).toBe(false);
  });

  test('while the secret is rotated, holds by the old one and the new', () => {
    const verify = hmac({ secrets: ['new', 'old'] });

    expect(
      ['new', 'old', 'other'].map((secret) => isVerified(verify, signed(sign(body, { secret })), now)),
    ).toEqual([true, true, false]);
  });

  test('without any secret nothing holds', () => {
    expect(isVerified(hmac({ secrets: [] }), signed(sign(body, { secret: '' })), now)).toBe(false);
  });
});

describe('a signature with a timestamp', () => {
  const verify = hmac({ format: 't={timestamp},v1={signature}', signed: '{timestamp}.{body}' });
  const at = (seconds: number, secret = 'secret') =>
    `t=${seconds},v1=${sign(`${seconds}.${body.toString()}`, { secret })}`;

  test('holds within the tolerance, before and after', () => {
    const ages = [0, 300, -300, 301, -301];

    expect(ages.map((age) => isVerified(verify, signed(at(unix - age)), now))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  test('holds for milliseconds, too', () => {
    expect(isVerified(verify, signed(at(now)), now)).toBe(true);
  });

  test('is refused where the timestamp is another than the one signed', () => {
    const header = at(unix - 1_000).replace(/t=\d+/, `t=${unix}`);

    expect(isVerified(verify, signed(header), now)).toBe(false);
  });

  test('holds with its parts in any order, with others between, and several signatures', () => {
    const [time, good] = at(unix).split(',') as [string, string];
    const headers = [
      `${good},${time}`,
      `${time}, v0=old, ${good}`,
      `${time},v1=${'0'.repeat(64)},${good}`,
      ` ${time.replace('=', ' = ')} , ${good.replace('=', ' = ')} `,
    ];

    expect(headers.map((header) => isVerified(verify, signed(header), now))).toEqual(headers.map(() => true));
  });

  test.for(['t=,v1=', 'v1=abc', 't=now,v1=abc', `t=${unix}`, 'nonsense', ',,,', '=', `t=${unix},v1`])(
    '%s is refused',
    (header) => {
      expect(isVerified(verify, signed(header), now)).toBe(false);
    },
  );

  test('without the timestamp is refused, though nothing stands in its place in what is signed', () => {
    expect(isVerified(verify, signed(`v1=${sign(`.${body.toString()}`)}`), now)).toBe(false);
  });

  test('is read from a format without names, too, whatever letters it has; what is of no such form is refused', () => {
    const plain = hmac({ format: '({timestamp}).{signature}', signed: '{timestamp}.{body}' });
    const good = sign(`${unix}.${body.toString()}`);
    const headers = [`(${unix}).${good}`, `(${unix})x${good}`, `${unix}.${good}`, good, `(${unix}).`, ''];

    expect(headers.map((header) => isVerified(plain, signed(header), now))).toEqual([
      true,
      ...headers.slice(1).map(() => false),
    ]);
  });
});

test('a signature in a format without a timestamp holds in this format alone', () => {
  const verify = hmac({ format: 'v1={signature}' });

  expect(isVerified(verify, signed(`v1=${sign(body)}`), now)).toBe(true);
  expect(isVerified(verify, signed(sign(body)), now)).toBe(false);
});

describe('a token', () => {
  const inHeader: Verify = { type: 'token', header: 'x-token', secrets: ['one', 'two'] };
  const inQuery: Verify = { type: 'token', query: 'key', secrets: ['one'] };

  test('holds in its header, bare or as a bearer', () => {
    const holds = (token: string) => isVerified(inHeader, knock({ headers: { 'x-token': token } }), now);

    expect(['one', 'two', 'Bearer one', 'bearer  two'].map(holds)).toEqual([true, true, true, true]);
    expect(['three', '', 'on', 'oBearer ne'].map(holds)).toEqual([false, false, false, false]);
  });

  test('holds in its query parameter, and nowhere else', () => {
    expect(isVerified(inQuery, knock({ query: { key: 'one' } }), now)).toBe(true);
    expect(isVerified(inQuery, knock({ headers: { key: 'one' } }), now)).toBe(false);
  });

  test('may hold any letters: on the wire they are UTF-8', () => {
    const onTheWire = Buffer.from('Bearer sécret€', 'utf8').toString('latin1');
    const verify: Verify = { ...inHeader, secrets: ['sécret€'] };

    expect(isVerified(verify, knock({ headers: { 'x-token': onTheWire } }), now)).toBe(true);
  });

  test('that is missing is refused', () => {
    expect(isVerified(inHeader, knock(), now)).toBe(false);
    expect(isVerified(inQuery, knock(), now)).toBe(false);
  });
});

type KeyPair = Extract<Verify, { type: 'key-pair' }>;

describe.each([
  ['ed25519', () => generateKeyPairSync('ed25519')],
  ['rsa', () => generateKeyPairSync('rsa', { modulusLength: 2048 })],
] as const)('a signature of a private key (%s)', (algorithm, generate) => {
  const [ours, theirs] = [generate(), generate()];
  const pem = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString();
  const hash = algorithm === 'rsa' ? 'sha256' : null;
  const by = (key: KeyObject, raw: Buffer = body) => signWith(hash, raw, key).toString('base64');
  const verify: KeyPair = {
    type: 'key-pair',
    algorithm,
    header: 'x-signature',
    encoding: 'base64',
    publicKeys: [pem(ours.publicKey)],
  };

  test('holds by its public key, and by no other', () => {
    expect(isVerified(verify, signed(by(ours.privateKey)), now)).toBe(true);
    expect(isVerified(verify, signed(by(theirs.privateKey)), now)).toBe(false);
  });

  test('while the key is rotated, holds by the old one and the new', () => {
    const both = { ...verify, publicKeys: [pem(theirs.publicKey), pem(ours.publicKey)] };

    expect(isVerified(both, signed(by(ours.privateKey)), now)).toBe(true);
    expect(isVerified(both, signed(by(theirs.privateKey)), now)).toBe(true);
  });

  test('in hex, where the sender writes hex', () => {
    const inHex = Buffer.from(by(ours.privateKey), 'base64').toString('hex');

    expect(isVerified({ ...verify, encoding: 'hex' }, signed(inHex), now)).toBe(true);
  });

  test('of another body is refused', () => {
    const given = { ...signed(by(ours.privateKey)), raw: Buffer.from('{"id":2}') };

    expect(isVerified(verify, given, now)).toBe(false);
  });

  test.for(['', '=', 'zz', 'AAAA', 'A'.repeat(10_000), '\u0000'])(
    'that is nonsense is refused: %j',
    (value) => {
      expect(isVerified(verify, signed(value), now)).toBe(false);
    },
  );

  test('that is missing, or for which there is no key, is refused', () => {
    expect(isVerified(verify, knock(), now)).toBe(false);
    expect(isVerified({ ...verify, publicKeys: [] }, signed(by(ours.privateKey)), now)).toBe(false);
  });

  test('is refused where the timestamp in the body is too old or of the future, if any age is; a body without one holds', () => {
    const hour = 3_600_000;
    const given = (timestamp: unknown) => {
      const raw = Buffer.from(JSON.stringify({ id: 1, timestamp }));
      return { ...signed(by(ours.privateKey, raw)), raw };
    };
    const timestamps = [
      new Date(now).toISOString(),
      new Date(now - hour).toISOString(),
      now - hour,
      undefined,
      new Date(now - 3 * hour).toISOString(),
      new Date(now + 3 * hour).toISOString(),
      now - 3 * hour,
      'yesterday',
    ];

    const verdicts = timestamps.map((timestamp) =>
      isVerified({ ...verify, toleranceMs: 2 * hour }, given(timestamp), now),
    );

    expect(verdicts).toEqual([true, true, true, true, false, false, false, false]);
    expect(isVerified(verify, given(now - 3 * hour), now)).toBe(true);
  });
});

describe('a login', () => {
  const verify: Verify = { type: 'basic', username: 'hook', password: 'pass:word ü' };
  const login = (text: string, scheme = 'Basic') =>
    knock({ headers: { authorization: `${scheme} ${Buffer.from(text).toString('base64')}` } });

  test('holds with its name and password, whatever is in them', () => {
    expect(isVerified(verify, login('hook:pass:word ü'), now)).toBe(true);
    expect(isVerified(verify, login('hook:pass:word ü', 'basic'), now)).toBe(true);
    expect(isVerified(verify, login('hook:pass:word ü', ' Basic '), now)).toBe(true);
  });

  test.for(['hook:', 'hook:wrong', 'other:pass:word ü', ':', '', 'hook'])('is refused: %j', (text) => {
    expect(isVerified(verify, login(text), now)).toBe(false);
  });

  test('that is missing, or of another scheme, is refused', () => {
    expect(isVerified(verify, knock(), now)).toBe(false);
    expect(isVerified(verify, login('hook:pass:word ü', 'Bearer'), now)).toBe(false);
    expect(isVerified(verify, login('hook:pass:word ü', 'Not Basic'), now)).toBe(false);
  });
});
