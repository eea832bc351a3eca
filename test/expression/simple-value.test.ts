import { describe, expect, test } from 'vitest';
import { simpleValue, UNSURE } from '../../src/expression/simple-value.ts';
import { createLanguage } from '../../src/expression/language.ts';

const SETTINGS = {
  timezone: 'Europe/London',
  country: 'GB',
  tables: { hire: { pb: 'Photo booth' } },
  vars: {},
};
const RECORD = {
  name: ' Ann  Lee ',
  status: 'Confirmed',
  guests: 80,
  date: '2026-06-14',
  time: '19:00',
  phone: '020 7946 0958',
  type: 'pb',
  empty: '',
  venue: { city: 'Leeds' },
};
const WORLD = { settings: SETTINGS, keepEmpty: false, lets: new Map(), warn: () => undefined };

describe('a simple source yields what JSONata does', () => {
  test.each([
    'name',
    'venue.city',
    'venue.street.number',
    'nobody',
    'guests & " guests"',
    'nobody & "x"',
    '$trim(name)',
    '$uppercase(status)',
    '$lowercase(nobody)',
    'status = "Confirmed" ? "confirmed" : "new"',
    'status = "Lost" ? "lost"',
    'nobody = "x"',
    'guests = 80',
    '$zoned(date & " " & time)',
    '$zoned(date & " 00:30", { "after": time })',
    '$zoned(name)',
    '$e164(phone)',
    '$e164(phone, "US")',
    '$date(date)',
    '$table("hire", type, "Other")',
    '$slug(name)',
    '(venue.city)',
    '$yes(status)',
  ])('%s', async (source) => {
    const compiled = createLanguage(SETTINGS).expression(source);

    expect(simpleValue(source, WORLD)?.(RECORD)).toEqual(compiled.ok && (await compiled.run(RECORD, {})));
  });
});

test.each(['$count(packages)', 'packages[0]', '*.name', '$sum([1, 2])', 'a.(b)', '$vars.x', '$event', 'a +'])(
  'a source that is not simple is left to a run: %s',
  (source) => {
    expect(simpleValue(source, WORLD)).toBeUndefined();
  },
);

test('what only a run can tell of a record is not guessed: a list, an object, a function that fails', () => {
  const ask = (source: string, record: unknown): unknown => simpleValue(source, WORLD)?.(record);

  expect(ask('a.b', { a: [{ b: 1 }, { b: 2 }] })).toBe(UNSURE);
  expect(ask('a', { a: { b: 1 } })).toBe(UNSURE);
  expect(ask('$lowercase(a)', { a: 1 })).toBe(UNSURE);
  expect(ask('$e164(a, "Nowhere")', { a: '020 7946 0958' })).toBe(UNSURE);
});

test('a let sees the names above it; null and "" are nothing unless they are kept', () => {
  const lets = new Map([
    ['low', '$lowercase(email)'],
    ['who', '$low & "!"'],
    ['self', '$self'],
  ]);
  const ask = (source: string, record: unknown, keepEmpty = false): unknown =>
    simpleValue(source, { ...WORLD, lets, keepEmpty })?.(record);

  expect(ask('$who', { email: 'ANN' })).toBe('ann!');
  expect(ask('$self', {})).toBeUndefined();
  expect(ask('email', { email: '' })).toBeUndefined();
  expect(ask('email', { email: '' }, true)).toBe('');
});
