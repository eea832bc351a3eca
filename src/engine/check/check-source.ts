import type { HttpClient } from '../../connection/http-client.ts';
import { firstRequest, recordsOf } from '../../inbox/poll/pages.ts';
import { windowsOf } from '../../inbox/poll/poll.ts';
import { scopeOf } from '../../map/scope.ts';
import { isSuccess, type Answered } from '../../model/answer.ts';
import type { Clock } from '../../model/clock.ts';
import type { Connection } from '../../model/connection.ts';
import { eventBindings } from '../../model/event.ts';
import { ExpressionError, type Bindings } from '../../model/expression.ts';
import { isObject } from '../../model/json.ts';
import type { Poll } from '../../model/poll.ts';
import { BoothsyncError } from '../../model/problem.ts';
import { asKey, type SourceRecord } from '../../model/record.ts';
import type { Source } from '../../model/source.ts';
import { ask } from './ask.ts';
import { explainAnswer } from './explain-answer.ts';
import { note, ok, wrong, type Finding } from './finding.ts';

export interface SourceAsker {
  readonly connection: Connection;
  readonly client: HttpClient;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

const PRIORITY = 0;

/** Asks for one page of a source's poll, and sees whether its records and their keys can be read. */
export async function checkSource(
  asker: SourceAsker,
  source: Source & { readonly poll: Poll },
): Promise<Finding> {
  const about = `source ${source.name}`;
  const { client, clock, signal, connection } = asker;
  try {
    const request = await firstRequest(source.poll, bindingsNow(source.poll, clock.now()));
    const answer = await ask(clock, signal, () => client.send(request, PRIORITY));
    if (!isSuccess(answer)) {
      const { message, remedy } = explainAnswer(connection, answer);
      return wrong(about, `${request.method} ${request.path.split('?')[0]}: ${message}`, remedy);
    }
    const records = await recordsOf({ source: source.name }, source.poll, answer);
    if (records.length === 0) return emptyPage(source, answer);
    return await keysOf(source, records);
  } catch (error) {
    if (error instanceof ExpressionError)
      return wrong(about, error.message, `correct the expressions of sources.${source.name}`);
    if (error instanceof BoothsyncError) return wrong(about, error.problem.message, error.problem.remedy);
    throw error;
  }
}

/** The dates around today: there most sources have something. */
function bindingsNow({ window }: Poll, now: number): Bindings {
  if (!window) return {};
  const spans = windowsOf(window, now);
  const today = new Date(now).toISOString();
  return spans.find(({ from, to }) => String(from) <= today && today < String(to)) ?? spans[0] ?? {};
}

/** Nothing to read, or nothing that `records` finds: the answer itself tells, where it holds things somewhere. */
function emptyPage({ name }: Source, { body }: Answered): Finding {
  const about = `source ${name}`;
  const places = listsIn(body);
  if (places.length > 0) {
    const message = `the answer holds things under ${places.join(', ')}, and \`records\` finds none`;
    return wrong(about, message, `correct \`records\` of sources.${name}.poll`);
  }
  const names = isObject(body) ? Object.keys(body).slice(0, 12).join(', ') : '';
  return note(
    about,
    `answers, and there is no record at this moment${names === '' ? '' : ` (the answer has ${names})`}`,
  );
}

const MAX_DEPTH = 3;

/** Where an answer holds a list of objects, or a map of them as BoothBook's do. */
function listsIn(body: unknown, path: readonly string[] = []): readonly string[] {
  const place = path.length === 0 ? 'its root' : path.join('.');
  if (Array.isArray(body)) return body.some(isObject) ? [place] : [];
  if (!isObject(body) || path.length >= MAX_DEPTH) return [];
  const members = Object.values(body);
  const isMap = members.length > 0 && members.every(isObject) && members.some(isRecord);
  if (isMap) return [place];
  return Object.entries(body).flatMap(([name, value]) => listsIn(value, [...path, name]));
}

/** It holds something itself; what holds only objects is no more than their wrapping. */
function isRecord(value: unknown): boolean {
  return isObject(value) && Object.values(value).some((member) => typeof member !== 'object');
}

async function keysOf(source: Source, records: readonly SourceRecord[]): Promise<Finding> {
  const about = `source ${source.name}`;
  const keys = await Promise.all(records.map((record) => keyOf(source, record)));
  const without = keys.filter((key) => key === undefined).length;
  const fields = Object.keys(records[0]!).slice(0, 12).join(', ');
  const remedy = `correct \`key\` of sources.${source.name}: a record has ${fields}`;
  const page = `a page of ${records.length} ${records.length === 1 ? 'record' : 'records'}`;
  if (without === records.length)
    return wrong(about, `${page}, and \`key\` yields nothing for any of them`, remedy);
  if (without > 0) return wrong(about, `${page}, and ${without} of them have no key: dead letters`, remedy);
  if (new Set(keys).size === 1 && records.length > 2)
    return wrong(about, `${page}, and all have one key: each would replace the one before`, remedy);
  return ok(about, `answers with ${page}, each with its key`);
}

async function keyOf(source: Source, record: SourceRecord): Promise<string | undefined> {
  const { record: seen, bindings } = await scopeOf(source, record, eventBindings(null));
  return asKey(await source.key(seen, bindings));
}
