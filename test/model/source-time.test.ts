import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSourceTime, writeSourceTime } from '../../src/model/source-time.ts';

const offset = fc.constantFrom('Z', '', '+02:00', '-05:30', '+0100', '+14', '-00:00');
const instant = fc.integer({
  min: Date.parse('2001-09-10T00:00:00Z'),
  max: Date.parse('2099-12-31T00:00:00Z'),
});

describe('what is read and written again stays what it was', () => {
  test('ISO, with any precision, separator and offset', () => {
    fc.assert(
      fc.property(
        instant,
        offset,
        fc.constantFrom('T', ' '),
        fc.integer({ min: -1, max: 9 }),
        (ms, zone, separator, precision) => {
          const written = writeSourceTime(ms, { type: 'iso', separator, precision, offset: zone });
          const read = readSourceTime(written)!;

          expect(read.form).toEqual({ type: 'iso', separator, precision, offset: zone });
          expect(writeSourceTime(read.ms, read.form)).toBe(written);
          expect(read.ms).toBeLessThanOrEqual(ms);
          expect(ms - read.ms).toBeLessThan(precision < 0 ? 60_000 : Math.max(1, 1000 / 10 ** precision));
        },
      ),
    );
  });

  test('epoch seconds and milliseconds, as numbers and as text', () => {
    fc.assert(
      fc.property(instant, fc.constantFrom('seconds', 'milliseconds'), fc.boolean(), (ms, type, text) => {
        const written = writeSourceTime(ms, { type, text });
        const read = readSourceTime(written)!;

        expect(read.form).toEqual({ type, text });
        expect(read.ms).toBe(type === 'seconds' ? Math.floor(ms / 1000) * 1000 : ms);
        expect(writeSourceTime(read.ms, read.form)).toBe(written);
      }),
    );
  });
});

test('times in different offsets are ordered as instants', () => {
  const [a, b] = ['2026-05-01T12:00:00+02:00', '2026-05-01T10:30:00Z'].map(
    (text) => readSourceTime(text)!.ms,
  );

  expect(a).toBeLessThan(b!);
});

test("an overlap crosses midnight, months and years in the source's own offset", () => {
  const { ms, form } = readSourceTime('2026-01-01 00:02:00+02:00')!;

  expect(writeSourceTime(ms - 300_000, form)).toBe('2025-12-31 23:57:00+02:00');
});

test.for([
  'yesterday',
  '',
  'rev-7',
  '2026-13-01T00:00:00Z',
  '2026-05-01T25:00:00Z',
  null,
  true,
  {},
  [],
  7,
  -1,
  Number.NaN,
  1e20,
  '12345',
])('is nothing: %j', (value) => {
  expect(readSourceTime(value)).toBeUndefined();
});
