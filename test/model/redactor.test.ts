import { expect, test } from 'vitest';
import { createRedactor } from '../../src/model/redactor.ts';

test('a secret is taken out as it stands, in an address and in JSON; the longer one first', () => {
  const { redact } = createRedactor(['s3cret&"more', 's3cret&"more and more', 'short']);

  expect(redact('s3cret&"more and more')).toBe('***');
  expect(redact(`a=${encodeURIComponent('s3cret&"more')}&b`)).toBe('a=***&b');
  expect(redact(JSON.stringify({ a: 's3cret&"more' }))).toBe('{"a":"***"}');
  expect(redact('short')).toBe('short');
});

test('what is learnt later is taken out from then on', () => {
  const { redact, learn } = createRedactor([]);

  learn('access-token-1');

  expect(redact('Bearer access-token-1')).toBe('Bearer ***');
});
