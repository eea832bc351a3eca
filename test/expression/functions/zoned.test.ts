import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aLanguage, evaluate, ready, withWarnings } from '../a-language.ts';

describe('$zoned', () => {
  test.each([
    ['2026-06-14', '2026-06-14T00:00:00+01:00'],
    ['2026-06-14 19:00', '2026-06-14T19:00:00+01:00'],
    ['2026-01-14T19:00:05', '2026-01-14T19:00:05+00:00'],
    ['2026-06-14 9:05', '2026-06-14T09:05:00+01:00'],
    ['2026-6-4 9:05', '2026-06-04T09:05:00+01:00'],
    ['2026-06-14 7:30 PM', '2026-06-14T19:30:00+01:00'],
    ['2026-06-14 7pm', '2026-06-14T19:00:00+01:00'],
    ['2026-06-14 12:00 a.m.', '2026-06-14T00:00:00+01:00'],
    ['2026-06-14 12:15 PM', '2026-06-14T12:15:00+01:00'],
    ['2026-06-14 24:00', '2026-06-15T00:00:00+01:00'],
    ['2026-06-14T19:00:00Z', '2026-06-14T20:00:00+01:00'],
    ['2026-06-14T19:00:00.250+02:00', '2026-06-14T18:00:00.25+01:00'],
    ['2026-06-14 19:00:00-0500', '2026-06-15T01:00:00+01:00'],
    ['  2026-06-14 19:00  ', '2026-06-14T19:00:00+01:00'],
    [1781463600, '2026-06-14T20:00:00+01:00'],
    [1781463600000, '2026-06-14T20:00:00+01:00'],
  ])('%s is %s in London', async (local, expected) => {
    expect(await evaluate('$zoned(local)', { local })).toBe(expected);
  });

  test('a time that the clock skips goes forward, one that it shows twice is the earlier', async () => {
    expect(await evaluate('$zoned("2026-03-29 01:30")')).toBe('2026-03-29T02:30:00+01:00');
    expect(await evaluate('$zoned("2026-10-25 01:30")')).toBe('2026-10-25T01:30:00+01:00');
  });

  test('the zone may be told', async () => {
    expect(await evaluate('$zoned("2026-06-14 19:00", "America/New_York")')).toBe(
      '2026-06-14T19:00:00-04:00',
    );
    expect(await evaluate('$zoned("2026-06-14 19:00", { "zone": "Asia/Kolkata" })')).toBe(
      '2026-06-14T19:00:00+05:30',
    );
    expect(await evaluate('$zoned("2026-06-14 19:00", missing)')).toBe('2026-06-14T19:00:00+01:00');
    await expect(evaluate('$zoned("2026-06-14 19:00", "Mars/Base")')).rejects.toThrow(
      'no time zone "Mars/Base"',
    );
    await expect(evaluate('$zoned("2026-06-14 19:00", { "aftr": 1 })')).rejects.toThrow('not "aftr"');
  });

  test.each([
    ['2026-06-14 00:30', '19:00', '2026-06-15T00:30:00+01:00'],
    ['2026-06-14 19:00', '19:00', '2026-06-15T19:00:00+01:00'],
    ['2026-06-14 23:00', '19:00', '2026-06-14T23:00:00+01:00'],
    ['2026-06-14 12:30 AM', '7:00 PM', '2026-06-15T00:30:00+01:00'],
    ['2026-06-14 00:30', '2026-06-14 19:00', '2026-06-15T00:30:00+01:00'],
    ['2026-06-14 23:00', '2026-06-14T19:00:00+01:00', '2026-06-14T23:00:00+01:00'],
    ['2026-10-24 01:30', '19:00', '2026-10-25T01:30:00+01:00'],
    ['2026-06-14 00:30', undefined, '2026-06-14T00:30:00+01:00'],
    ['2026-06-14 00:30', '', '2026-06-14T00:30:00+01:00'],
    ['2026-06-14 00:30', null, '2026-06-14T00:30:00+01:00'],
  ])('%s after %s is %s', async (local, start, expected) => {
    expect(await evaluate('$zoned(local, { "after": start })', { local, start })).toBe(expected);
  });

  test('a missing part yields nothing, without a warning', async () => {
    for (const record of [{ d: '2026-06-14' }, { t: '19:00' }, {}])
      expect(await withWarnings('$zoned(d & " " & t)', record)).toStrictEqual({
        value: undefined,
        warnings: [],
      });
    for (const source of ['$zoned(missing)', '$zoned(null)'])
      expect(await withWarnings(source)).toStrictEqual({ value: undefined, warnings: [] });
  });

  test('what can not be read yields nothing and a warning', async () => {
    for (const local of [
      '14/06/2026',
      '2026-02-30',
      '2026-06-14 25:00',
      '2026-06-14 13:00 PM',
      '2026-06-14 7',
      'soon',
      '19:00',
      '2026-06-14x19:00',
      '2026-13-01',
      1e300,
    ]) {
      const { value, warnings } = await withWarnings('$zoned(local)', { local });

      expect(value).toBeUndefined();
      expect(warnings).toHaveLength(1);
    }
    const { value, warnings } = await withWarnings('$zoned("2026-06-14 00:30", { "after": "late" })');
    expect([value, warnings.length]).toStrictEqual([undefined, 1]);
  });

  test('never throws, and yields an instant that JavaScript reads', async () => {
    const { run } = ready(aLanguage().expression('$zoned(a, { "after": b })'));
    const like = fc.stringMatching(
      /^\s?\d{4}-\d{1,2}-\d{1,2}[T ]{1,2}\d{1,2}(:\d\d){0,2}( ?[ap]m)?(Z|[-+]\d\d:?\d\d)?$/,
    );
    const value = fc.oneof(like, fc.string({ unit: 'binary' }), fc.double(), fc.boolean());
    await fc.assert(
      fc.asyncProperty(value, fc.option(value), async (a, b) => {
        const result = await run({ a, b }, {});

        if (result !== undefined) expect(Number.isNaN(Date.parse(result as string))).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('$date', () => {
  test.each([
    ['2026-06-14T23:30:00Z', '2026-06-15'],
    ['2026-06-14', '2026-06-14'],
    ['2026-06-14 23:30', '2026-06-14'],
    [1781479800, '2026-06-15'],
    [1781479800000, '2026-06-15'],
    ['1781479800000', '2026-06-15'],
    [0, '1970-01-01'],
    [new Date(0), '1970-01-01'],
  ])('%s is the %s in London', async (instant, expected) => {
    expect(await evaluate('$date($at)', {}, { bindings: { at: instant } })).toBe(expected);
  });

  test('the zone may be told; what can not be read is nothing and a warning', async () => {
    expect(await evaluate('$date("2026-06-14T23:30:00Z", "UTC")')).toBe('2026-06-14');
    expect(await withWarnings('$date(missing)')).toStrictEqual({ value: undefined, warnings: [] });
    expect((await withWarnings('$date("14/06/2026")')).warnings).toHaveLength(1);
    expect((await withWarnings('$date("19:00")')).warnings).toHaveLength(1);
  });
});
