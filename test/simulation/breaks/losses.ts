import { digestOf } from '../../../src/model/digest.ts';
import type { Source } from '../../../src/model/source.ts';
import { DIFFERS, connections, questions, sources, table, type Break } from './break.ts';

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
    seed: 17,
    shows: /has \d (tasks|notes|appointments)/,
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
    shows: DIFFERS,
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
    shows: DIFFERS,
  },
];

function digestOfBody(input: unknown): Promise<unknown> {
  const { data } = (input as { body: { data: unknown } }).body;
  return Promise.resolve(digestOf(data));
}

function withoutFetch(source: Source): Source {
  return Object.fromEntries(Object.entries(source).filter(([name]) => name !== 'fetch')) as unknown as Source;
}
