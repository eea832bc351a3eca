import { DIFFERS, answers, syncs, table, tables, withBody, type Break } from './break.ts';

const AGAIN = '#again';

/** Without the mark of a second turn, however deep. */
function unmarked(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll(AGAIN, '');
  if (Array.isArray(value)) return value.map(unmarked);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, unmarked(inner)]));
}

/** What makes twins, loses or destroys: cases 1 to 7. */
export const TWINS: readonly Break[] = [
  {
    rule: 1,
    name: 'two records of one person have a target each',
    parts: () =>
      syncs((sync) =>
        sync.name === 'contacts'
          ? { ...sync, key: (record) => Promise.resolve((record as { id: number }).id) }
          : sync,
      ),
    seed: 1,
    shows: /has \d contacts|two writers|dead: contacts/,
  },
  {
    rule: 1,
    name: 'a target that is busy is taken up all the same',
    parts: () => ({
      store: (store) => {
        const marked = tables(store, (all) => {
          const plain = Object.entries(all).map(([name, one]) => [
            name,
            Object.fromEntries(
              Object.entries(one as Record<string, (...args: unknown[]) => unknown>).map(([method, ask]) => [
                method,
                (...args: unknown[]) => ask(...args.map(unmarked)),
              ]),
            ),
          ]);
          return Object.fromEntries(plain) as typeof all;
        });
        const due: typeof store.read.events.due = async (lane, now, limit, busy, bulk) => {
          const found = await store.read.events.due(lane, now, limit, [], bulk);
          return found
            .map((key) => (busy.includes(key) ? `${key}${AGAIN}` : key))
            .filter((key) => !busy.includes(key));
        };
        return { ...marked, read: { ...marked.read, events: { ...marked.read.events, due } } };
      },
    }),
    seed: 301,
    shows: /two writers|has \d (contacts|tasks|notes|appointments)/,
  },
  {
    rule: 2,
    name: 'an older webhook counts as newer than what was accepted',
    parts: () =>
      table('records', ({ getMany }) => ({
        getMany: async (...asked) => {
          const found = await getMany(...asked);
          return new Map([...found].map(([key, one]) => [key, { ...one, updatedMs: null, asOf: 0 }]));
        },
      })),
    seed: 76,
    shows: DIFFERS,
  },
  {
    rule: 3,
    name: 'who has the phone of another person is taken for that person',
    parts: () => ({
      ...answers(matchedByEmail),
      ...table('links', () => ({ holder: () => Promise.resolve(undefined) })),
    }),
    seed: 578,
    shows: /has become that of|holds the name of booking/,
  },
  {
    rule: 4,
    name: 'it looks for a create in doubt at once',
    parts: () => ({
      store: (store) =>
        tables(store, (all) => ({
          ...all,
          intents: { ...all.intents, put: (intent) => all.intents.put({ ...intent, lookAt: intent.sentAt }) },
          events: {
            ...all.events,
            postpone: (ids, due, reason, failures) =>
              all.events.postpone(ids, reason.startsWith('in doubt') ? 0 : due, reason, failures),
          },
        })),
    }),
    seed: 505,
    shows: /has \d (contacts|tasks|notes|appointments)/,
  },
  {
    rule: 4,
    name: 'it forgets what it was about to create',
    parts: () => table('intents', () => ({ get: () => Promise.resolve(undefined) })),
    seed: 1,
    shows: /has \d (contacts|tasks|notes|appointments)|ran twice/,
  },
  {
    rule: 4,
    name: 'it looks where new contacts do not show yet',
    parts: () =>
      answers((request, answer) =>
        request.url.includes('/contacts/search/duplicate') && answer.ok
          ? withBody(answer, { contact: null })
          : answer,
      ),
    seed: 67,
    shows: /has \d contacts/,
  },
  {
    rule: 5,
    name: 'an action forgets its runs',
    parts: () =>
      table('links', ({ put }) => ({
        put: (link) =>
          put({ ...link, applied: { ...link.applied, fields: without(link.applied.fields, 'runs') } }),
      })),
    seed: 7,
    shows: /ran twice/,
  },
  {
    rule: 5,
    name: 'a newer action swallows an older one',
    parts: () =>
      table('events', ({ add, settle, list }) => ({
        add: async (events, now) => {
          const actions = events.filter(({ action }) => action);
          for (const { tenant, sync, key } of actions) {
            const waiting = await list({ tenant, sync, key, states: ['pending', 'waiting'], limit: 10 });
            const verdict = { state: 'superseded', reason: 'a newer state of the record arrived' } as const;
            await settle(
              waiting.map(({ id }) => id),
              verdict,
              now,
            );
          }
          await add(events, now);
        },
      })),
    seed: 2,
    shows: /events in limbo/,
  },
  {
    rule: 5,
    name: 'a lost store runs the actions of all that is there once more',
    parts: () => ({
      rebuild: false,
      ...syncs((sync) => (sync.action ? { ...sync, action: { ...sync.action, initial: 'run' } } : sync)),
      ...table('links', () => ({ hasAdopted: () => Promise.resolve(false) })),
    }),
    seed: 20,
    shows: /ran twice/,
  },
  {
    rule: 6,
    name: 'a second runner works on the same store',
    parts: () => ({ secondOpening: { owner: false } }),
    seed: 43,
    shows:
      /two writers|429 that nobody ordered|has \d (contacts|tasks|notes|appointments)|ran twice|changed nothing/,
  },
  {
    rule: 7,
    name: 'what fails three times is dead, be it in an outage',
    parts: () => {
      const tries = new Map<number, number>();
      return table('events', ({ postpone, settle }) => ({
        postpone: async (ids, due, reason, failures) => {
          const outage = /^(503|502|401|no answer|read ECONNRESET)/.test(reason);
          for (const id of outage ? ids : []) tries.set(id, (tries.get(id) ?? 0) + 1);
          const over = ids.filter((id) => tries.get(id) === 3);
          await settle(over, { state: 'dead', reason, remedy: 'retry it' }, due);
          await postpone(
            ids.filter((id) => !over.includes(id)),
            due,
            reason,
            failures,
          );
        },
      }));
    },
    seed: 127,
    shows: /dead: /,
  },
];

function without<T>(fields: Readonly<Record<string, T>>, name: string): Record<string, T> {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name));
}

/** A refusal names the email as what is the same, whatever it is. */
async function matchedByEmail(_: Request, answer: Response): Promise<Response> {
  const text = answer.status === 400 ? await answer.clone().text() : '';
  return text.includes('"matchingField":"phone"')
    ? withBody(
        answer,
        JSON.parse(text.replace('"matchingField":"phone"', '"matchingField":"email"')) as object,
      )
    : answer;
}
