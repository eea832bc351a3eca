import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { command, commandJson } from '../support/command.ts';
import { worlds, type World } from '../support/world.ts';

const aWorld = worlds();

const lockOf = (world: World) => readFile(join(world.folder, 'sync.lock.yaml'), 'utf8');

test('it writes what mappings may name, one line each, and validate then knows it', async () => {
  const world = await aWorld({ sync: { fields: { email: 'email', customFields: { evnt_date: 'day' } } } });

  const before = await command(world, 'validate');
  const pulled = await command(world, 'pull');
  const after = await command(world, 'validate');

  const lock = await lockOf(world);
  expect([before.code, pulled.code, after.code]).toEqual([0, 0, 1]);
  expect(lock).toContain(`location: { id: ${world.ghl.locationId}, name: Sandbox Booths }`);
  expect(lock).toContain(
    '- { id: SandboxFieldEventDay, name: Event date, key: contact.event_date, type: DATE }\n',
  );
  expect(lock).toContain('- { id: SandboxWorkflow00001, name: Welcome }\n');
  expect(lock).not.toMatch(/@example|pit-/);
  expect(after.stdout).toContain('did you mean "event_date"?');
});

test('it writes the same text whenever the location holds the same, and tells what is another', async () => {
  const world = await aWorld();
  world.ghl.addCalendar({ id: 'CalendarOfTheFairs01', name: 'Fairs' });
  await command(world, 'pull');
  const first = await lockOf(world);

  const same = await commandJson(world, 'pull');
  const second = await lockOf(world);
  world.ghl.addCalendar({ id: 'CalendarOfTheBalls01', name: 'Balls' });
  const other = await commandJson(world, 'pull');
  const third = await lockOf(world);

  expect(second).toBe(first);
  expect(same).toMatchObject({ code: 0, json: { ok: true, written: true, changes: [] } });
  expect(other.json).toMatchObject({ changes: ['calendar "Balls" is new'] });
  const lines = (text: string) => text.split('\n');
  expect(lines(third).filter((line) => !lines(first).includes(line))).toEqual([
    '      - { id: CalendarOfTheBalls01, name: Balls }',
  ]);
});

test('check says what has changed since', async () => {
  const world = await aWorld();
  await command(world, 'pull');
  world.ghl.addCalendar({ name: 'Fairs' });

  const { code, json } = await commandJson(world, 'check');

  expect(code).toBe(0);
  expect(json).toMatchObject({
    findings: expect.arrayContaining([
      expect.objectContaining({
        about: 'lock of ghl',
        state: 'note',
        message: expect.stringContaining('calendar "Fairs" is new') as string,
      }),
    ]) as unknown[],
  });
});

test('a list that the token may not read is left out, and said', async () => {
  const world = await aWorld({}, { scopes: ['locations.readonly', 'calendars.readonly'] });

  const { code, json } = await commandJson(world, 'pull');

  const lock = await lockOf(world);
  expect(code).toBe(0);
  expect(lock).toContain('calendars:');
  expect(lock).not.toContain('users:');
  expect(JSON.stringify(json)).toContain('lacks the scope users.readonly');
});

test('what can not be asked leaves the old lock as it is, and exits 1', async () => {
  const world = await aWorld();
  await command(world, 'pull');
  const before = await lockOf(world);
  world.ghl.revokeToken(world.ghl.token);

  const refused = await command(world, 'pull');

  expect(refused.code).toBe(1);
  expect(refused.stdout).toContain('the token of connection ghl is refused (401)');
  expect(refused.stdout).toContain('sync.lock.yaml is as it was');
  expect(await lockOf(world)).toBe(before);
  expect((await readdir(world.folder)).filter((name) => name.includes('lock.yaml'))).toEqual([
    'sync.lock.yaml',
  ]);
});

test('a lock that is no lock, or knows nothing of a new name, does not stop it', async () => {
  const world = await aWorld({ sync: { fields: { email: 'email', customFields: { brand_new: 'day' } } } });
  await command(world, 'pull');
  world.ghl.addCustomField({ name: 'Brand new' });

  const stale = await command(world, 'validate');
  const pulled = await command(world, 'pull');
  const fresh = await command(world, 'validate');
  await writeFile(join(world.folder, 'sync.lock.yaml'), '<<<<<<< HEAD\n');
  const mended = await command(world, 'pull');

  expect([stale.code, pulled.code, fresh.code, mended.code]).toEqual([1, 0, 0, 0]);
});
