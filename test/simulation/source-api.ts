import type { Booth, Revision, Row, SourceName } from './booth.ts';
import type { Setup } from './plan.ts';

/** Records of one answer, where the source has pages. */
export const PAGE = 3;

/** The source's API: `GET /<source>?since=…&limit=…&offset=…` and `GET /<source>/<id>`. */
export function sourceApi(booth: Booth, { paging }: Setup): typeof fetch {
  return (input) => {
    const url = new URL(input);
    const [, name, id] = url.pathname.split('/');
    const rows = booth.newest(name as SourceName).filter(({ vanished }) => !vanished);
    const data =
      id === undefined
        ? page(rows, url.searchParams, paging).map(({ row }) => row)
        : rows.find((one) => one.id === id)?.row;
    const headers = { 'content-type': 'application/json', date: new Date(booth.now()).toUTCString() };
    const status = data === undefined ? 404 : 200;
    return Promise.resolve(new Response(JSON.stringify({ data }), { status, headers }));
  };
}

function page(rows: readonly Revision[], asked: URLSearchParams, paging: Setup['paging']): Revision[] {
  const since = Date.parse(asked.get('since') ?? '') || -Infinity;
  const found = rows
    .filter(({ updatedMs }) => updatedMs > since)
    .sort((a, b) => a.updatedMs - b.updatedMs || a.order - b.order);
  if (paging === 'all') return found;
  const from = Number(asked.get('offset') ?? 0);
  return found.slice(from, from + PAGE);
}

/** What a webhook says of a record. */
export function told(revision: Revision, booth: Booth, { telling, stamps }: Setup): Row {
  const { row } = revision;
  if (revision.source === 'memos' || telling === 'whole') return row;
  const named = ['id', 'deleted', ...(stamps === 'none' ? [] : ['updated_at'])];
  if (telling === 'fetch') return only(row, (name) => named.includes(name));
  const before = booth.history
    .slice(0, revision.order)
    .findLast(({ source, id }) => source === revision.source && id === revision.id);
  // One that comes back is told whole: what was merged before went with it.
  if (!before || before.deleted) return row;
  const gone = Object.keys(before.row).filter((name) => !(name in row));
  const changed = only(row, (name) => named.includes(name) || row[name] !== before.row[name]);
  return { ...changed, ...Object.fromEntries(gone.map((name) => [name, null])) };
}

function only(row: Row, keep: (name: string) => boolean): Row {
  return Object.fromEntries(Object.entries(row).filter(([name]) => keep(name)));
}
