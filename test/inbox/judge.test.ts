import { describe, expect, test } from 'vitest';
import type { Identified } from '../../src/inbox/arrival.ts';
import { judge } from '../../src/inbox/judge.ts';
import { digestOf } from '../../src/model/digest.ts';
import type { StoredRecord } from '../../src/model/record.ts';
import { aRecord } from '../support/rows.ts';

const arrival = (record: Identified['record'], wish: Partial<Identified> = {}): Identified => ({
  record,
  asOf: 2_000,
  name: null,
  key: '1',
  updatedMs: null,
  updatedAt: undefined,
  deleted: false,
  ...wish,
});
const stored = (body: StoredRecord['body'], wish: Partial<StoredRecord> = {}) =>
  aRecord({ body, digest: digestOf(body), ...wish });
const webhook = { partial: false, origin: 'webhook', again: false } as const;
const poll = { ...webhook, origin: 'poll' } as const;

test('the first state of a record is accepted', () => {
  expect(judge(arrival({ a: 1 }), undefined, webhook)).toMatchObject({ type: 'accepted', body: { a: 1 } });
});

describe('newer is', () => {
  test('a later updatedAt, though received earlier', () => {
    const known = stored({ a: 1 }, { updatedMs: 100, asOf: 9_000 });

    expect(judge(arrival({ a: 2 }, { updatedMs: 101, asOf: 1 }), known, webhook).type).toBe('accepted');
    expect(judge(arrival({ a: 2 }, { updatedMs: 99, asOf: 99_000 }), known, webhook).type).toBe('stale');
  });

  test('with equal updatedAt, or none on either side, what was received or asked for later', () => {
    for (const [mine, theirs] of [
      [100, 100],
      [null, null],
      [null, 100],
      [100, null],
    ] as const) {
      const known = stored({ a: 1 }, { updatedMs: theirs, asOf: 1_000 });

      expect(judge(arrival({ a: 2 }, { updatedMs: mine, asOf: 1_000 }), known, webhook).type).toBe(
        'accepted',
      );
      expect(judge(arrival({ a: 2 }, { updatedMs: mine, asOf: 999 }), known, webhook).type).toBe('stale');
    }
  });
});

describe('unchanged', () => {
  test('whatever the order of its properties', () => {
    const known = stored({ a: 1, b: { c: 2, d: 3 } });

    expect(judge(arrival({ b: { d: 3, c: 2 }, a: 1 }), known, poll)).toEqual({
      type: 'unchanged',
      refresh: false,
    });
  });

  test('but newer, a webhook refreshes how new the known state is', () => {
    expect(judge(arrival({ a: 1 }), stored({ a: 1 }), webhook)).toEqual({ type: 'unchanged', refresh: true });
    for (const asOf of [1, 1_000])
      expect(judge(arrival({ a: 1 }, { asOf }), stored({ a: 1 }), webhook)).toEqual({
        type: 'unchanged',
        refresh: false,
      });
  });

  test('is accepted again where its last event is dead and all is read', () => {
    expect(judge(arrival({ a: 1 }), stored({ a: 1 }), { ...poll, again: true }).type).toBe('accepted');
  });

  test('is not what comes back after it was deleted', () => {
    expect(judge(arrival({ a: 1 }), stored({ a: 1 }, { gone: true }), poll).type).toBe('accepted');
  });
});

describe('a record that was deleted', () => {
  const tombstone = stored({ a: 1 }, { gone: true, updatedMs: 100 });

  test('is not raised by a late copy of what was there before', () => {
    expect(judge(arrival({ a: 1 }, { updatedMs: 100 }), tombstone, webhook).type).toBe('stale');
    expect(judge(arrival({ a: 1 }, { updatedMs: 99 }), tombstone, webhook).type).toBe('stale');
  });

  test('comes back by what changed since, or by what has no time of its own', () => {
    const timeless = { ...tombstone, updatedMs: null };

    expect(judge(arrival({ a: 1 }, { updatedMs: 101 }), tombstone, webhook).type).toBe('accepted');
    expect(judge(arrival({ a: 1 }), tombstone, webhook).type).toBe('accepted');
    expect(judge(arrival({ a: 1 }), timeless, webhook).type).toBe('accepted');
  });

  test('and is deleted with other words is no return', () => {
    const again = arrival({ a: 2 }, { updatedMs: 100, deleted: true });

    expect(judge(again, tombstone, webhook).type).toBe('accepted');
  });

  test('comes back where two polls in a row read it', () => {
    const doubted = digestOf({ a: 1 });

    expect(judge(arrival({ a: 1 }, { updatedMs: 100 }), { ...tombstone, doubted }, poll).type).toBe(
      'accepted',
    );
  });
});

describe('what two polls in a row read', () => {
  const known = stored({ a: 1 }, { updatedMs: 100 });

  test('is believed the second time', () => {
    const first = judge(arrival({ a: 2 }, { updatedMs: 50 }), known, poll);
    const doubted = first.type === 'stale' ? first.digest : null;
    const second = judge(arrival({ a: 2 }, { updatedMs: 50 }), { ...known, doubted }, poll);

    expect([first.type, second.type]).toEqual(['stale', 'accepted']);
  });

  test('is not believed of a webhook', () => {
    const doubted = digestOf({ a: 2 });

    expect(judge(arrival({ a: 2 }, { updatedMs: 50 }), { ...known, doubted }, webhook).type).toBe('stale');
  });
});

describe('a part', () => {
  const partial = { ...webhook, partial: true };

  test('is merged over what is known', () => {
    expect(judge(arrival({ a: 2 }), stored({ a: 1, b: 1 }), partial)).toMatchObject({ body: { a: 2, b: 1 } });
  });

  test('that changes nothing is unchanged', () => {
    expect(judge(arrival({ a: 1 }), stored({ a: 1, b: 1 }), partial).type).toBe('unchanged');
  });

  test('of a record that was deleted stands alone', () => {
    expect(judge(arrival({ a: 2 }), stored({ a: 1, b: 1 }, { gone: true }), partial)).toMatchObject({
      body: { a: 2 },
    });
  });
});
