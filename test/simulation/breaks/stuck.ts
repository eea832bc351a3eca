import type { StoredRecord } from '../../../src/model/record.ts';
import type { Source } from '../../../src/model/source.ts';
import { SOURCE_URL } from '../configs.ts';
import type { Parts } from '../parts.ts';
import { DIFFERS, answers, connections, sources, table, tables, withBody, type Break } from './break.ts';
import {
  answerBeforeStored,
  childrenThatStay,
  linksWithLastStep,
  withoutSavepoints,
} from './broken-store.ts';

/** What goes wrong or gets stuck: cases 15 to 25. */
export const STUCK: readonly Break[] = [
  {
    rule: 15,
    name: 'a full read leaves out what ended dead',
    parts: () => table('events', () => ({ deadKeys: () => Promise.resolve(new Set<string>()) })),
    seed: 745,
    shows: /dead: contacts .*422/,
  },
  {
    rule: 16,
    name: 'a retry applies the record as it was',
    parts: retryAsRecorded,
    seed: 833,
    shows: DIFFERS,
  },
  {
    rule: 18,
    name: 'what was deleted by hand is taken for updated',
    parts: () =>
      answers((request, answer) =>
        request.method === 'PUT' && [400, 404].includes(answer.status) ? withStatus(answer) : answer,
      ),
    seed: 58,
    shows: DIFFERS,
  },
  {
    rule: 18,
    name: 'the children of a contact that was created anew stay unchanged',
    parts: () => ({ store: (store) => tables(store, childrenThatStay) }),
    seed: 75,
    shows: /has no (task|note)|is of contact/,
  },
  {
    rule: 19,
    name: 'a record that is gone is forgotten',
    parts: () =>
      table('records', ({ getMany }) => ({
        getMany: async (...asked) => {
          const found = await getMany(...asked);
          return new Map([...found].filter(([, one]) => !one.gone));
        },
      })),
    seed: 117,
    shows: DIFFERS,
  },
  {
    rule: 19,
    name: 'a record that comes back keeps the tag of one that went',
    parts: () => ({
      ...table('links', ({ put }) => ({
        put: (link) => put({ ...link, applied: { ...link.applied, departed: [] } }),
      })),
      ...answers(withoutFarewell),
    }),
    seed: 75,
    shows: /still has the tag gone/,
  },
  {
    rule: 20,
    name: 'what came while a full read was under way is taken for gone',
    parts: () =>
      table('records', ({ liveKeys, getMany }) => ({
        liveKeys: (tenant, source, _, after, limit) => liveKeys(tenant, source, Infinity, after, limit),
        // Nor does what it was asked before count.
        getMany: async (...asked) => {
          const found = await getMany(...asked);
          return new Map([...found].map(([key, one]) => [key, { ...one, asOf: 0 }]));
        },
      })),
    seed: 315,
    shows: /is taken for gone/,
  },
  {
    rule: 20,
    name: 'what slipped past the pages of a full read is taken for gone',
    parts: () => ({ ...sources(readByCursor), ...answers(withOffset) }),
    seed: 415,
    shows: /is taken for gone/,
  },
  {
    rule: 21,
    name: 'a restart forgets the window',
    parts: () => table('lanes', () => ({ get: () => Promise.resolve(undefined) })),
    seed: 29,
    shows: /429 that nobody ordered/,
  },
  {
    rule: 21,
    name: 'more calls go out than the limit allows',
    parts: () =>
      connections((one) =>
        one.rateLimit
          ? { ...one, rateLimit: { ...one.rateLimit, requests: one.rateLimit.requests * 2 } }
          : one,
      ),
    seed: 1,
    shows: /429 that nobody ordered/,
  },
  {
    rule: 22,
    name: 'an answered step is kept only with the last one',
    parts: () => ({ store: (store) => tables(store, linksWithLastStep) }),
    seed: 28,
    shows:
      /changed nothing|has \d (contacts|tasks|notes|appointments)|still has the tag|has no (contact|task|note|appointment)|holds "/,
  },
  {
    rule: 23,
    name: 'a parent that settles wakes nobody',
    parts: () => table('events', () => ({ wakeWaiting: () => Promise.resolve() })),
    seed: 1,
    shows: /events in limbo|has no (task|note|appointment)/,
  },
  {
    rule: 24,
    name: 'an edited mapping is only for what comes',
    parts: () =>
      table('lookups', ({ get }, config) => ({
        get: (account, name) =>
          account.startsWith('config/')
            ? Promise.resolve({ value: config.syncs.get(name)!.digest, at: 0 })
            : get(account, name),
      })),
    seed: 5,
    shows: DIFFERS,
  },
  {
    rule: 25,
    name: 'a webhook is answered before it is stored',
    parts: () => ({ store: answerBeforeStored }),
    seed: 69,
    shows: DIFFERS,
  },
  {
    rule: 25,
    name: 'one bad write fails all that share its transaction',
    parts: () => ({ store: withoutSavepoints }),
    seed: 17,
    shows: /a bad row/,
  },
];

function withStatus(answer: Response): Response {
  return withBody(new Response(null, { status: 200, headers: answer.headers }), {});
}

/** Nor does an answer show that tag. */
async function withoutFarewell(_: Request, answer: Response): Promise<Response> {
  const text = await answer.clone().text();
  if (answer.status !== 200 || !text.startsWith('{') || !text.includes('"gone"')) return answer;
  return withBody(answer, JSON.parse(text.replaceAll(/,"gone"|"gone",|"gone"/g, '')) as object);
}

/** The first state that was accepted of each record is what its retry applies. */
function retryAsRecorded(): Parts {
  const first = new Map<string, StoredRecord>();
  const retried = new Set<string>();
  return {
    store: (store) =>
      tables(store, (all) => ({
        ...all,
        events: {
          ...all.events,
          retry: (event, ...rest) => {
            retried.add(`${event.source} ${event.key}`);
            return all.events.retry(event, ...rest);
          },
        },
        records: {
          ...all.records,
          put: (tenant, source, records) => {
            for (const one of records) {
              const name = `${source} ${one.key}`;
              if (!first.has(name)) first.set(name, one);
              retried.delete(name);
            }
            return all.records.put(tenant, source, records);
          },
          get: async (tenant, source, key) => {
            const found = await all.records.get(tenant, source, key);
            const name = `${source} ${key}`;
            return found && retried.has(name) ? { ...found, body: first.get(name)!.body } : found;
          },
        },
      })),
  };
}

/** Pages that are asked for one by one, as if none could shift. */
function readByCursor(source: Source): Source {
  if (source.poll?.next.type !== 'offset') return source;
  const value = (body: unknown) => Promise.resolve((body as { next?: number }).next);
  return { ...source, poll: { ...source.poll, next: { type: 'cursor', param: 'offset', value } } };
}

async function withOffset({ url }: Request, answer: Response): Promise<Response> {
  if (!url.startsWith(SOURCE_URL) || !answer.ok) return answer;
  const { data } = (await answer.clone().json()) as { data: readonly unknown[] };
  const from = Number(new URL(url).searchParams.get('offset') ?? 0);
  return Array.isArray(data) && data.length > 0
    ? withBody(answer, { data, next: from + data.length })
    : answer;
}
