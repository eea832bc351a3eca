import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { renderProblems, toJson, wantsColor } from '../../src/cli/print/print-problems.ts';
import { validateCommand } from '../../src/cli/validate.ts';
import type { Problem } from '../../src/model/problem.ts';
import { aConfig, aFolder } from '../config/load-config.ts';

interface Outcome {
  readonly stdout: string;
  readonly exitCode: typeof process.exitCode;
}

const cwd = process.cwd();
let stdout = '';

beforeEach(() => {
  stdout = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    stdout += String(text);
    return true;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.exitCode = undefined;
});

async function validate(yaml: string, ...words: readonly string[]): Promise<Outcome> {
  vi.spyOn(process, 'cwd').mockReturnValue(aFolder(yaml));
  const file = join(process.cwd(), 'sync.config.yaml');
  await validateCommand()
    .exitOverride()
    .parseAsync([...words, '-c', file], { from: 'user' });
  return { stdout: stdout.replaceAll(`${process.cwd()}/`, ''), exitCode: process.exitCode };
}

const BROKEN = aConfig({ sync: 'fields:\n      emial: $lowercase(email)' });
const WARNED = aConfig({ http: '{ type: http, baseUrl: "http://x", webhook: { event: body.type } }' });

describe('validate', () => {
  test('says what a right file holds', async () => {
    const outcome = await validate(aConfig());

    expect(outcome).toEqual({
      stdout: 'sync.config.yaml is right: 2 connections, 1 source, 1 sync\n',
      exitCode: 0,
    });
  });

  test('prints each problem with its line, and exits 1', async () => {
    const outcome = await validate(BROKEN);

    expect(outcome).toEqual({
      stdout: [
        'sync.config.yaml:16:7 error  unknown field "emial" of ghl.contact; did you mean "email"?',
        '  16 │       emial: $lowercase(email)',
        '     │       ^^^^^',
        '',
      ].join('\n'),
      exitCode: 1,
    });
  });

  test('prints JSON in the documented form', async () => {
    const { stdout: printed, exitCode } = await validate(BROKEN, '--json');

    expect(JSON.parse(printed)).toEqual({
      problems: [
        {
          code: 'unknown-field',
          severity: 'error',
          file: 'sync.config.yaml',
          line: 16,
          column: 7,
          message: 'unknown field "emial" of ghl.contact',
          remedy: 'did you mean "email"?',
        },
      ],
    });
    expect(exitCode).toBe(1);
  });

  test('prints annotations for GitHub, with their signs escaped', async () => {
    const { stdout: printed } = await validate(BROKEN, '--format', 'github');

    expect(printed).toBe(
      '::error file=sync.config.yaml,line=16,col=7,title=unknown-field::unknown field "emial" of ghl.contact; did you mean "email"?\n',
    );
  });

  test('takes globs', async () => {
    vi.spyOn(process, 'cwd').mockReturnValue(aFolder(aConfig(), { 'b.yaml': BROKEN }));
    await validateCommand().exitOverride().parseAsync(['*.yaml', '--json'], { from: 'user' });

    expect(JSON.parse(stdout)).toMatchObject({ problems: [{ file: 'b.yaml', line: 16 }] });
  });

  test('checks a file once, however often it is named, and neither tests nor locks that a glob finds', async () => {
    const folder = aFolder(BROKEN);
    writeFileSync(join(folder, 'sync.test.yaml'), 'tests: []\n');
    writeFileSync(join(folder, 'other.lock.yaml'), 'version: 1\n');
    vi.spyOn(process, 'cwd').mockReturnValue(folder);

    const files = ['*.yaml', './sync.config.yaml', join(folder, 'sync.config.yaml')];
    await validateCommand().parseAsync([...files, '--json'], { from: 'user' });

    const { problems } = JSON.parse(stdout) as { problems: readonly { file: string }[] };
    expect(problems.map(({ file }) => file)).toEqual(['sync.config.yaml']);
  });

  test('a mistake in a file that two configs share is told once', async () => {
    const syncs = `contacts: { from: bookings, key: email, to: ghl.contact, fields: { emial: email } }\n`;
    const main = aConfig().replace(/^syncs:[\s\S]*/m, 'syncs: [./shared.yaml]\n');
    const folder = aFolder(main, { 'b.yaml': main, 'shared.yaml': syncs });
    vi.spyOn(process, 'cwd').mockReturnValue(folder);

    await validateCommand().parseAsync(['sync.config.yaml', 'b.yaml', '--json'], { from: 'user' });

    const { problems } = JSON.parse(stdout) as { problems: readonly { file: string; line: number }[] };
    expect(problems.map(({ file, line }) => [file, line])).toEqual([['shared.yaml', 1]]);
  });

  test('a glob that matches no config is told', async () => {
    const { stdout, exitCode } = await validate(aConfig(), '*.yml');

    expect(stdout).toContain('no config matches *.yml');
    expect(exitCode).toBe(1);
  });

  test('annotations count paths from the checkout where the command runs below it', async () => {
    const folder = aFolder(BROKEN);
    vi.stubEnv('GITHUB_WORKSPACE', join(folder, '..'));
    vi.spyOn(process, 'cwd').mockReturnValue(folder);

    await validateCommand().parseAsync(['--format', 'github', '-c', join(folder, 'sync.config.yaml')], {
      from: 'user',
    });

    expect(stdout).toContain(`file=${basename(folder)}/sync.config.yaml,line=16`);
  });

  test('a warning is no error, but with --strict it is one', async () => {
    const lenient = await validate(WARNED);
    stdout = '';
    const strict = await validate(WARNED, '--strict');

    expect(lenient.stdout).toContain('is right, with 1 warning: 2 connections');
    expect([lenient.exitCode, strict.exitCode]).toEqual([0, 1]);
  });

  test('a file that is not there is a problem like others', async () => {
    await validateCommand().exitOverride().parseAsync(['nowhere.yaml', '--format', 'json'], { from: 'user' });

    expect(JSON.parse(stdout)).toMatchObject({
      problems: [{ code: 'file-unreadable', file: 'nowhere.yaml' }],
    });
    expect(process.exitCode).toBe(1);
  });
});

