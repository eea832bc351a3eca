import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { aPlace, boothsync, CONFIG } from './run-boothsync.ts';

const stack = /\n\s+at .+:\d+:\d+/;

describe('usage', () => {
  test('--help names the commands on stdout and exits 0', async () => {
    const { code, stdout, stderr } = await boothsync(['--help']);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Usage: boothsync [options] [command]');
    for (const command of ['validate', 'run', 'serve', 'status', 'sandbox', 'schema']) {
      expect(stdout).toMatch(new RegExp(`^ {2}${command}\\b`, 'm'));
    }
  });

  test('a command has its own help', async () => {
    const { code, stdout } = await boothsync(['run', '--help']);

    expect(code).toBe(0);
    expect(stdout).toContain('Usage: boothsync run');
    expect(stdout).toContain('--full');
  });

  test('--version is the one of the package', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

    const ended = await boothsync(['--version']);

    expect(ended).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  test('validate reads neither engine, server, sandbox nor database', async () => {
    const cwd = await aPlace({ 'sync.config.yaml': CONFIG });
    const listing = `import { registerHooks } from 'node:module';
      registerHooks({ load: (url, context, next) => (process.stderr.write(url + '\\n'), next(url, context)) });`;
    const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(listing)}` };

    const { code, stderr } = await boothsync(['validate'], { cwd, env });

    expect(code).toBe(0);
    expect(stderr).toContain('/src/config/check.ts');
    expect(stderr).not.toMatch(/\/src\/(?:engine|server|sandbox|store|connection)\//);
    expect(stderr).not.toMatch(/\/node_modules\/(?:fastify|kysely|pg|pino|@clack)\//);
  });

  test.each([
    { words: 'an unknown command', args: ['stats'], says: ["unknown command 'stats'", 'status'] },
    { words: 'an unknown option', args: ['run', '--ful'], says: ["unknown option '--ful'", '--full'] },
    { words: 'a format that is none', args: ['run', '--format', 'xml'], says: ['xml', 'text, json'] },
    { words: 'no command', args: [], says: ['Usage: boothsync'] },
  ])('$words exits 2, and says what was meant', async ({ args, says }) => {
    const { code, stdout, stderr } = await boothsync(args);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    for (const text of says) expect(stderr).toContain(text);
    expect(stderr).not.toMatch(stack);
  });

  test('a sync that there is none of exits 2, and names those that there are', async () => {
    const cwd = await aPlace({ 'sync.config.yaml': CONFIG });

    const { code, stdout, stderr } = await boothsync(['run', 'contact'], { cwd });

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('there is no sync "contact"');
    expect(stderr).toContain('contacts');
  });

  test('where JSON was asked for, such a mistake is JSON, too', async () => {
    const cwd = await aPlace({ 'sync.config.yaml': CONFIG });

    const { code, stdout, stderr } = await boothsync(['plan', 'contact', '--json'], { cwd });

    expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      problems: [{ code: 'unknown-sync', remedy: 'did you mean "contacts"?' }],
    });
  });

  test.each([
    [['validate', '--strcit', '--json'], "unknown option '--strcit'", 'did you mean --strict?'],
    [['valdate', '--format', 'json'], "unknown command 'valdate'", 'did you mean validate?'],
    [
      ['events', 'show', '--json'],
      "missing required argument 'id'",
      'boothsync events --help lists what there is',
    ],
  ])(
    'an option or a command that is not there is a problem in JSON, too: %j',
    async (words, message, remedy) => {
      const { code, stdout } = await boothsync(words);

      expect(code).toBe(2);
      expect(JSON.parse(stdout)).toEqual({
        problems: [{ code: 'usage', severity: 'error', message, remedy }],
      });
    },
  );

  test('a config that is not there exits 1, and names it', async () => {
    const { code, stderr } = await boothsync(['run', '-c', 'nowhere.yaml']);

    expect(code).toBe(1);
    expect(stderr).toContain('nowhere.yaml');
    expect(stderr).not.toMatch(stack);
  });
});
