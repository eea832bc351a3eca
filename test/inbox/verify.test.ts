import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isVerified, type Knock } from '../../src/inbox/verify.ts';
import type { Verify } from '../../src/model/webhook.ts';

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
    const ages = [0, 299, -299, 301, -301];

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
    const headers = [`${good},${time}`, `${time}, v0=old, ${good}`, `${time},v1=${'0'.repeat(64)},${good}`];

    expect(headers.map((header) => isVerified(verify, signed(header), now))).toEqual([true, true, true]);
  });

  test.for(['t=,v1=', 'v1=abc', 't=now,v1=abc', `t=${unix}`, 'nonsense', ',,,', '=', `t=${unix},v1`])(
    '%s is refused',
    (header) => {
      expect(isVerified(verify, signed(header), now)).toBe(false);
    },
  );

  test('is read from a format without names, too', () => {
    const plain = hmac({ format: '{timestamp}:{signature}', signed: '{timestamp}.{body}' });

    expect(isVerified(plain, signed(`${unix}:${sign(`${unix}.${body.toString()}`)}`), now)).toBe(true);
  });
});

describe('a token', () => {
  const inHeader: Verify = { type: 'token', header: 'x-token', secrets: ['one', 'two'] };
  const inQuery: Verify = { type: 'token', query: 'key', secrets: ['one'] };

  test('holds in its header, bare or as a bearer', () => {
    const given = ['one', 'two', 'Bearer one', 'bearer two', 'three', '', 'on'].map((token) =>
      isVerified(inHeader, knock({ headers: { 'x-token': token } }), now),
    );

    expect(given).toEqual([true, true, true, true, false, false, false]);
  });

  test('holds in its query parameter, and nowhere else', () => {
    expect(isVerified(inQuery, knock({ query: { key: 'one' } }), now)).toBe(true);
    expect(isVerified(inQuery, knock({ headers: { key: 'one' } }), now)).toBe(false);
  });

  test('that is missing is refused', () => {
    expect(isVerified(inHeader, knock(), now)).toBe(false);
    expect(isVerified(inQuery, knock(), now)).toBe(false);
  });
});
