import { digestOf } from '../../../src/model/digest.ts';
import type { Source } from '../../../src/model/source.ts';
import { keyOf } from '../../../src/model/target-key.ts';
import type { Tables } from '../../../src/store/tables.ts';
import { SOURCE_URL } from '../configs.ts';
import {
  DIFFERS,
  answers,
  connections,
  questions,
  sources,
  table,
  tables,
  withBody,
  type Break,
} from './break.ts';

/** What loses or destroys what was there: cases 8 to 14. */
export const LOSSES: readonly Break[] = [
  {
    rule: 8,
    name: 'what a thin webhook leaves out counts as gone',
    parts: () => sources((source) => ({ ...source, partial: false })),
    seed: 266,
    shows: DIFFERS,
  },
  {
    rule: 8,
    name: 'what only names a record is taken for the record',
    parts: () => sources((source) => withoutFetch(source)),
    seed: 9,
    shows: DIFFERS,
  },
  {
    rule: 9,
    name: 'the digest of its body is the identity of a delivery',
    parts: () =>
      connections((one) => (one.webhook ? { ...one, webhook: { ...one.webhook, id: digestOfBody } } : one)),
    seed: 198,
    shows: DIFFERS,
  },
  {
    rule: 10,
    name: 'the record that changed last decides alone for all that share its target',
    parts: () => table('members', () => ({ of: () => Promise.resolve([]) })),
    seed: 1,
    shows: DIFFERS,
  },
  {
    rule: 11,
    name: 'the children of an adopted contact are not looked for',
    parts: () =>
      table('lookups', ({ get }) => ({
        get: (account, name) =>
          name.startsWith('children/') ? Promise.resolve({ value: [], at: Infinity }) : get(account, name),
      })),
    seed: 175,
    shows: /has \d (tasks|notes|appointments)/,
  },
  {
    rule: 11,
    name: "times of a list are not read in the location's zone",
    parts: () =>
      answers(async (request, answer) => {
        if (!/\/locations\/[^/]+$/.test(request.url) || !answer.ok) return answer;
        const { location } = (await answer.clone().json()) as { location: object };
        return withBody(answer, { location: { ...location, timezone: 'Pacific/Honolulu' } });
      }),
    seed: 175,
    shows: /has \d appointments|dead: appointments/,
  },
  {
    rule: 11,
    name: 'a create in doubt is looked for by what is wanted now',
    parts: () => ({ store: (store) => tables(store, intentsOfNow) }),
    seed: 235,
    shows: /has \d (tasks|notes)|wants no task, and has one|is gone, and has a note/,
  },
  {
    rule: 12,
    name: 'a record whose identity changes leaves its target behind',
    parts: () => table('links', () => ({ rekey: () => Promise.resolve() })),
    seed: 94,
    shows: /left a contact behind|dead: contacts/,
  },
  {
    rule: 13,
    name: 'what was read twice is not believed either',
    parts: () => table('records', () => ({ doubt: () => Promise.resolve() })),
    seed: 174,
    shows: /was not read/,
  },
  {
    rule: 13,
    name: "the source's own clock does not bound how far was read",
    parts: () => answers((request, answer) => (request.url.startsWith(SOURCE_URL) ? dated(answer) : answer)),
    seed: 99,
    shows: /was not read/,
  },
  {
    rule: 13,
    name: 'a clock of the source that is set back is not followed',
    parts: () =>
      table('cursors', ({ get, put }) => ({
        put: async (tenant, source, cursor, now) => {
          const { time } = await get(tenant, source);
          const isBack = time && cursor.time && cursor.time.ms < time.ms;
          await put(tenant, source, isBack ? { ...cursor, time } : cursor, now);
        },
      })),
    seed: 99,
    shows: /was not read/,
  },
  {
    rule: 13,
    name: 'nothing is read again',
    parts: () =>
      sources((source) => (source.poll ? { ...source, poll: { ...source.poll, overlapMs: 0 } } : source)),
    seed: 6,
    shows: /was not read/,
  },
  {
    rule: 14,
    name: 'reading goes on after an instant of which a part was read',
    parts: () =>
      questions((url) => {
        const since = Date.parse(url.searchParams.get('since') ?? '');
        if (!Number.isNaN(since)) url.searchParams.set('since', new Date(since + 1_000).toISOString());
      }),
    seed: 33,
    // What a full read skipped so is taken for gone at once.
    shows: new RegExp(`is taken for gone|${DIFFERS.source}`),
  },
];

function digestOfBody(input: unknown): Promise<unknown> {
  const { data } = (input as { body: { data: unknown } }).body;
  return Promise.resolve(digestOf(data));
}

function withoutFetch(source: Source): Source {
  return Object.fromEntries(Object.entries(source).filter(([name]) => name !== 'fetch')) as unknown as Source;
}

/** The same answer, given in a time to come. */
async function dated(answer: Response): Promise<Response> {
  const headers = new Headers(answer.headers);
  headers.set('date', new Date('2040-01-01').toUTCString());
  return new Response(await answer.text(), { status: answer.status, headers });
}

/** What was sent is what would be sent now. */
function intentsOfNow(all: Tables): Tables {
  const words = { task: ['bookings', 'title', 'task'], note: ['memos', 'body', 'text'] } as const;
  return {
    ...all,
    intents: {
      ...all.intents,
      get: async (targetKey) => {
        const intent = await all.intents.get(targetKey);
        const [, resource] = targetKey.split('|');
        if (!intent || (resource !== 'task' && resource !== 'note')) return intent;
        const [source, field, name] = words[resource];
        const record = await all.records.get('default', source, keyOf(targetKey));
        // An element's task has no record of its own.
        if (!record) return intent;
        const fields = { ...intent.content.fields, [field]: record.body[name] as string };
        return { ...intent, content: { ...intent.content, fields } };
      },
    },
  };
}
