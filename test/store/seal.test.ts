import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { keyIdOf, seal, sealedBy, unseal } from '../../src/store/seal.ts';

const key = randomBytes(32);

test('what is sealed is opened with the same key and about the same thing only', () => {
  const sealed = seal(key, 'token of Ünn', 'default/ghl');

  expect(unseal(key, sealed, 'default/ghl')).toBe('token of Ünn');
  expect(unseal(key, sealed, 'default/other')).toBeUndefined();
  expect(unseal(randomBytes(32), sealed, 'default/ghl')).toBeUndefined();
});

test('the same text is never sealed to the same twice, and a changed one is not opened', () => {
  const [one, other] = [seal(key, 'token', 'x'), seal(key, 'token', 'x')];
  const body = Buffer.from(one.split('.')[2]!, 'base64url');

  const changed = Array.from(body.keys(), (at) => {
    const copy = Buffer.from(body);
    copy[at]! ^= 1;
    return unseal(key, [...one.split('.').slice(0, 2), copy.toString('base64url')].join('.'), 'x');
  });

  expect(one).not.toBe(other);
  expect(changed.filter((text) => text !== undefined)).toEqual([]);
});

test('a sealed text says which key it needs, and nothing of the key', () => {
  const sealed = seal(key, 'token', 'x');

  expect(sealedBy(sealed)).toBe(keyIdOf(key));
  expect(sealed).not.toContain(key.toString('base64url').slice(0, 10));
});

test.each(['', 'v1', 'v1.abc', 'v1.abc.AAAA', 'v2.abc.AAAA'])(
  '%j is no sealed text, and no crash',
  (text) => {
    expect(unseal(key, text, 'x')).toBeUndefined();
  },
);
