import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { whereCalled } from '../../src/cli/where-called.ts';
import { aPlace, boothsync, CONFIG, MAIN } from './run-boothsync.ts';

const checkout = join(dirname(MAIN), '../..');
const byNpm = {
  npm_package_json: join(checkout, 'package.json'),
  npm_package_name: 'boothsync',
  npm_lifecycle_event: 'boothsync',
};

test('npm run in a folder below the checkout takes the config of that folder, not the checkout’s', async () => {
  const place = await aPlace({ 'sync.config.yaml': CONFIG.replace('{ email:', '{ emial:') });

  const { stdout } = await boothsync(['validate', '--json'], {
    cwd: checkout,
    env: { ...byNpm, INIT_CWD: place },
  });

  expect(JSON.parse(stdout)).toMatchObject({ problems: [{ file: 'sync.config.yaml', line: 8 }] });
});

test('what a script starts elsewhere stays where it was started', async () => {
  const place = await aPlace();
  const below = join(place, 'below');
  await mkdir(below);

  expect(whereCalled(below, { ...byNpm, INIT_CWD: checkout })).toBe(below);
  expect(whereCalled(checkout, { ...byNpm, INIT_CWD: below, npm_lifecycle_event: 'test' })).toBe(checkout);
  expect(whereCalled(place, { ...byNpm, npm_package_name: 'theirs', INIT_CWD: below })).toBe(place);
  expect(whereCalled(checkout, {})).toBe(checkout);
});
