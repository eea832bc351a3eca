import type { StoredRecord } from '../../../src/model/record.ts';
import type { Link } from '../../../src/model/link.ts';
import type { Parts } from '../parts.ts';
import { DIFFERS, answers, connections, table, tables, withBody, type Break } from './break.ts';

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
    seed: 7,
    shows: /429 that nobody ordered/,
  },
  {
    rule: 22,
    name: 'an answered step is kept only with the last one',
    parts: () => ({ store: (store) => tables(store, linksWithLastStep) }),
    seed: 7,
    shows:
      /changed nothing|has \d (contacts|tasks|notes|appointments)|still has the tag|has no (contact|task|note|appointment)/,
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
    parts: answerBeforeStored,
    seed: 69,
    shows: DIFFERS,
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

/** A link is written where its events end in the same transaction, and not before. */
function linksWithLastStep(all: Parameters<Parameters<typeof tables>[1]>[0]): typeof all {
  let held: Link | undefined;
  return {
    ...all,
    links: {
      ...all.links,
      put: (link) => {
        held = link;
        return Promise.resolve();
      },
    },
    events: {
      ...all.events,
      settle: async (...settled) => {
        if (held) await all.links.put(held);
        await all.events.settle(...settled);
      },
    },
  };
}

function answerBeforeStored(): Parts {
  return {
    store: (store) => ({
      ...tables(store, (all) => ({
        ...all,
        deliveries: {
          ...all.deliveries,
          add: (delivery) => {
            setTimeout(
              () => void store.write((later) => later.deliveries.add(delivery)).catch(() => undefined),
              100,
            );
            return Promise.resolve(true);
          },
        },
      })),
    }),
  };
}
