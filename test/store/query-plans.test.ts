import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, PostgresDialect, type CompiledQuery } from 'kysely';
import { Pool } from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { kyselyOver } from '../../src/store/node-sqlite.ts';
import type { Database } from '../../src/store/schema.ts';
import { openStore } from '../../src/store/open-store.ts';
import { tablesIn, type Tables } from '../../src/store/tables.ts';
import { watchedClock } from '../support/clocks.ts';
import { sharedPostgres } from '../support/postgres.ts';
import { fill, questions } from './questions.ts';

const server = sharedPostgres();

describe('on SQLite', () => {
  /** Tables that were filled, and how the database would go about what they were asked: a line for each table that it reads. */
  async function filled(): Promise<{ tables: Tables; plans: () => string[] }> {
    const folder = await mkdtemp(join(tmpdir(), 'boothsync-plans-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const store = await openStore(`sqlite:${join(folder, 'sync.db')}`, {
      clock: watchedClock(),
      owner: true,
    });
    onTestFinished(() => store.close());
    await fill(store);
    const database = new DatabaseSync(join(folder, 'sync.db'));
    onTestFinished(() => database.close());
    const asked: string[] = [];
    const tables = tablesIn(kyselyOver(database));
    const prepare = database.prepare.bind(database);
    database.prepare = (sql: string) => {
      asked.push(sql);
      return prepare(sql);
    };
    const plans = () =>
      asked.flatMap((sql) => {
        const explained = new DatabaseSync(join(folder, 'sync.db'), { readOnly: true });
        const places = (sql.match(/\?/g) ?? []).map(() => 1);
        const rows = explained.prepare(`explain query plan ${sql}`).all(...places);
        explained.close();
        return rows.map(({ detail }) => String(detail));
      });
    return { tables, plans };
  }

  test.for(Object.entries(questions))(
    '%s is found by its index, not by reading all',
    async ([, [index, ask]]) => {
      const { tables, plans } = await filled();

      await ask(tables);

      const reads = plans().filter((line) => /^(SCAN|SEARCH)/.test(line));
      expect(reads.length).toBeGreaterThan(0);
      for (const line of reads) expect(line).toMatch(index);
    },
  );

  test('what is due and when needs no sorting: the index is in that order', async () => {
    const { tables, plans } = await filled();

    await tables.events.due('account', 2_000, 50, [], true);
    await tables.events.nextDue('account');
    await tables.deliveries.received(200);

    expect(plans().length).toBeGreaterThan(0);
    expect(plans().filter((line) => line.includes('TEMP B-TREE'))).toEqual([]);
  });
});

describe('on PostgreSQL', () => {
  interface Plan {
    readonly 'Node Type': string;
    readonly 'Relation Name'?: string;
    readonly 'Index Name'?: string;
    readonly 'Index Cond'?: string;
    readonly Plans?: readonly Plan[];
  }

  async function filled() {
    const url = await (await server()).schema();
    const store = await openStore(url, { clock: watchedClock(), owner: true });
    onTestFinished(() => store.close());
    await fill(store);
    const pool = new Pool({ connectionString: url, max: 1 });
    const asked: CompiledQuery[] = [];
    const log = ({ query }: { query: CompiledQuery }) => void asked.push(query);
    const kysely = new Kysely<Database>({ dialect: new PostgresDialect({ pool }), log });
    onTestFinished(() => kysely.destroy());
    // Few rows are read quicker as they stand: it is asked what it would do with many.
    await pool.query('set enable_seqscan = off');
    await pool.query('analyze');
    const { rows } = await pool.query<{ indexname: string }>(
      "select indexname from pg_indexes where schemaname = current_schema() and indexdef like '% WHERE %'",
    );
    const partial = new Set(rows.map(({ indexname }) => indexname));
    /** All that is read, with the index that it is found by. */
    async function reads(): Promise<Plan[]> {
      const found: Plan[] = [];
      for (const { sql, parameters } of asked) {
        const explained = await pool.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
          `explain (format json) ${sql}`,
          [...parameters],
        );
        found.push(...nodesOf(explained.rows[0]!['QUERY PLAN'][0].Plan));
      }
      // Of a bitmap it is the index below that finds the rows.
      return found.filter(({ 'Node Type': type }) => type.endsWith('Scan') && type !== 'Bitmap Heap Scan');
    }
    return { tables: tablesIn(kysely), reads, partial };
  }

  function nodesOf(plan: Plan): Plan[] {
    return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
  }

  test.for(Object.entries(questions))('%s is found by an index, not by reading all', async ([, [, ask]]) => {
    const { tables, reads, partial } = await filled();

    await ask(tables);

    const found = await reads();
    expect(found.length).toBeGreaterThan(0);
    // An index that holds only what is wanted may be read from end to end.
    const slow = found.filter(
      (node) => node['Index Cond'] === undefined && !partial.has(node['Index Name'] ?? ''),
    );
    expect(slow).toEqual([]);
  });
});
