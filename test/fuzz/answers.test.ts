import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCatalog } from '../../src/catalog/load.ts';
import { createGhlClient } from '../../src/connection/ghl-client.ts';
import { createHttpClient } from '../../src/connection/http-client.ts';
import { createLimiter } from '../../src/connection/limiter.ts';
import type { Wire } from '../../src/connection/wire.ts';
import { retryAfterMs, type Answer } from '../../src/model/answer.ts';
import type { Connection } from '../../src/model/connection.ts';
import { watchedClock } from '../support/clocks.ts';
import { hostileAnswer } from './hostile-answers.ts';
import { startRawServer, type RawServer } from './raw-server.ts';
import { seeded } from './seeded.ts';

/** So many calls at once: some of them wait for their timeout. */
const AT_ONCE = 100;
const batches = fc.array(hostileAnswer, { minLength: AT_ONCE, maxLength: AT_ONCE });
const HANG_UP = { bytes: Buffer.alloc(0), end: 'close' } as const;
const clock = watchedClock();

let server: RawServer;
beforeAll(async () => (server = await startRawServer()));
afterAll(() => server.close());

function aWire(wish: Partial<Connection>): Wire {
  return {
    connection: {
      name: 'api',
      type: 'http',
      baseUrl: server.url,
      auth: { type: 'bearer', token: 's3cret' },
      timeoutMs: 150,
      ...wish,
    },
    limiter: createLimiter(undefined, clock),
    clock,
    stamp: clock.now,
    redact: (text) => text,
    onCall: () => undefined,
  };
}

function expectAnswer(answer: Answer): void {
  expect(answer.message.length).toBeLessThanOrEqual(600);
  if (answer.type === 'unanswered') expect(answer.message).not.toBe('');
  else if (answer.ok) expect(Math.floor(answer.status / 100)).toBe(2);
  else expect(answer.message).not.toBe('');
  const wait = retryAfterMs(answer, clock.now());
  if (wait !== undefined) expect(wait).toBeGreaterThanOrEqual(0);
}

test('an answer without end is given up, and tells why', async () => {
  const head = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n';
  const chunk = `100000\r\n${'x'.repeat(1024 * 1024)}\r\n`;
  server.answer(() => ({ bytes: Buffer.from(head + chunk.repeat(70)), end: 'hang' }));
  const client = createHttpClient(aWire({ timeoutMs: 60_000 }));

  const answer = await client.send({ method: 'GET', route: '/', path: '/rows', query: {}, headers: {} }, 0);

  expect(answer).toMatchObject({ type: 'unanswered', message: expect.stringContaining('64 MiB') as string });
});

describe('whatever an API answers, a call yields what it was or why it is none:', () => {
  test('any REST API, 5,000 times', async () => {
    const client = createHttpClient(aWire({}));

    await fc.assert(
      fc.asyncProperty(batches, async (batch) => {
        server.answer((line) => batch[Number(/ \/rows\/(\d+)/.exec(line)?.[1])] ?? HANG_UP);

        const answers = await Promise.all(
          batch.map((_, at) =>
            client.send({ method: 'GET', route: '/', path: `/rows/${at}`, query: {}, headers: {} }, 0),
          ),
        );

        answers.forEach(expectAnswer);
      }),
      seeded(50),
    );
  });

  test('HighLevel, 5,000 times', async () => {
    const client = createGhlClient(aWire({ type: 'ghl', location: 'loc1' }));
    const operation = createCatalog().operation('get-contact')!;

    await fc.assert(
      fc.asyncProperty(batches, async (batch) => {
        server.answer((line) => batch[Number(/ \/contacts\/(\d+)/.exec(line)?.[1])] ?? HANG_UP);

        const answers = await Promise.all(
          batch.map((_, at) => client.send(operation, { path: { contactId: String(at) } }, { priority: 0 })),
        );

        answers.forEach(expectAnswer);
      }),
      seeded(50),
    );
  });
});
