import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { followUp } from '../../src/settle/follow-up.ts';
import { MOST_TRIES, retryDelayMs } from '../../src/settle/retry.ts';

const now = 1_000_000;
const at = (wish: object = {}) => ({ now, random: 0.5, othersSucceed: false, ...wish });
const busy = (status: number, retryAfterMs?: number) => ({
  type: 'busy' as const,
  failure: { status, message: 'words of the API' },
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});

describe('a failure that passes', () => {
  test('kills nothing while nothing else succeeds, however often', () => {
    expect(followUp(busy(502), { tries: 1_000 }, at())).toMatchObject({ type: 'again', failures: 0 });
  });

  test('counts while other calls succeed, and ends at the eighth', () => {
    const again = followUp(busy(502), { tries: MOST_TRIES - 2 }, at({ othersSucceed: true }));
    const dead = followUp(busy(502), { tries: MOST_TRIES - 1 }, at({ othersSucceed: true }));

    expect(again).toMatchObject({ type: 'again', failures: 1 });
    expect(dead).toMatchObject({
      type: 'settled',
      verdict: { state: 'dead', reason: '502: words of the API' },
    });
  });

  test('that is a 429 never counts, whatever others do', () => {
    expect(followUp(busy(429), { tries: 1_000 }, at({ othersSucceed: true }))).toMatchObject({
      type: 'again',
      failures: 0,
    });
  });

  test('waits no shorter than the API asks', () => {
    expect(followUp(busy(429, 60_000), { tries: 0 }, at({ random: 0 }))).toMatchObject({ due: now + 60_000 });
  });

  test('of a refused token kills nothing alone', () => {
    const refused = { type: 'refused' as const, failure: { status: 401, message: 'no' } };

    expect(followUp(refused, { tries: 3 }, at())).toMatchObject({ type: 'again', failures: 0 });
  });
});

test('a create in doubt is looked at when it may show, at no cost to its tries', () => {
  const outcome = {
    type: 'in-doubt' as const,
    failure: { status: 0, message: 'm' },
    lookAt: now + 5_000,
    intent: 'keep' as const,
  };

  expect(followUp(outcome, { tries: 7 }, at({ othersSucceed: true }))).toMatchObject({
    type: 'again',
    due: now + 5_000,
    failures: 0,
  });
});

test('a create that was sent again and again while others succeeded ends at the eighth try, too', () => {
  const outcome = {
    type: 'in-doubt' as const,
    failure: { status: 500, message: 'oops' },
    lookAt: now + 2_000,
    tried: true as const,
    intent: 'keep' as const,
  };
  const alone = followUp(outcome, { tries: 1_000 }, at());
  const seventh = followUp(outcome, { tries: MOST_TRIES - 2 }, at({ othersSucceed: true }));
  const eighth = followUp(outcome, { tries: MOST_TRIES - 1 }, at({ othersSucceed: true }));

  expect(alone).toMatchObject({ type: 'again', failures: 0 });
  expect(seventh).toMatchObject({ type: 'again', failures: 1, reason: 'in doubt: 500: oops' });
  expect(eighth).toMatchObject({ type: 'settled', verdict: { state: 'dead' } });
});

test('a create that was sent again waits for the look and as long as any other try', () => {
  const failure = { status: 500, message: 'oops' };
  const dueWith = (lookAt: number) => {
    const outcome = { type: 'in-doubt', failure, lookAt, tried: true, intent: 'keep' } as const;
    const next = followUp(outcome, { tries: 3 }, at());
    return next.type === 'again' ? next.due - now : undefined;
  };

  expect([dueWith(now + 2_000), dueWith(now + 60_000)]).toEqual([4_000, 60_000]);
});

test('what the record itself is to blame for is dead at once, with a remedy', () => {
  const outcome = { type: 'dead' as const, reason: 'phone is odd', remedy: 'correct it' };

  expect(followUp(outcome, { tries: 0 }, at())).toEqual({
    type: 'settled',
    verdict: { state: 'dead', reason: 'phone is odd', remedy: 'correct it' },
  });
});

test('what was never sent goes again at once', () => {
  expect(followUp({ type: 'stopped' }, { tries: 0 }, at())).toEqual({
    type: 'again',
    due: now,
    reason: expect.stringContaining('stopped') as string,
    failures: 0,
  });
});

test.for(['missing', 'parent-missing'] as const)('a target that is %s is for a person to decide', (type) => {
  const failure = { status: 404, message: 'not found' };

  expect(followUp({ type, failure }, { tries: 0 }, at())).toMatchObject({
    type: 'settled',
    verdict: {
      state: 'dead',
      reason: '404: not found',
      remedy: expect.stringContaining('deleted') as string,
    },
  });
});

describe('the words of a try that failed', () => {
  test("are the API's, with the status where there was an answer", () => {
    const reasonOf = (status: number) => {
      const next = followUp(busy(status), { tries: 0 }, at());
      return next.type === 'again' ? next.reason : undefined;
    };

    expect(reasonOf(502)).toBe('502: words of the API');
    expect(reasonOf(0)).toBe('words of the API');
  });

  test('tell that nobody knows what became of a create', () => {
    const failure = { status: 504, message: 'too slow' };
    const outcome = { type: 'in-doubt', failure, lookAt: now, intent: 'keep' } as const;

    expect(followUp(outcome, { tries: 0 }, at())).toMatchObject({ reason: 'in doubt: 504: too slow' });
  });

  test('tell how often it was tried, where it is tried no more', () => {
    const last = followUp(busy(502), { tries: MOST_TRIES - 1 }, at({ othersSucceed: true }));

    expect(last).toMatchObject({ verdict: { remedy: expect.stringContaining('8 times') as string } });
  });
});

test('each try waits up to twice as long as the one before, refused ones too', () => {
  const waits = [0, 1, 2, 3].map((tries) => {
    const next = followUp({ type: 'refused', failure: { status: 401, message: 'no' } }, { tries }, at());
    return next.type === 'again' ? next.due - now : undefined;
  });

  expect(waits).toEqual([500, 1_000, 2_000, 4_000]);
});

test('the wait before another try grows, is jittered in full and has an end', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (attempt, random) => {
        const delay = retryDelayMs(attempt, random);

        expect(delay).toBeGreaterThanOrEqual(0);
        expect(delay).toBeLessThan(300_000);
        expect(retryDelayMs(attempt, 0)).toBe(0);
        expect(retryDelayMs(attempt + 1, random)).toBeGreaterThanOrEqual(delay);
      },
    ),
  );
});
