import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { migrateCommand } from '../../src/cli/migrate.ts';
import { FROM_0 } from '../config/migrate/version-0.ts';
import { aPlace, boothsync, CONFIG } from './run-boothsync.ts';

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

const OLD = CONFIG.replace('version: 1', 'version: 0 # old')
  .replace('connections:', 'accounts: # who')
  .replace('from: bookings', 'source: bookings');

const DIFF = `--- sync.config.yaml
+++ sync.config.yaml
@@ -1,8 +1,8 @@
-version: 0 # old
-accounts: # who
+version: 1 # old
+connections: # who
   booth: { type: http, baseUrl: http://127.0.0.1:9 }
   ghl: { type: ghl, location: loc, baseUrl: http://127.0.0.1:9, auth: { type: token, token: pit } }
 sources:
   bookings: { connection: booth, key: id, poll: { request: { path: /bookings }, records: data } }
 syncs:
-  contacts: { source: bookings, to: ghl.contact, fields: { email: email } }
+  contacts: { from: bookings, to: ghl.contact, fields: { email: email } }
`;

async function migrated(text: string, ...words: readonly string[]) {
  const folder = await aPlace({ 'sync.config.yaml': text });
  let stdout = '';
  vi.spyOn(process, 'cwd').mockReturnValue(folder);
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    stdout += String(chunk);
    return true;
  });
  const file = join(folder, 'sync.config.yaml');
  await migrateCommand([FROM_0])
    .exitOverride()
    .parseAsync(['-c', file, ...words], { from: 'user' });
  return { folder, stdout, exitCode: process.exitCode, after: readFileSync(file, 'utf8') };
}

test('migrate shows what would change, and changes nothing', async () => {
  const { stdout, exitCode, after } = await migrated(OLD);

  expect(stdout).toBe(`${DIFF}\nfrom version 0 to 1: boothsync migrate --write does it\n`);
  expect(exitCode).toBe(0);
  expect(after).toBe(OLD);
});

test('what it shows is a patch that patch takes', async () => {
  const { folder, stdout } = await migrated(OLD);
  writeFileSync(join(folder, 'a.patch'), stdout.slice(0, stdout.indexOf('\n\n') + 1));

  execFileSync('git', ['apply', '-p0', 'a.patch'], { cwd: folder });

  expect(readFileSync(join(folder, 'sync.config.yaml'), 'utf8')).toBe(
    CONFIG.replace('version: 1', 'version: 1 # old').replace('connections:', 'connections: # who'),
  );
});

test('--check exits 1 where something would change, for CI', async () => {
  const { exitCode, after } = await migrated(OLD, '--check');

  expect(exitCode).toBe(1);
  expect(after).toBe(OLD);
});

test('--write writes it, and the config is right then', async () => {
  const { folder, stdout, exitCode } = await migrated(OLD, '--write');

  const validate = await boothsync(['validate'], { cwd: folder });
  expect(stdout).toContain('migrated from version 0 to 1: run boothsync validate, and boothsync test\n');
  expect(exitCode).toBe(0);
  expect(validate).toMatchObject({ code: 0 });
});

test('a config of this version has nothing to do, also as JSON', async () => {
  const folder = await aPlace({ 'sync.config.yaml': CONFIG });

  const text = await boothsync(['migrate', '--check'], { cwd: folder });
  const json = await boothsync(['migrate', '--write', '--json'], { cwd: folder });

  expect(text).toEqual({
    code: 0,
    stdout: 'nothing to do: sync.config.yaml is of version 1, the newest\n',
    stderr: '',
  });
  expect(JSON.parse(json.stdout)).toEqual({ from: 1, to: 1, files: [], written: false });
  expect(readFileSync(join(folder, 'sync.config.yaml'), 'utf8')).toBe(CONFIG);
});

test('a newer config is a clear problem at its version', async () => {
  const folder = await aPlace({ 'sync.config.yaml': CONFIG.replace('version: 1', 'version: 2') });

  const { code, stderr } = await boothsync(['migrate'], { cwd: folder });

  expect(code).toBe(1);
  expect(stderr).toBe(
    'sync.config.yaml:1:10 error  version 2 is newer than this boothsync, which speaks version 1; install a newer boothsync\n' +
      '  1 │ version: 2\n    │          ^\n',
  );
});

test('a config that is not there is told, and none is made', async () => {
  const folder = await aPlace();

  const { code, stderr } = await boothsync(['migrate'], { cwd: folder });

  expect(code).toBe(1);
  expect(stderr).toContain("the file can't be read: it is not there");
  expect(existsSync(join(folder, 'sync.config.yaml'))).toBe(false);
});
