import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import type { Impact } from '../../src/engine/impact.ts';
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

test('a config that is as it was changes nothing', async () => {
  const world = await committed();

  const { code, stdout } = await command(world, 'impact', '--against', 'HEAD');

  expect([code, stdout]).toEqual([0, 'against HEAD, for 3 stored records: nothing changes\n']);
});

test('a ref that is not there is told with what to do', async () => {
  const world = await committed();

  const { code, stderr } = await command(world, 'impact', '--against', '--help');

  expect(code).toBe(1);
  expect(stderr).toContain('name a commit, branch or tag');
  expect(stderr).not.toMatch(/\n\s+at /);
});
