import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkText } from '../../src/config/validate.ts';

/** Where the language is specified; not part of the package. */
const LANGUAGE = '../shared/LANGUAGE.md';
const documents = [
  ...(existsSync(LANGUAGE) ? [LANGUAGE] : []),
  'README.md',
  ...globSync('docs/**/*.md'),
].filter((file) => existsSync(file));

/** That a part is not built yet is no error of the document; and a part of a file refers to what stands elsewhere. */
const NOT_ITS_FAULT = ['not-built-yet', 'unknown-connection', 'unknown-source', 'unknown-sync'];

const blocks = documents.flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/^( *)```yaml\n([^]*?)^ *```/gm)].map((match) => {
    const indent = match[1]!;
    const text = match[2]!.replaceAll(new RegExp(`^${indent}`, 'gm'), '');
    return { file, line: readFileSync(file, 'utf8').slice(0, match.index).split('\n').length, text };
  }),
);

describe.skipIf(blocks.length === 0)('every YAML block of the documents is right', () => {
  test.each(blocks.filter(({ text }) => !text.startsWith('tests:')))('$file:$line', ({ text }) => {
    const { problems } = checkText('/sync.config.yaml', whole(text));

    const errors = problems.filter(({ severity }) => severity === 'error');

    expect(errors.filter(({ code }) => !NOT_ITS_FAULT.includes(code))).toEqual([]);
  });
});

/** A block that is a part of a file, with what is missing around it. */
function whole(text: string): string {
  if (/^version:/m.test(text)) return text;
  const indented = (by: number): string => text.replaceAll(/^(?=.)/gm, ' '.repeat(by));
  if (/^(?:connections|sources|syncs|tables|vars|server|store|timezone):/m.test(text)) {
    return `version: 1\n${/^connections:/m.test(text) ? '' : 'connections: {}\n'}${text}`;
  }
  return `version: 1\nconnections:\n  api:\n    type: http\n    baseUrl: https://api.example\n${indented(4)}`;
}
