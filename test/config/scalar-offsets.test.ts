import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Document, Scalar } from 'yaml';
import { readYaml } from '../../src/config/read-yaml.ts';
import { scalarOffsets } from '../../src/config/scalar-offsets.ts';
import { child } from '../../src/config/tree.ts';

/** The characters of the file that a value's characters are said to come from. */
function traced(yaml: string, ...path: readonly string[]): string {
  const node = child(readYaml('f', yaml).root, ...path);
  if (node?.kind !== 'scalar') throw new Error('no scalar');
  const offsets = scalarOffsets(yaml, node);
  return offsets
    .slice(0, -1)
    .map((offset) => yaml[offset])
    .join('');
}

test.each([
  ['plain', 'a: status = b', 'status = b'],
  ['plain of two lines', 'a: foo\n  bar', 'foo\nbar'],
  ['single quotes', "a: 'it''s b'", "it's b"],
  ['double quotes', 'a: "x \\"y\\" z"', 'x \\y\\ z'],
  ['double quotes with a wrapped line', 'a: "x\\\n   y"', 'xy'],
  ['a literal block', 'a: |\n  foo\n    bar\n', 'foo\n  bar\n'],
  ['a literal block with a comment in its header', 'a: |- # note\n  foo\n  bar\n', 'foo\nbar'],
  ['a literal block with an indicator', 'a: |2\n    foo\n  bar\n', '  foo\nbar\n'],
  ['a literal block in a list in a map', 'a:\n  b: |\n    foo\n    bar\n', 'foo\nbar\n'],
  ['a folded block', 'a: >-\n  foo\n  bar\n\n  baz\n', 'foo\nbar\nbaz'],
  ['Windows line ends', 'a: |\r\n  foo\r\n  bar\r\n', 'foo\rbar\r'],
])('a character is traced to where it stands: %s', (_style, yaml, expected) => {
  const path = yaml.includes('b: |') ? ['a', 'b'] : ['a'];

  expect(traced(yaml, ...path)).toBe(expected);
});

test('every visible character of every value in every style is traced to itself', () => {
  const styles = [
    Scalar.PLAIN,
    Scalar.QUOTE_SINGLE,
    Scalar.QUOTE_DOUBLE,
    Scalar.BLOCK_LITERAL,
    Scalar.BLOCK_FOLDED,
  ] as const;
  const words = fc.array(
    fc.constantFrom('a', 'bc', 'd = 1', ' ', '\n', '  e', "'", '$f(', ')', '%', 'é', '\n\n'),
    { maxLength: 30 },
  );

  fc.assert(
    fc.property(words, fc.constantFrom(...styles), fc.boolean(), (parts, style, nested) => {
      const value = parts.join('');
      const scalar = new Scalar(value);
      scalar.type = style;
      const yaml = new Document(nested ? { a: { b: scalar } } : { a: scalar }).toString({ lineWidth: 20 });
      const node = child(readYaml('f', yaml).root, 'a', ...(nested ? ['b'] : []));
      if (node?.kind !== 'scalar' || node.value !== value) return;

      const offsets = scalarOffsets(yaml, node);

      expect(offsets).toHaveLength(value.length + 1);
      const wrong = Array.from({ length: value.length }, (_, at) => at).filter(
        (at) => /\S/.test(value[at]!) && yaml[offsets[at]!] !== value[at],
      );
      expect({ yaml, wrong: wrong.map((at) => value.slice(at)) }).toEqual({ yaml, wrong: [] });
    }),
    { numRuns: 1000 },
  );
});
