import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import type { Impact } from '../../src/engine/plan/impact.ts';
import { aBooking, type ConfigWish } from '../support/a-config.ts';
import { command, commandJson } from '../support/command.ts';
import { worlds, type World } from '../support/world.ts';

const aWorld = worlds();

const fields = { firstName: 'first_name', email: '$lowercase(email)', phone: 'phone' };

/** A world whose config is committed, with three contacts. */
async function committed(wish: ConfigWish = {}): Promise<World> {
  const world = await aWorld({ sync: { fields }, ...wish });
  const git = (...args: string[]) => execFileSync('git', args, { cwd: world.folder, stdio: 'pipe' });
  await mkdir(dirname(world.configPath), { recursive: true });
  git('init', '--quiet');
  git('add', 'sync.config.yaml');
  git('-c', 'user.name=Test', '-c', 'user.email=test@example.com', 'commit', '--quiet', '-m', 'one');
  world.source.rows([
    aBooking({ id: 1, phone: '+442079460001' }),
    aBooking({ id: 2, phone: '+442079460002' }),
    aBooking({ id: 3 }),
  ]);
  const runner = await world.start();
  await runner.pass();
  await runner.stop();
  world.ghl.clear();
  return world;
}

test('it tells what an edited mapping changes in stored records, and asks nobody', async () => {
  const world = await committed();
  await world.writeConfig({
    sync: { fields: { ...fields, phone: undefined }, tags: ['summer'], when: 'id != 3' },
  });

  const { code, json } = await commandJson(world, 'impact', '--against', 'HEAD');

  expect(code).toBe(0);
  expect(json).toMatchObject({ against: 'HEAD', records: 3 });
  expect((json as Impact).syncs).toMatchObject([
    {
      sync: 'contacts',
      changed: 3,
      unchanged: 0,
      leaves: 1,
      tags: 2,
      tagsAdded: { summer: 2 },
      fields: { phone: { changed: 0, lost: 2, gained: 0 } },
    },
  ]);
  expect(world.ghl.calls).toEqual([]);
});

test('examples tell what changes, and not whom it is about', async () => {
  const world = await committed();
  await world.writeConfig({ sync: { fields: { ...fields, firstName: '$uppercase(first_name)' } } });

  const text = await command(world, 'impact', '--against', 'HEAD');
  const markdown = await command(world, 'impact', '--against', 'HEAD', '--format', 'markdown');

  expect(text.stdout).toContain('contacts: 3 of 3 records\n  3 change firstName\n');
  expect(text.stdout).toContain('firstName "A***" → "A***"');
  expect(markdown.stdout).toContain('### boothsync impact');
  expect(`${text.stdout}${markdown.stdout}`).not.toMatch(/Ann|ANN|guest/);
});

test('a tag that is made of an address tells nobody’s, and many tags are told in one line', async () => {
  const world = await committed();
  const rows = Array.from({ length: 12 }, (_, at) => aBooking({ id: at + 1, first_name: `Name${at}` }));
  world.source.rows(rows);
  const runner = await world.start();
  await runner.pass();
  await runner.stop();
  await world.writeConfig({ sync: { fields, tags: ['who:{{ email }}', 'first:{{ first_name }}'] } });

  const { json } = await commandJson(world, 'impact', '--against', 'HEAD');
  const { stdout } = await command(world, 'impact', '--against', 'HEAD');

  expect((json as Impact).syncs[0]?.tagsAdded).toMatchObject({ 'who:***': 12, 'first:Name11': 1 });
  expect(stdout).toContain('12 change tags: +who:*** (12), ');
  expect(stdout).toContain('(1), +3 other tags\n');
  expect(`${JSON.stringify(json)}${stdout}`).not.toContain('guest');
});

test('a config that was not right at the ref is told, as JSON where that was asked for', async () => {
  const world = await committed();
  await writeFile(world.configPath, 'version: 1\n');
  const git = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', 'commit', '-qam', 'two'];
  execFileSync('git', git, { cwd: world.folder, stdio: 'pipe' });
  await world.writeConfig({ sync: { fields } });

  const { code, json } = await commandJson(world, 'impact', '--against', 'HEAD');

  expect(code).toBe(1);
  expect((json as { problems: unknown[] }).problems[0]).toMatchObject({ severity: 'error', line: 1 });
});

test('a config that is as it was changes nothing', async () => {
  const world = await committed();

  const { code, stdout } = await command(world, 'impact', '--against', 'HEAD');

  expect([code, stdout]).toEqual([0, 'against HEAD, for 3 stored records: nothing changes\n']);
});

test('a ref that is not there is told with what to do', async () => {
  const world = await committed();

  const { code, stderr } = await command(world, 'impact', '--against', '--help');

  expect(code).toBe(2);
  expect(stderr).toContain('name a commit, branch or tag');
  expect(stderr).not.toMatch(/\n\s+at /);
});
