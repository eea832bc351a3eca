import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { blocksOf } from './documents.ts';
import { childEnvironment } from '../support/child-environment.ts';

test(
  'npm run demo ends with 0, and prints the table that README.md shows',
  { timeout: 120_000 },
  async () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { demo: string } };
    expect(scripts.demo).toBe('node scripts/demo.ts');

    const { code, stdout, stderr } = await demo();

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const shown = blocksOf('README.md').find(({ kind, text }) => kind === 'text' && text.includes('calls'));
    expect(stdout.split('\n').map(withoutFigures)).toEqual(
      expect.arrayContaining(shown!.text.trimEnd().split('\n').map(withoutFigures)),
    );
    expect(stdout).toMatch(/nothing has changed since +0 +0 /);
  },
);

/** Seconds differ, and a call more or less by which booking came first. */
function withoutFigures(line: string): string {
  return line.trim().replace(/( +[\d.]+){3}$/, '');
}

function demo(): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, ['scripts/demo.ts'], {
    env: { ...childEnvironment, NO_COLOR: '1' },
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, ...output })));
}
