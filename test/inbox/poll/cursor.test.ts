import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  greatestOf,
  justBefore,
  nextCursor,
  sinceOf,
  type Greatest,
} from '../../../src/inbox/poll/cursor.ts';
import { readSourceTime } from '../../../src/model/source-time.ts';

const none: Greatest = { unreadable: false };
const time = (text: string | number) => readSourceTime(text)!;
const at = (text: string) => Date.parse(text);

test('a source that was never read is read from the beginning', () => {
  expect(sinceOf({}, 300_000)).toBeUndefined();
});

test('the overlap is taken off a time, not off what is none', () => {
  expect(sinceOf({ time: time('2026-05-01T10:00:00Z') }, 300_000)).toBe('2026-05-01T09:55:00Z');
  expect(sinceOf({ opaque: 'rev-7' }, 300_000)).toBe('rev-7');
});

test("the greatest of a read is found over its pages, with what can't be read beside it", () => {
  const first = greatestOf(['2026-05-01T10:00:00Z', '2026-05-01T12:00:00+02:00', null, undefined, ''], none);
  const second = greatestOf(['2026-05-01T09:00:00Z', 'rev-7', 'rev-9', 'rev-8'], first);

  expect(first).toMatchObject({ time: { ms: at('2026-05-01T10:00:00Z') }, unreadable: false });
  expect(second).toMatchObject({
    time: { ms: at('2026-05-01T10:00:00Z') },
    opaque: 'rev-9',
    unreadable: true,
  });
});

describe('where the next read begins', () => {
  const server = at('2026-05-01T12:00:00Z');

  test("is the greatest time, never past the server's clock", () => {
    const cursors = ['2026-05-01T11:00:00Z', '2030-01-01T00:00:00Z'].map((text) =>
      nextCursor({}, greatestOf([text], none), server, 1),
    );

    expect(cursors.map((cursor) => cursor.time?.ms)).toEqual([at('2026-05-01T11:00:00Z'), server]);
  });

  test("stays where a read found nothing, but follows the server's clock backwards", () => {
    const before = { time: time('2026-05-01T11:00:00Z') };

    expect(nextCursor(before, none, server, 1).time?.ms).toBe(before.time.ms);
    expect(nextCursor(before, none, at('2026-05-01T09:00:00Z'), 1).time?.ms).toBe(at('2026-05-01T09:00:00Z'));
  });

  test('is written as the source writes now, should it have changed its ways', () => {
    const seconds = at('2026-05-01T10:00:00Z') / 1000;
    const cursor = nextCursor({ time: time('2026-05-01T11:00:00Z') }, greatestOf([seconds], none), server, 1);

    expect(sinceOf(cursor, 0)).toBe(at('2026-05-01T11:00:00Z') / 1000);
  });
});

test('just before a time is before it, by the least that the source can write', () => {
  const texts = [
    '2026-05-01T10:00:00Z',
    '2026-05-01T10:00:00.123Z',
    '2026-05-01 10:00',
    '2026-05-01',
    1_777_640_000,
    1_777_640_000_123,
  ];

  expect(texts.map((text) => justBefore(time(text)))).toEqual([
    '2026-05-01T09:59:59Z',
    '2026-05-01T10:00:00.122Z',
    '2026-05-01 09:59',
    '2026-04-30',
    1_777_639_999,
    1_777_640_000_122,
  ]);
});

test("no cursor is ever past the server's clock or what was read, whatever comes", () => {
  const instants = fc.array(fc.integer({ min: 1_000_000_000_000, max: 4_000_000_000_000 }), { maxLength: 5 });
  fc.assert(
    fc.property(
      instants,
      fc.integer({ min: 1_000_000_000_000, max: 4_000_000_000_000 }),
      (values, server) => {
        const cursor = nextCursor({}, greatestOf(values, none), server, 1);

        if (values.length === 0) expect(cursor.time).toBeUndefined();
        else expect(cursor.time?.ms).toBe(Math.min(server, Math.max(...values)));
      },
    ),
  );
});
