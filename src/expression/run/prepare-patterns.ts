import { messageOf } from '../../model/problem.ts';
import { mistake, type Mistake } from '../mistakes/mistake.ts';
import { compilePattern } from './regex-engine.ts';
import { visitAll, type Node } from '../syntax-tree.ts';
import { placeOf } from '../uses.ts';
import type { Token } from '../tokens.ts';

/**
 * Compiles the regular expressions of a tree, in place. Also mends what JSONata's parser breaks: it copies the left
 * side of `?:` and `??` through JSON, which loses regular expressions and the signatures of functions.
 */
export function preparePatterns(tree: Node, tokens: readonly Token[]): Mistake | undefined {
  // Most expressions have neither.
  if (!tokens.some(({ kind, text }) => kind === 'regex' || FUNCTION_WORDS.has(text))) return undefined;
  const patterns = new Map<number | undefined, RegExp>();
  const signatures = new Map<number | undefined, NonNullable<Node['signature']>>();
  visitAll(tree, ({ value, signature, position }) => {
    if (value instanceof RegExp) patterns.set(position, value);
    if (signature?.validate !== undefined) signatures.set(position, signature);
  });

  let found: Mistake | undefined;
  visitAll(tree, (node) => {
    if (node.signature !== undefined && node.signature.validate === undefined)
      node.signature = signatures.get(node.position) ?? node.signature;
    const original = patterns.get(node.position);
    if (node.type !== 'regex' || original === undefined) return;
    const place = placeOf(node, tokens) ?? { offset: 0, length: 0 };
    try {
      node.value = compilePattern(original);
      // re2js takes it for the letter k
      if (NAMED_BACK_REFERENCE.test(original.source)) found ??= wrongPattern(undefined, original, place);
    } catch (thrown) {
      found ??= wrongPattern(thrown, original, place);
    }
  });
  return found;
}

function wrongPattern(
  thrown: unknown,
  { source }: RegExp,
  place: { offset: number; length: number },
): Mistake {
  if (/\(\?<?[=!]/.test(source))
    return mistake(
      place,
      'regular expressions have no lookaround here',
      `${LINEAR}; take two steps, or a group and $1`,
    );
  if (/\\[1-9]/.test(source) || NAMED_BACK_REFERENCE.test(source))
    return mistake(
      place,
      'regular expressions have no back-references here',
      `${LINEAR}; compare two groups with \`=\``,
    );
  const why = messageOf(thrown).replace('error parsing regexp: ', '');
  return mistake(
    place,
    `this regular expression can't be used: ${why}`,
    `${LINEAR}: github.com/google/re2/wiki/Syntax`,
  );
}

const FUNCTION_WORDS: ReadonlySet<string> = new Set(['function', 'λ']);

const NAMED_BACK_REFERENCE = /\\k</;
const LINEAR = 'They are those of RE2, which run in linear time on any text';
