import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { aPlace, boothsync } from './run-boothsync.ts';

interface Listed {
  readonly reason: string;
}

/** What `init` writes, with its syncs in a file of their own. */
async function aSplitConfig() {
  const folder = await aPlace();
  await boothsync(['init', '--syncs', 'tasks,notes,appointments'], { cwd: folder });
  const main = join(folder, 'sync.config.yaml');
  const text = await readFile(main, 'utf8');
  const [start, end] = [text.indexOf('syncs:\n'), text.indexOf('# Where the runner')];
  const syncs = join(folder, 'syncs.yaml');
  await writeFile(syncs, text.slice(start, end));
  await writeFile(main, `${text.slice(0, start)}syncs: [./syncs.yaml]\n\n${text.slice(end)}`);
  const edit = async (from: string, to: string) =>
    writeFile(syncs, (await readFile(syncs, 'utf8')).replace(from, to));
  return { folder, edit };
}

test('a first run goes in small steps: one record, some targets, a sync that reports, one that is off, then all', async () => {
  const sandbox = await startSandbox({ bookings: 6 });
  const { folder, edit } = await aSplitConfig();
  const { ghl } = sandbox;
  const run = async (...args: readonly string[]) => {
    const { code, stdout, stderr } = await boothsync(['run', '--json', ...args], {
      cwd: folder,
      env: sandbox.env,
    });
    expect(code, stdout + stderr).toBe(0);
    return JSON.parse(stdout) as { readonly calls: number };
  };
  const confirmed = sandbox.boothbook.bookings().find(({ status }) => status === 'Confirmed')!;

  await run('--key', String(confirmed.booking_id));
  expect([ghl.contacts().length, ghl.tasks().length]).toEqual([1, 1]);

  await run('--limit', '2');
  const some = ghl.contacts().length + ghl.tasks().length + ghl.notes().length + ghl.appointments().length;
  const notesBefore = ghl.notes().length;
  await edit('  notes:\n', '  notes:\n    mode: report\n');
  await edit('  tasks:\n', '  tasks:\n    enabled: false\n');
  const tasksBefore = ghl.tasks().length;
  await run();

  expect(some).toBeLessThanOrEqual(6);
  expect([ghl.contacts().length, ghl.notes().length, ghl.tasks().length]).toEqual([
    6,
    notesBefore,
    tasksBefore,
  ]);
  const skipped = ['events', 'list', '--state', 'skipped', '--sync', 'tasks', '--json'];
  const { stdout } = await boothsync(skipped, { cwd: folder, env: sandbox.env });
  expect((JSON.parse(stdout) as Listed[]).map(({ reason }) => reason)).toContain('its sync is switched off');

  await edit('    mode: report\n', '');
  await edit('    enabled: false\n', '');
  await run();
  expect((await run()).calls).toBe(0);

  const bookings = sandbox.boothbook.bookings();
  expect(ghl.notes()).toHaveLength(bookings.filter(({ customer_notes }) => customer_notes).length);
  expect(ghl.tasks()).toHaveLength(bookings.filter(({ status }) => status === 'Confirmed').length);
  await sandbox.close();
});

test('a mistake in a file of syncs is told there, by all commands alike', async () => {
  const { folder, edit } = await aSplitConfig();
  await edit('firstName: first_name', 'firstNmae: first_name');

  const outputs = await Promise.all(
    [['validate'], ['run'], ['plan'], ['describe']].map((args) => boothsync(args, { cwd: folder })),
  );

  for (const { code, stdout, stderr } of outputs) {
    expect(code).toBe(1);
    expect(stdout + stderr).toMatch(
      /^syncs\.yaml:8:7 error {2}unknown field "firstNmae" of ghl\.contact; did you mean/,
    );
  }
});
