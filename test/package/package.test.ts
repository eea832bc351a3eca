import { execFile, type ExecFileException } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publint } from 'publint';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CONFIG } from '../cli/run-boothsync.ts';

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const MINUTES = 60_000;
let folder: string;
let packed: Packed;

/** Packs the checkout and installs the tarball where nothing else is. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'boothsync-package-'));
  const pack = await run('npm', ['pack', '--json', '--pack-destination', folder], process.cwd());
  expect(pack.code, pack.stderr).toBe(0);
  packed = (JSON.parse(pack.stdout.slice(pack.stdout.indexOf('['))) as [Packed])[0];
  await writeFile(join(folder, 'package.json'), '{ "private": true }');
  const install = await run('npm', ['install', `./${packed.filename}`, '--no-audit', '--no-fund'], folder);
  expect(install.code, install.stderr).toBe(0);
}, 10 * MINUTES);

afterAll(() => rm(folder, { recursive: true, force: true }));

test('the tarball holds what is needed to run, and nothing of the checkout', () => {
  const paths = packed.files.map(({ path }) => path);
  const needed =
    /^(?:package\.json|README\.md|LICENSE|CHANGELOG\.md|SECURITY\.md|bin\/boothsync\.js|openapi\/ghl\/generated\/\w+\.json|(?:dist|schemas|templates)\/.+)$/;

  expect(paths.filter((path) => !needed.test(path))).toEqual([]);
  expect(paths.filter((path) => /\.test\.|\.map$|(?<!\.d)\.ts$|\.db$|\.env/.test(path))).toEqual([]);
  for (const path of [
    'bin/boothsync.js',
    'dist/cli/main.js',
    'schemas/sync.schema.json',
    'LICENSE',
    'README.md',
  ]) {
    expect(paths).toContain(path);
  }
});

test('the installed command tells its version, validates, and prints the schema', async () => {
  await writeFile(join(folder, 'sync.config.yaml'), CONFIG);

  const version = await installed(['--version']);
  const validate = await installed(['validate']);
  const schema = await installed(['schema']);

  expect(version).toEqual({ code: 0, stdout: '0.1.0\n', stderr: '' });
  expect(validate).toEqual({
    code: 0,
    stdout: 'sync.config.yaml is right: 2 connections, 1 source, 1 sync\n',
    stderr: '',
  });
  expect(JSON.parse(schema.stdout)).toMatchObject({ title: 'boothsync config' });
});

test('the installed command writes a config that is right', async () => {
  const init = await installed(['init', 'crm', '--source', 'webhooks', '--syncs', 'tasks']);
  const validate = await installed(['validate', '--strict', 'crm/sync.config.yaml']);

  expect(init.code, init.stderr).toBe(0);
  expect(validate).toMatchObject({ code: 0, stderr: '' });
});

test('the installed command finds what HighLevel knows', async () => {
  await writeFile(join(folder, 'broken.yaml'), CONFIG.replace('email: email', 'emial: email'));

  const { code, stdout } = await installed(['validate', 'broken.yaml']);

  expect(code).toBe(1);
  expect(stdout).toContain('unknown field "emial" of ghl.contact; did you mean "email"?');
});

test('on an older Node it says which one it needs, and exits 1', async () => {
  const older = `
    Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.11.1' } });
    Object.defineProperty(process, 'version', { value: 'v20.11.1' });`;
  const patch = `data:text/javascript,${encodeURIComponent(older)}`;

  const ended = await run(
    process.execPath,
    ['--import', patch, 'bin/boothsync.js', '--version'],
    process.cwd(),
  );

  expect(ended).toMatchObject({ code: 1, stdout: '' });
  expect(ended.stderr).toMatch(/^boothsync needs Node 24 or newer; this is v20\.11\.1\./);
});

test('publint finds nothing', async () => {
  const { messages } = await publint({
    pkgDir: join(folder, 'node_modules/boothsync'),
    pack: false,
    strict: true,
  });

  expect(messages).toEqual([]);
});

function installed(args: readonly string[]): Promise<Ended> {
  return run(process.execPath, [join(folder, 'node_modules/boothsync/bin/boothsync.js'), ...args], folder);
}

function run(command: string, args: readonly string[], cwd: string): Promise<Ended> {
  return new Promise((resolve) => {
    const env = { ...process.env, NO_COLOR: '1' };
    execFile(command, [...args], { cwd, env }, (error: ExecFileException | null, stdout, stderr) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, stdout, stderr });
    });
  });
}
