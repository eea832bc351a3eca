import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { aPlace, boothsync, CONFIG, MAIN } from './run-boothsync.ts';

const BROKEN = CONFIG.replace('email: email', 'emial: email');
const ESCAPE = '\u001b[';

/** `script` lends a command a terminal; its options are those of Linux. */
const hasScript = process.platform === 'linux' && spawnSync('script', ['--version']).status === 0;

test('what is no terminal gets no colours', async () => {
  const cwd = await aPlace({ 'sync.config.yaml': BROKEN });

  const validated = await boothsync(['validate'], { cwd });
  const run = await boothsync(['run'], { cwd });

  expect(validated.stdout).toContain('did you mean "email"?');
  expect(run.stderr).toContain('did you mean "email"?');
  expect(`${validated.stdout}${run.stderr}`).not.toContain(ESCAPE);
});

describe.runIf(hasScript)('a terminal', () => {
  test.each([
    { words: 'gets colours', env: {}, colored: true },
    { words: 'whose user set NO_COLOR gets none', env: { NO_COLOR: '1' }, colored: false },
    { words: 'whose user set NO_COLOR to nothing gets them', env: { NO_COLOR: '' }, colored: true },
  ])('$words', async ({ env, colored }) => {
    const cwd = await aPlace({ 'sync.config.yaml': BROKEN });

    const { stdout } = spawnSync('script', ['-qec', `'${process.execPath}' '${MAIN}' run`, '/dev/null'], {
      cwd,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], TERM: 'xterm-256color', ...env },
    });

    expect(stdout).toContain('did you mean "email"?');
    expect(stdout.includes(ESCAPE)).toBe(colored);
  });
});
