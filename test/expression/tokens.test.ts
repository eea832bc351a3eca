import fc from 'fast-check';
import jsonata from 'jsonata';
import { expect, test } from 'vitest';
import { visitAll, type Node } from '../../src/expression/syntax-tree.ts';
import { scan } from '../../src/expression/tokens.ts';

const PIECES = [
  'a',
  '`b c`',
  '$x',
  '$',
  '$$',
  '"s\\""',
  "'t'",
  '1',
  '2.5e3',
  '/r[/]/i',
  '/',
  '*',
  '**',
  '%',
  '+',
  '-',
  '&',
  '=',
  '!=',
  '<',
  '>=',
  'and',
  'or',
  'in',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ',',
  ':',
  ';',
  ':=',
  '?',
  '??',
  '?:',
  '~>',
  '.',
  '..',
  '@',
  '#',
  '^(',
  '|',
  '/* c */',
  'function($p){',
  '$f(',
  ' ',
  '\n',
  'é',
  '😀',
  "it's",
];

test('every name that JSONata finds ends where a token ends', () => {
  let parsed = 0;
  const source = fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join(''));

  fc.assert(
    fc.property(source, (text) => {
      let tree: Node;
      try {
        tree = jsonata(text).ast() as Node;
      } catch {
        return;
      }
      parsed += 1;
      const { tokens } = scan(text);

      const ends = new Map(tokens.map((token) => [token.end, token.text]));
      visitAll(tree, (node) => {
        if (node.position === undefined || node.type === 'path') return;
        expect([text, ends.has(node.position)]).toStrictEqual([text, true]);
        if (node.type === 'variable') expect(ends.get(node.position)).toBe(`$${String(node.value)}`);
        if (node.type === 'regex') expect(ends.get(node.position)).toMatch(/^\//);
      });
    }),
    { numRuns: 10_000 },
  );

  expect(parsed).toBeGreaterThan(300);
});

test('a token has exactly its characters', () => {
  const source = ' $lowercase( email ) /* x */ & `a b`';

  expect(scan(source).tokens.map(({ text, start, end }) => [text, source.slice(start, end)])).toStrictEqual([
    ['$lowercase', '$lowercase'],
    ['(', '('],
    ['email', 'email'],
    [')', ')'],
    ['/* x */', '/* x */'],
    ['&', '&'],
    ['`a b`', '`a b`'],
  ]);
});
