/**
 * Calls that a task, a note and an appointment cost: new, unchanged, changed, deleted. Prints one JSON line; these are counts,
 * the same on every machine.
 */
import { createServer } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seedIds } from '../src/sandbox/ghl/seed-location.ts';
import { startGhl, type RunningGhl } from '../src/sandbox/ghl/start-ghl.ts';
import { onePass } from './one-pass.ts';

const RECORDS = 10;
const KINDS = ['task', 'note', 'appointment'] as const;
/** An appointment is deleted as any event of a calendar is. */
const OPERATIONS = { task: /task/, note: /note/, appointment: /appointment|delete-event/ } as const;

interface State {
  readonly children: boolean;
  readonly word?: string;
  readonly deleted?: boolean;
}

const STATES: Readonly<Record<string, State>> = {
  contacts: { children: false },
  new: { children: true, word: 'one' },
  unchanged: { children: true, word: 'one' },
  changed: { children: true, word: 'two' },
  deleted: { children: true, word: 'two', deleted: true },
};

let rows: readonly object[] = [];
const source = createServer((_request, response) => {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(rows));
});
await new Promise<void>((resolve) => source.listen(0, '127.0.0.1', resolve));
const ghl = await startGhl();
const folder = mkdtempSync(join(tmpdir(), 'boothsync-bench-'));
try {
  const file = join(folder, 'sync.config.yaml');
  writeFileSync(file, JSON.stringify(configFor(ghl, (source.address() as AddressInfo).port)));
  const costs: [string, object][] = [];
  for (const [name, state] of Object.entries(STATES)) costs.push([name, await costOf(file, state)]);
  console.log(JSON.stringify({ bench: 'calls', records: RECORDS, ...Object.fromEntries(costs.slice(1)) }));
} finally {
  source.close();
  await ghl.close();
  rmSync(folder, { recursive: true });
}

/** Calls for each record, of each kind. */
async function costOf(file: string, state: State): Promise<object> {
  rows = Array.from({ length: RECORDS }, (_, id) => ({ id, ...state }));
  const before = ghl.calls.length;
  await onePass(file);
  const operations = ghl.calls.slice(before).map(({ operation }) => operation);
  const count = (kind: (typeof KINDS)[number]) =>
    operations.filter((operation) => OPERATIONS[kind].test(operation)).length / RECORDS;
  return Object.fromEntries(KINDS.map((kind) => [kind, count(kind)]));
}

function configFor({ url, locationId, token }: RunningGhl, port: number): object {
  const child = { from: 'guests', when: 'children', parent: 'contacts', onDelete: 'delete', quiet: '0ms' };
  const day = { value: '2027-05-01T10:00:00Z' };
  const dates = { startTime: day, endTime: { value: '2027-05-01T11:00:00Z' } };
  return {
    version: 1,
    store: 'sqlite:bench.db',
    connections: {
      booth: { type: 'http', baseUrl: `http://127.0.0.1:${port}`, auth: { type: 'none' } },
      ghl: { type: 'ghl', location: locationId, baseUrl: url, auth: { type: 'token', token } },
    },
    sources: {
      guests: {
        connection: 'booth',
        key: 'id',
        deleted: 'deleted',
        poll: { request: { path: '/guests' }, records: '$' },
      },
    },
    syncs: {
      contacts: {
        from: 'guests',
        to: 'ghl.contact',
        fields: { email: '"guest" & id & "@example.com"' },
      },
      tasks: { ...child, to: 'ghl.task', fields: { title: 'word', dueDate: day } },
      notes: { ...child, to: 'ghl.note', fields: { body: 'word' } },
      appointments: {
        ...child,
        to: 'ghl.appointment',
        fields: { calendarId: { value: seedIds.calendar }, title: 'word', ...dates },
      },
    },
  };
}
