import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createHttpClient } from '../../../src/connection/http-client.ts';
import { createLimiter } from '../../../src/connection/limiter.ts';
import { readPages, type Page } from '../../../src/inbox/poll/pages.ts';
import type { Connection } from '../../../src/model/connection.ts';
import type { Expression } from '../../../src/model/expression.ts';
import { isObject } from '../../../src/model/json.ts';
import type { Next, Poll } from '../../../src/model/poll.ts';
import { BoothsyncError } from '../../../src/model/problem.ts';
import type { RequestTemplate } from '../../../src/model/request.ts';
import { watchedClock } from '../../support/clocks.ts';
import { startSource, type ScriptedSource } from '../../support/scripted-source.ts';

let source: ScriptedSource;
beforeEach(async () => void (source = await startSource()));
afterEach(() => source.close());

const field =
  (name: string): Expression =>
  (input) =>
    Promise.resolve(isObject(input) ? input[name] : undefined);
const constant =
  (value: unknown): Expression =>
  () =>
    Promise.resolve(value);
const get: RequestTemplate = {
  method: 'GET',
  route: '/rows',
  path: constant('/rows'),
  query: { limit: constant(2) },
  headers: {},
};

async function read(next: Next, request: RequestTemplate = get): Promise<Page[]> {
  const connection: Connection = {
    name: 'booth',
    type: 'http',
    baseUrl: source.url,
    auth: { type: 'none' },
    timeoutMs: 2_000,
  };
  const clock = watchedClock();
  const limiter = createLimiter(undefined, clock);
  const client = createHttpClient({
    connection,
    limiter,
    clock,
    stamp: clock.now,
    redact: (text) => text,
    onCall: () => undefined,
  });
  const context = {
    client,
    clock,
    random: () => 0,
    signal: new AbortController().signal,
    source: 'bookings',
  };
  const poll: Poll = { overlapMs: 0, request, records: field('data'), next };
  const pages: Page[] = [];
  for await (const page of readPages(context, poll, {})) pages.push(page);
  return pages;
}

const ids = (pages: readonly Page[]) => pages.flatMap(({ records }) => records.map(({ id }) => id));
const rows = [1, 2, 3, 4, 5].map((id) => ({ id }));
const slice = (start: number) => rows.slice(start, start + 2);

describe('the next page', () => {
  test('none: one request', async () => {
    source.rows(rows);

    expect(ids(await read({ type: 'none' }))).toEqual([1, 2, 3, 4, 5]);
    expect(source.calls).toHaveLength(1);
  });

  test('page: by number, from its start to an empty page', async () => {
    source.script(({ query }) => ({ body: { data: slice((Number(query['p']) - 1) * 2) } }));

    expect(ids(await read({ type: 'page', param: 'p', start: 1 }))).toEqual([1, 2, 3, 4, 5]);
    expect(source.calls.map(({ query }) => query['p'])).toEqual(['1', '2', '3', '4']);
  });

  test('page: an API that ignores the parameter is read once', async () => {
    source.rows(rows);

    expect(ids(await read({ type: 'page', param: 'page', start: 0 }))).toEqual([1, 2, 3, 4, 5]);
    expect(source.calls).toHaveLength(2);
  });

  test('page: an API that repeats its last page for ever comes to an end', async () => {
    source.script(({ query }) => ({ body: { data: slice(Math.min(4, (Number(query['page']) - 1) * 2)) } }));

    expect(ids(await read({ type: 'page', param: 'page', start: 1 }))).toEqual([1, 2, 3, 4, 5]);
  });

  test('offset: by the number of records so far, also where pages are short', async () => {
    source.script(({ query }) => ({
      body: {
        data: rows.slice(
          Number(query['offset']),
          Number(query['offset']) + (query['offset'] === '2' ? 1 : 2),
        ),
      },
    }));

    expect(ids(await read({ type: 'offset', param: 'offset', start: 0 }))).toEqual([1, 2, 3, 4, 5]);
    expect(source.calls.map(({ query }) => query['offset'])).toEqual(['0', '2', '3', '5']);
  });

  test('cursor: as the answer says, to its end, however it says that', async () => {
    for (const end of [null, '', false, undefined]) {
      source.script(({ query }) => {
        const start = Number(query['after'] ?? 0);
        return { body: { data: slice(start), next: start + 2 < rows.length ? start + 2 : end } };
      });

      expect(ids(await read({ type: 'cursor', param: 'after', value: field('next') }))).toEqual([
        1, 2, 3, 4, 5,
      ]);
    }
  });

  test('cursor: the same again and again is a failed poll, not a loop', async () => {
    source.script(() => ({ body: { data: slice(0), next: 'same' } }));

    await expect(read({ type: 'cursor', param: 'after', value: field('next') })).rejects.toThrow(
      BoothsyncError,
    );
    expect(source.calls.length).toBeLessThan(4);
  });

  test('cursor: an empty page in the middle is not the end', async () => {
    source.script(({ query }) => {
      const at = Number(query['after'] ?? 0);
      return { body: { data: at === 1 ? [] : [{ id: at }], next: at < 2 ? at + 1 : null } };
    });

    expect(ids(await read({ type: 'cursor', param: 'after', value: field('next') }))).toEqual([0, 2]);
  });

  test('link: the Link header, among others', async () => {
    source.script(({ query }) => {
      const start = Number(query['start'] ?? 0);
      const next = `<${source.url}/rows?start=${start + 2}&limit=2>; rel="next"`;
      const link = `<${source.url}/rows>; rel="first"${start + 2 < rows.length ? `, ${next}` : ''}`;
      return { body: { data: slice(start) }, headers: { link } };
    });

    expect(ids(await read({ type: 'link' }))).toEqual([1, 2, 3, 4, 5]);
  });

  test('link: an address in the body, whole or from the root', async () => {
    source.script(({ path, query }) => {
      const start = Number(query['start'] ?? 0);
      const base = start === 0 ? source.url : '';
      return {
        body: {
          data: slice(start),
          next: start + 2 < rows.length ? `${base}${path}?start=${start + 2}` : null,
        },
      };
    });

    expect(ids(await read({ type: 'link', value: field('next') }))).toEqual([1, 2, 3, 4, 5]);
  });

  test('link: to another host is refused: credentials go to the base URL only', async () => {
    source.script(() => ({ body: { data: slice(0), next: 'http://elsewhere.test/rows' } }));

    await expect(read({ type: 'link', value: field('next') })).rejects.toThrow(/elsewhere/);
  });

  test('goes where the request has its parameters: a form, a JSON body', async () => {
    const bodies: RequestTemplate['body'][] = [
      { type: 'form', fields: { limit: constant(2), page: constant(1) } },
      { type: 'json', value: constant({ limit: 2, page: 1 }) },
    ];
    source.script(({ body }) => {
      const page = body.startsWith('{')
        ? (JSON.parse(body) as { page: number }).page
        : Number(new URLSearchParams(body).get('page'));
      return { body: { data: slice((page - 1) * 2) } };
    });

    for (const body of bodies) {
      const request: RequestTemplate = {
        method: 'POST',
        route: '/rows',
        path: constant('/rows'),
        query: {},
        headers: {},
        body: body!,
      };
      expect(ids(await read({ type: 'page', param: 'page', start: 1 }, request))).toEqual([1, 2, 3, 4, 5]);
    }
  });
});

