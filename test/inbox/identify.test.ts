import { describe, expect, test } from 'vitest';
import type { Arrival } from '../../src/inbox/arrival.ts';
import { identify, type Sighted } from '../../src/inbox/identify.ts';
import { ExpressionError } from '../../src/model/expression.ts';
import type { Source } from '../../src/model/source.ts';
import { aSource, broken, constant, failing, prop, variable } from '../support/syncs.ts';

const arrival: Arrival = { record: { id: 7, at: '2026-05-01T10:00:00Z' }, asOf: 5_000, name: 'e' };
const identified = (
  wish: Partial<Source> = {},
  of: Arrival = arrival,
  isDeleted: (sighted: Sighted) => Promise<boolean> = () => Promise.resolve(false),
) =>
  identify(
    aSource(wish),
    of,
    ({ record, name }) => Promise.resolve({ record, bindings: { event: name } }),
    isDeleted,
  );

describe('a record', () => {
  test('has a key as text, and its own word of how new it is', async () => {
    expect(await identified({ updatedAt: prop('at') })).toEqual({
      ...arrival,
      key: '7',
      updatedMs: Date.parse('2026-05-01T10:00:00Z'),
      updatedAt: '2026-05-01T10:00:00Z',
      deleted: false,
    });
  });

  test('may be told by its variables, too', async () => {
    expect(await identified({ key: variable('event'), updatedAt: variable('event') })).toMatchObject({
      key: 'e',
      updatedAt: 'e',
    });
  });

  test('whose time is missing or unreadable is as new as its arrival', async () => {
    expect(await identified()).toMatchObject({ updatedMs: null, updatedAt: undefined });
    expect(await identified({ updatedAt: constant('soon') })).toMatchObject({
      updatedMs: null,
      updatedAt: 'soon',
    });
  });

  test('is deleted where its source says so, of what was sighted', async () => {
    const isSeven = ({ record }: Sighted) => Promise.resolve(record['id'] === 7);

    expect((await identified({}, arrival, isSeven)).deleted).toBe(true);
    expect((await identified({}, { ...arrival, record: { id: 8 } }, isSeven)).deleted).toBe(false);
  });

  test('is deleted where a complete read no longer holds it, whatever it says itself', async () => {
    const gone = { ...arrival, gone: true };

    expect((await identified({}, gone, () => Promise.reject(new ExpressionError('!')))).deleted).toBe(true);
    expect((await identified({}, { ...arrival, gone: false })).deleted).toBe(false);
  });
});

describe('a record without a key', () => {
  test('is not lost: it is a problem with a reason and a remedy', async () => {
    const one = await identified({ key: prop('missing'), updatedAt: prop('at') });

    expect(one).toMatchObject({
      ...arrival,
      updatedMs: null,
      updatedAt: undefined,
      deleted: false,
      problem: {
        reason: expect.stringMatching(/^no-key: .*nothing/) as string,
        remedy: expect.stringContaining('sources.bookings.key') as string,
      },
    });
  });

  test('keeps one name however often it comes, and another record has another', async () => {
    const key = async (record: Arrival['record']) =>
      (await identified({ key: prop('missing') }, { ...arrival, record })).key;

    expect(await key({ a: 1, b: 2 })).toBe(await key({ b: 2, a: 1 }));
    expect(await key({ a: 1 })).not.toBe(await key({ a: 2 }));
    expect(await key({ a: 1 })).toMatch(/^no-key \S+/);
  });

  test('is one whose expressions fail, in their words', async () => {
    const failed = "the source's expressions fail on this record: odd";

    expect(await identified({ key: failing('odd') })).toMatchObject({ problem: { reason: failed } });
    expect(await identified({ updatedAt: failing('odd') })).toMatchObject({ problem: { reason: failed } });
    expect(await identified({}, arrival, () => Promise.reject(new ExpressionError('odd')))).toMatchObject({
      problem: { reason: failed },
    });
  });

  test("is none whose failure is the runner's own", async () => {
    await expect(identified({ key: broken })).rejects.toThrow(TypeError);
  });
});
