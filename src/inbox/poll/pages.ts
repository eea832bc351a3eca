import type { HttpClient } from '../../connection/http-client.ts';
import { isSuccess, retryAfterMs, type Answer, type Answered } from '../../model/answer.ts';
import { sleep, type Clock } from '../../model/clock.ts';
import type { Bindings } from '../../model/expression.ts';
import { digestOf } from '../../model/digest.ts';
import { nextLink } from './next-link.ts';
import { saysMore } from './says-more.ts';
import { isObject } from '../../model/json.ts';
import type { Next, Poll } from '../../model/poll.ts';
import { failure } from '../../model/problem.ts';
import { fillRequest } from '../../model/fill-request.ts';
import type { SourceRecord } from '../../model/record.ts';
import type { ReadyRequest } from '../../model/request.ts';

export interface Page {
  /** Whoever reads them may take them out: nothing else holds them then. */
  readonly records: SourceRecord[];
  /** When its request was sent, in ms. */
  readonly asOf: number;
  /** The server's own clock, from its `Date` header, in ms. */
  readonly serverMs?: number;
  /** As many records as the request asked for, or the answer says that there is more. */
  readonly full: boolean;
}

export interface PageContext {
  readonly client: HttpClient;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
  readonly source: string;
}

const PRIORITY = 1;
/** Tries of one request, for 429, 5xx and the network's faults. */
const TRIES = 5;
/** Whoever asks for more, in ms, is asked again by the next poll: a `run` ends. */
const LONGEST_WAIT_MS = 60_000;

/**
 * All pages of one read. Throws `poll-failed` where one can't be had, `poll-refused` where the credentials are the reason: what
 * was read until then is kept.
 */
export async function* readPages(context: PageContext, poll: Poll, bindings: Bindings): AsyncGenerator<Page> {
  const first = await fillRequest(poll.request, {}, bindings);
  let request: ReadyRequest | undefined = startOf(poll.next, first);
  const seen = new Set<string>();
  let count = 0;
  while (request) {
    const read = await readPage(context, poll, { request, first, count });
    // An API that ignores its paging parameter would be read for ever.
    if (read.digest !== undefined && seen.has(read.digest)) return;
    if (read.digest !== undefined) seen.add(read.digest);
    count += read.page.records.length;
    yield read.page;
    const next: ReadyRequest | undefined = await read.next;
    if (next && digestOf(next) === digestOf(request))
      throw pollFailed(context, 'the next page is the same request again', 'see `next` of its poll');
    request = next;
  }
}

interface Place {
  readonly request: ReadyRequest;
  readonly first: ReadyRequest;
  /** Records of the pages before. */
  readonly count: number;
}

interface PageRead {
  readonly page: Page;
  /** Of its records, where nothing in them says which page it is. */
  readonly digest?: string;
  /** Fails where an expression does: after what the page holds is kept. */
  readonly next: Promise<ReadyRequest | undefined>;
}

/** The whole answer goes with its end: of a large one, only what is not accepted yet is held. */
async function readPage(
  context: PageContext,
  poll: Poll,
  { request, first, count }: Place,
): Promise<PageRead> {
  const answer = await fetchPage(context, request);
  const records = await recordsOf(context, poll, answer);
  const { length } = records;
  const full = isFull(request, length) || (length > 0 && saysMore(answer));
  const next = nextRequest(poll.next, first, request, answer, length, count + length);
  next.catch(() => undefined);
  const isCounted = poll.next.type === 'page' || poll.next.type === 'offset';
  return {
    page: { records, asOf: answer.sentAt, ...serverTime(answer), full },
    ...(isCounted ? { digest: digestOf(records) } : {}),
    next,
  };
}

/** What the first page is asked for with. */
export async function firstRequest(poll: Poll, bindings: Bindings): Promise<ReadyRequest> {
  return startOf(poll.next, await fillRequest(poll.request, {}, bindings));
}

function startOf(next: Next, request: ReadyRequest): ReadyRequest {
  return next.type === 'page' || next.type === 'offset'
    ? withParameter(request, next.param, next.start)
    : request;
}

async function nextRequest(
  next: Next,
  first: ReadyRequest,
  last: ReadyRequest,
  answer: Answered,
  received: number,
  count: number,
): Promise<ReadyRequest | undefined> {
  switch (next.type) {
    case 'none':
      return undefined;
    case 'page':
      return received === 0
        ? undefined
        : withParameter(last, next.param, Number(parameterOf(last, next.param)) + 1);
    case 'offset':
      return received === 0 ? undefined : withParameter(last, next.param, next.start + count);
    case 'cursor': {
      const value = await next.value(answer.body, { status: answer.status, headers: answer.headers });
      return value === undefined || value === null || value === '' || value === false
        ? undefined
        : withParameter(last, next.param, value);
    }
    case 'link': {
      const link = next.value
        ? await next.value(answer.body, { status: answer.status, headers: answer.headers })
        : nextLink(answer.headers['link']);
      if (typeof link !== 'string' || link === '') return undefined;
      // A whole address, or one from the root; it carries its own query.
      return { ...first, path: link, query: {} };
    }
  }
}