describe("a page that can't be had", () => {
  test('is asked for again after a 429 and a 5xx', async () => {
    const answers = [
      { status: 429, headers: { 'retry-after': '0' }, body: {} },
      { status: 503, body: {} },
      { body: { data: rows } },
    ];
    source.script(() => answers.shift()!);

    expect(ids(await read({ type: 'none' }))).toHaveLength(5);
    expect(source.calls).toHaveLength(3);
  });

  test('fails the poll at last, with the status and the words of the API', async () => {
    source.script(() => ({ status: 500, body: { message: 'out of order' } }));

    await expect(read({ type: 'none' })).rejects.toThrow(/500.*out of order/);
    expect(source.calls).toHaveLength(5);
  });

  test.for([400, 401, 404])('is not asked for again after a %i', async (status) => {
    source.script(() => ({ status, body: {} }));

    await expect(read({ type: 'none' })).rejects.toThrow(BoothsyncError);
    expect(source.calls).toHaveLength(1);
  });

  test('is a page of HTML with status 200, too', async () => {
    source.script(() => ({ headers: { 'content-type': 'text/html' }, body: '<html>log in</html>' }));

    await expect(read({ type: 'none' })).rejects.toThrow(/not JSON/);
  });
});

describe('what a page holds', () => {
  test.for([
    ['nothing', undefined, 0],
    ['null', null, 0],
    ['an empty list', [], 0],
    ['one object, as no list', { id: 1 }, 1],
  ] as const)('%s', async ([, data, count]) => {
    source.script(() => ({ body: { data } }));

    expect(ids(await read({ type: 'none' }))).toHaveLength(count);
  });

  test.for(['text', 7, true, [{ id: 1 }, 'odd']])(
    'a record that is no object fails the poll: %j',
    async (data) => {
      source.script(() => ({ body: { data } }));

      await expect(read({ type: 'none' })).rejects.toThrow(/no object/);
    },
  );

  test("as many records as were asked for is a full page; its time is the server's", async () => {
    source.script(() => ({ body: { data: slice(0) }, headers: { date: 'Fri, 01 May 2026 12:00:00 GMT' } }));

    const [page] = await read({ type: 'none' });

    expect(page).toMatchObject({ full: true, serverMs: Date.parse('2026-05-01T12:00:00Z') });
  });
});
