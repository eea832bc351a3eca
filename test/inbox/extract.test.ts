import { describe, expect, test } from 'vitest';
import { extract, takesEvent } from '../../src/inbox/extract.ts';
import type { Expression } from '../../src/model/expression.ts';
import type { Source } from '../../src/model/source.ts';
import { aDelivery } from '../support/rows.ts';
import { aSource, broken, constant, failing, prop } from '../support/syncs.ts';

const sourceOf = (record: Expression, wish: Partial<Source> = {}) =>
  aSource({ webhook: { events: [], record }, ...wish });
const delivery = (body: unknown, name: string | null = 'booking.updated') => ({
  id: 1,
  ...aDelivery({ raw: JSON.stringify({ body }), name, receivedAt: 5_000 }),
});

describe('the records of a delivery', () => {
  test('are as old as the delivery, and know its name', async () => {
    expect(await extract(sourceOf(prop('body')), delivery({ id: 1 }))).toEqual({
      type: 'arrivals',
      arrivals: [{ record: { id: 1 }, asOf: 5_000, name: 'booking.updated' }],
    });
  });

  test('may be several, one or none', async () => {
    const count = async (value: unknown) => {
      const extracted = await extract(sourceOf(constant(value)), delivery({}));
      return extracted.type === 'arrivals' ? extracted.arrivals.length : undefined;
    };

    expect(await count([{ id: 1 }, { id: 2 }])).toBe(2);
    expect(await count({ id: 1 })).toBe(1);
    expect(await count([])).toBe(0);
    expect(await count(undefined)).toBe(0);
  });

  test('see the event as a variable, where it has a name', async () => {
    const named: Expression = (_, bindings) => Promise.resolve({ bindings });

    expect(await extract(sourceOf(named), delivery({}))).toMatchObject({
      arrivals: [{ record: { bindings: { event: 'booking.updated' } } }],
    });
    expect(await extract(sourceOf(named), delivery({}, null))).toEqual({
      type: 'arrivals',
      arrivals: [{ record: { bindings: {} }, asOf: 5_000, name: null }],
    });
  });

  test('are taken from what holds something, unless what is empty says something', async () => {
    const body = { id: 1, city: '' };
    const cleaned = await extract(sourceOf(prop('body')), delivery(body));
    const kept = await extract(sourceOf(prop('body'), { keepEmpty: true }), delivery(body));
    const partial = await extract(sourceOf(prop('body'), { partial: true }), delivery(body));

    expect(cleaned).toMatchObject({ arrivals: [{ record: { id: 1 } }] });
    expect(cleaned).not.toHaveProperty('arrivals.0.record.city');
    expect(kept).toMatchObject({ arrivals: [{ record: body }] });
    expect(partial).toMatchObject({ arrivals: [{ record: body }] });
  });

  test('are none for a source that takes no webhooks, or not this event', async () => {
    const nothing = { type: 'arrivals', arrivals: [] };
    const other = aSource({ webhook: { events: ['task.*'], record: failing('!') } });

    expect(await extract(aSource(), delivery({ id: 1 }))).toEqual(nothing);
    expect(await extract(other, delivery({ id: 1 }))).toEqual(nothing);
  });
});

describe('a delivery whose records are none', () => {
  test.for([
    ['text', 'a string'],
    [7, 'a number'],
    [null, 'null'],
    [[{ id: 1 }, [2]], 'a list'],
    [[{ id: 1 }, true], 'a boolean'],
  ] as const)('%j is dead as a whole: it yields %s', async ([value, kind]) => {
    expect(await extract(sourceOf(constant(value)), delivery({}))).toEqual({
      type: 'dead',
      reason: `sources.bookings: \`record\` yields ${kind}, not an object`,
    });
  });

  test('is dead where the expression fails, with its words', async () => {
    expect(await extract(sourceOf(failing('no such thing')), delivery({}))).toEqual({
      type: 'dead',
      reason: 'sources.bookings: `record` fails on this delivery: no such thing',
    });
  });

  test('is no dead letter where the runner itself fails', async () => {
    await expect(extract(sourceOf(broken), delivery({}))).rejects.toThrow(TypeError);
  });
});

describe('a source takes', () => {
  test.for([
    [[], 'booking.updated', true],
    [[], null, true],
    [['booking.updated'], 'booking.updated', true],
    [['booking.updated'], 'booking.updated.twice', false],
    [['booking.updated'], 'old booking.updated', false],
    [['booking.updated'], 'bookingXupdated', false],
    [['booking.*'], 'booking.deleted', true],
    [['booking.*'], 'booking', false],
    [['*.deleted'], 'booking.deleted', true],
    [['*'], null, false],
    [['a', 'b'], 'b', true],
    [['a', 'b'], 'c', false],
    [['a+(b)'], 'a+(b)', true],
    [['a+(b)'], 'aab', false],
  ] as const)('of %j the event %j: %s', ([events, name, taken]) => {
    expect(takesEvent(aSource({ webhook: { events, record: prop('body') } }), name)).toBe(taken);
  });

  test('no event without a webhook', () => {
    expect(takesEvent(aSource(), 'booking.updated')).toBe(false);
  });
});
