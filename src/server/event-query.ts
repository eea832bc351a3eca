import { OPEN_STATES, type EventFilter } from '../engine/inspect/inspect-list.ts';
import { parseDuration } from '../model/duration.ts';
import { EVENT_STATES } from '../model/event.ts';
import { readSourceTime } from '../model/source-time.ts';

interface EventQuery {
  readonly filter: EventFilter;
  readonly limit: number;
}

interface Wrong {
  readonly message: string;
  readonly remedy: string;
}

const LIMIT = 100;
const MOST = 1_000;

/** The options of `events list` as query parameters: state, sync, key, reason, since, limit. `now` in ms. */
export function readEventQuery(query: Readonly<Record<string, unknown>>, now: number): EventQuery | Wrong {
  const { state, since, limit } = query;
  const words: readonly string[] = typeof state === 'string' ? state.split(',') : OPEN_STATES;
  const states = words.includes('all') ? EVENT_STATES : EVENT_STATES.filter((one) => words.includes(one));
  if (states.length < words.length)
    return wrong('state', state, `of ${EVENT_STATES.join(', ')}, separated by commas; or all`);
  const from = since === undefined ? undefined : timeOf(since, now);
  if (since !== undefined && from === undefined)
    return wrong('since', since, 'such as 30m, 2h, 7d or 2026-05-01T10:00:00Z');
  const most = limit === undefined ? LIMIT : Number(limit);
  if (!Number.isSafeInteger(most) || most < 1 || most > MOST)
    return wrong('limit', limit, `a whole number from 1 to ${MOST}`);
  const filter = {
    states,
    ...textOf('sync', query),
    ...textOf('key', query),
    ...textOf('reason', query),
    ...(from === undefined ? {} : { since: from }),
  };
  return { filter, limit: most };
}

function textOf(name: 'sync' | 'key' | 'reason', query: Readonly<Record<string, unknown>>): EventFilter {
  const value = query[name];
  return typeof value === 'string' ? { [name]: value } : {};
}

function wrong(name: string, value: unknown, remedy: string): Wrong {
  return { message: `${name} can't be ${JSON.stringify(value).slice(0, 100)}`, remedy };
}

function timeOf(text: unknown, now: number): number | undefined {
  const agoMs = typeof text === 'string' ? parseDuration(text) : undefined;
  return agoMs === undefined ? readSourceTime(text)?.ms : now - Math.abs(agoMs);
}
