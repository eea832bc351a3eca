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

test('a text is cleaned before it is cut: no half of a secret stands at its end', () => {
  const redactor = createRedactor(['access-token-1']);

  expect(redactedHead(redactor, `${'x'.repeat(15)}access-token-1 and more`, 20)).toBe(
    `${'x'.repeat(15)}*** a`,
  );
});

test.for([
  ['a form', (text: string) => new URLSearchParams({ key: text }).toString()],
  [
    'an address with small escapes',
    (text: string) => encodeURIComponent(text).replace(/%../g, (hex) => hex.toLowerCase()),
  ],
  ['JSON in JSON', (text: string) => JSON.stringify({ said: JSON.stringify({ text }) })],
  ['HTML', (text: string) => `<p>${text.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}</p>`],
  ['base64', (text: string) => Buffer.from(text).toString('base64')],
  ['base64 of more', (text: string) => Buffer.from(`user:${text} and more`).toString('base64')],
  ['base64url of more', (text: string) => Buffer.from(`a${text}`).toString('base64url')],
] as const)('nor is it left in %s', ([, write]) => {
  const secret = 'k3y "q\\uote"&=+é/ of an API';
  const { redact } = createRedactor([secret]);

  const told = redact(write(secret));

  expect(told).toContain('***');
  expect(told).not.toMatch(/k3y|uote|of\+an|of%20an|of an API/);
  expect(Buffer.from(told.replaceAll('***', ''), 'base64').toString()).not.toMatch(/uote|an API/);
});

test('of tokens that come one after the other only the last hundreds are kept in mind', () => {
  const { redact, learn } = createRedactor(['given-secret']);

  for (let n = 0; n < 1_000; n++) learn(`access-token-${n}.`);

  expect(redact('given-secret access-token-999. access-token-801.')).toBe('*** *** ***');
  expect(redact('access-token-1.')).toBe('access-token-1.');
});

test('a token of letters that are none breaks nothing', () => {
  const { redact, learn } = createRedactor([]);

  learn('\ud800-token-of-half-a-letter');

  expect(redact('\ud800-token-of-half-a-letter')).toBe('***');
});
