import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { commandNames } from '../../scripts/reference-commands.ts';
import { renderProblems } from '../../src/cli/print/print-problems.ts';
import { validateFile } from '../../src/config/validate.ts';
import { aFolder } from '../config/load-config.ts';
import { anchorsOf, blocksOf, documents } from './documents.ts';

const names = await commandNames();

test('the table of README.md holds the commands that there are', () => {
  const rows = [...readFileSync('README.md', 'utf8').matchAll(/^\| `boothsync ([a-z]+)` +\|/gm)];

  const listed = rows.map(([, name]) => name);

  expect(listed.sort()).toEqual(names.filter((name) => !name.includes(' ')).sort());
});

test.each(documents)('%s shows no command that is not there', (file) => {
  const shells = blocksOf(file).filter(({ kind }) => kind === 'sh');
  const shown = shells.flatMap(({ text }) => [...text.matchAll(/boothsync (?:-- )?([a-z]+(?: [a-z]+)?)/g)]);

  const missing = shown
    .map(([, words = '']) => words)
    .filter((words) => !names.includes(words) && !names.includes(words.split(' ')[0]!));

  expect(missing).toEqual([]);
});

test.each(documents)('the links of %s lead somewhere', (file) => {
  const text = readFileSync(file, 'utf8');
  const links = [...text.matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)];

  const broken = links.filter(([, path = '', anchor]) => {
    const target = path === '' ? file : join(dirname(file), path);
    if (!existsSync(target)) return true;
    return anchor !== undefined && !anchorsOf(readFileSync(target, 'utf8')).includes(anchor);
  });

  expect(broken.map(([link]) => link)).toEqual([]);
});

test('the mistake that README.md shows is told in these words', async () => {
  const config = readFileSync('sync.config.yaml', 'utf8').replace(/^( +)email: \$/m, '$1emial: $');
  const folder = aFolder(config);

  const { problems, sources } = await validateFile(join(folder, 'sync.config.yaml'));

  const [mistake] = problems.filter(({ code }) => code === 'unknown-field');
  const printed = renderProblems([mistake!], sources, { cwd: folder, color: false });
  expect(withoutLines(readFileSync('README.md', 'utf8'))).toContain(withoutLines(printed));
});

/** The example moves with the config that it is made from. */
function withoutLines(text: string): string {
  return text.replaceAll(/(yaml:)\d+|^ +\d+(?= │)/gm, '$1');
}
