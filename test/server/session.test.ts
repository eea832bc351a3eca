import { expect, test } from 'vitest';
import { createGuesses } from '../../src/server/guesses.ts';
import { openSession, readSession } from '../../src/server/session.ts';

const HOUR = 3_600_000;
const now = Date.parse('2026-05-01T10:00:00Z');

test('a session holds for an hour, and no longer than its last renewal says', () => {
  const { cookie } = openSession('token', now);

  expect(readSession('token', cookie, now + HOUR - 1)).toBeDefined();
  expect(readSession('token', cookie, now + HOUR)).toBeUndefined();
  expect(readSession('token', cookie, now - 1)).toBeUndefined();
});

test('it is renewed by use, keeps its CSRF token, and ends after twelve hours all the same', () => {
  const first = openSession('token', now);
  let { cookie } = first;
  let at = now;
  let hours = 0;

  for (;;) {
    at += HOUR / 2;
    const read = readSession('token', cookie, at);
    if (!read) break;
    expect(read.renewed?.csrf).toBe(first.csrf);
    cookie = read.renewed!.cookie;
    hours += 0.5;
  }

  expect(hours).toBe(11.5);
});

test('a cookie is worth nothing with another token, in part, or with other times', () => {
  const { cookie } = openSession('token', now);
  const [started, issued, nonce, mac] = cookie.split('.') as [string, string, string, string];
  const other = openSession('token', now + 1)
    .cookie.split('.')
    .at(-1)!;
  const forged = [
    '',
    '...',
    cookie.slice(0, -1),
    `${cookie}x`,
    `${cookie}.x`,
    [started, String(Number(issued) + 1), nonce, mac].join('.'),
    [String(Number(started) + HOUR), issued, nonce, mac].join('.'),
    [started, issued, `${nonce}x`, mac].join('.'),
    [started, issued, nonce, other].join('.'),
    [started, issued, nonce, ''].join('.'),
    ['1e15', issued, nonce, mac].join('.'),
    ['-1', issued, nonce, mac].join('.'),
  ];

  expect(readSession('another', cookie, now)).toBeUndefined();
  for (const each of forged) expect(readSession('token', each, now)).toBeUndefined();
  expect(readSession('token', cookie, now)).toBeDefined();
});

test('two logins share nothing', () => {
  const [one, two] = [openSession('token', now), openSession('token', now)];

  expect(one.cookie).not.toBe(two.cookie);
  expect(one.csrf).not.toBe(two.csrf);
});

test('ten wrong tokens in a minute are enough for an address; others may try, and it may again later', () => {
  let at = now;
  const guesses = createGuesses(() => at);

  for (let times = 0; times < 10; times++) {
    expect(guesses.waitSeconds('a')).toBeUndefined();
    guesses.failed('a');
  }
  at += 20_000;

  expect(guesses.waitSeconds('a')).toBe(40);
  expect(guesses.waitSeconds('b')).toBeUndefined();
  at += 40_000;
  expect(guesses.waitSeconds('a')).toBeUndefined();
});

test('a hundred thousand addresses do not fill the memory: the oldest are forgotten', () => {
  const guesses = createGuesses(() => now);
  for (let times = 0; times < 10; times++) guesses.failed('first');

  for (let address = 0; address < 100_000; address++) guesses.failed(`address ${address}`);

  expect(guesses.waitSeconds('first')).toBeUndefined();
});