describe('a printed problem', () => {
  const print = (text: string, start: number, end: number, more: Partial<Problem> = {}): string => {
    const problem = { code: 'yaml', severity: 'error', message: 'm', remedy: 'r', ...more } as const;
    const settings = { cwd, color: false };
    return renderProblems(
      [{ ...problem, at: { file: join(cwd, 'f'), start, end } }],
      new Map([[join(cwd, 'f'), text]]),
      settings,
    );
  };

  test('counts columns in characters, also beyond emoji', () => {
    expect(print('🎉🎉 ab', 5, 7)).toBe('f:1:4 error  m; r\n  1 │ 🎉🎉 ab\n    │    ^^');
  });

  test('keeps tabs, so that the carets stand where the place is', () => {
    expect(print('\ta: b', 4, 5)).toBe('f:1:5 error  m; r\n  1 │ \ta: b\n    │ \t   ^');
  });

  test('of several lines is underlined in its first', () => {
    expect(print('a: [b,\n c]', 3, 10)).toBe('f:1:4 error  m; r\n  1 │ a: [b,\n    │    ^^^');
  });

  test('at the end of the file has a caret too', () => {
    expect(print('a:', 2, 3)).toBe('f:1:3 error  m; r\n  1 │ a:\n    │   ^');
  });

  test('in a long line shows the line around it', () => {
    const [, source, carets] = print(`${'x'.repeat(5000)}ab${'y'.repeat(5000)}`, 5000, 5002).split('\n');

    expect(source!.length).toBeLessThan(160);
    expect(source!.slice(carets!.indexOf('^'), carets!.lastIndexOf('^') + 1)).toBe('ab');
  });

  test('can’t steer the terminal', () => {
    expect(print('a: \u001b[31mb', 3, 4, { message: '\u001b[2J' })).not.toContain('\u001b');
  });

  test('without a place is one line', () => {
    const problem: Problem = { code: 'usage', severity: 'warning', message: 'm', remedy: 'r' };

    expect(renderProblems([problem], new Map(), { cwd, color: false })).toBe('warning  m; r');
    expect(toJson([problem], new Map(), cwd)).toEqual({
      problems: [{ code: 'usage', severity: 'warning', message: 'm', remedy: 'r' }],
    });
  });

  test('is coloured on a terminal, unless NO_COLOR is set', () => {
    expect([
      wantsColor({ isTTY: true }, {}),
      wantsColor({ isTTY: true }, { NO_COLOR: '1' }),
      wantsColor({}, {}),
    ]).toEqual([true, false, false]);
  });
});
