import { expect, test } from 'vitest';
import { createRedactor, redactedHead } from '../../src/model/redactor.ts';

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

test('a secret is taken out of a form, too', () => {
  const secret = 'p4ss wörd!~(x)+/=';
  const { redact } = createRedactor([secret]);

  expect(redact(new URLSearchParams({ a: secret, b: 'c' }).toString())).toBe('a=***&b=c');
});

test('a text is cleaned before it is cut: no half of a secret stands at its end', () => {
  const redactor = createRedactor(['access-token-1']);

  expect(redactedHead(redactor, `${'x'.repeat(15)}access-token-1 and more`, 20)).toBe(
    `${'x'.repeat(15)}*** a`,
  );
});