/** The paging parameter goes where the request has it already, else where its other parameters are. */
function withParameter(request: ReadyRequest, name: string, value: unknown): ReadyRequest {
  const { body } = request;
  if (body?.type === 'json' && isObject(body.value) && !(name in request.query)) {
    return { ...request, body: { type: 'json', value: { ...body.value, [name]: value } } };
  }
  if ((body?.type === 'form' || body?.type === 'multipart') && !(name in request.query)) {
    return { ...request, body: { ...body, fields: { ...body.fields, [name]: value } } };
  }
  return { ...request, query: { ...request.query, [name]: value } };
}

function parameterOf(request: ReadyRequest, name: string): unknown {
  return parametersOf(request)[name];
}

function parametersOf({ query, body }: ReadyRequest): Readonly<Record<string, unknown>> {
  const inBody = body?.type === 'json' ? body.value : body?.fields;
  return { ...(isObject(inBody) ? inBody : {}), ...query };
}

/** Names that APIs give to the number of records that a page may hold. */
const PAGE_SIZE = /limit|size|per_?page|count|max|top|take|rows|length/i;

function isFull(request: ReadyRequest, received: number): boolean {
  if (received === 0) return false;
  return Object.entries(parametersOf(request)).some(
    ([name, value]) => PAGE_SIZE.test(name) && Number(value) === received,
  );
}

async function fetchPage(context: PageContext, request: ReadyRequest): Promise<Answered> {
  for (let attempt = 1; ; attempt++) {
    const answer = await context.client.send(request, PRIORITY);
    if (isSuccess(answer)) return answer;
    const wait = waitAfter(context, answer, attempt);
    if (wait === undefined || wait > LONGEST_WAIT_MS || attempt === TRIES || context.signal.aborted) {
      const status = answer.type === 'answered' ? `answered ${answer.status}: ` : '';
      throw pollFailed(
        context,
        `${request.method} ${request.path.split('?')[0]} ${status}${answer.message}`,
        remedyOf(answer),
        isRefused(answer) ? 'poll-refused' : 'poll-failed',
      );
    }
    await sleep(context.clock, wait, context.signal);
  }
}

/** How long to wait before the same request again, in ms; nothing where it would fail again. */
function waitAfter(context: PageContext, answer: Answer, attempt: number): number | undefined {
  const passing =
    answer.type === 'unanswered'
      ? answer.reason !== 'stopped' && answer.reason !== 'unauthorized'
      : answer.status === 429 || answer.status >= 500;
  if (!passing) return undefined;
  return retryAfterMs(answer, context.clock.now()) ?? context.random() * Math.min(30_000, 500 * 2 ** attempt);
}

/** It is the credentials. */
function isRefused(answer: Answer): boolean {
  if (answer.type === 'unanswered') return answer.reason === 'unauthorized';
  return answer.status === 401 || answer.status === 403;
}

function remedyOf(answer: Answer): string {
  if (answer.type === 'unanswered' && answer.remedy !== undefined) return answer.remedy;
  if (answer.type === 'unanswered')
    return answer.reason === 'unreadable'
      ? "see whether baseUrl is the API's own address"
      : 'see whether the API is up and baseUrl is right; the next poll tries again';
  if (isRefused(answer)) return "see the connection's credentials";
  if (answer.status === 429 || answer.status >= 500) return 'the next poll tries again';
  return 'see the request of its poll';
}

/** The records of a page. Throws `poll-failed` where one is no object, `ExpressionError` where `records` fails. */
export async function recordsOf(
  context: Pick<PageContext, 'source'>,
  poll: Poll,
  answer: Answered,
): Promise<SourceRecord[]> {
  const value = await poll.records(answer.body, { status: answer.status, headers: answer.headers });
  const list =
    value === undefined || value === null ? [] : Array.isArray(value) ? (value as unknown[]) : [value];
  // An empty map is an empty read: PHP writes its empty lists and maps alike.
  const records = list.filter((item) => !(Array.isArray(item) && item.length === 0));
  const odd = records.find((record) => !isObject(record));
  if (odd === undefined) return records as SourceRecord[];
  throw pollFailed(
    context,
    // Not its value: a log is no place for what a record holds.
    `\`records\` yields ${kindOf(odd)}, which is no object`,
    'see `records` of its poll',
  );
}

function serverTime(answer: Answered): { serverMs?: number } {
  const at = Date.parse(answer.headers['date'] ?? '');
  return Number.isNaN(at) ? {} : { serverMs: at };
}

export function pollFailed(
  context: Pick<PageContext, 'source'>,
  message: string,
  remedy: string,
  code: 'poll-failed' | 'poll-refused' = 'poll-failed',
): Error {
  return failure(code, `sources.${context.source}: ${message}`, remedy);
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
