import { isNode, isScalar, visit, type Document, type Pair } from 'yaml';

/** Stands in no YAML text: a control character, which YAML forbids. */
const MARK = '\u0001';

/**
 * `accounts: # who` in front of a map: the YAML package keeps such a comment with the map and writes it below the key.
 * Marked, `atTheirKeys` can bring it back, whatever the key is called by then.
 */
export function markKeyComments(document: Document, text: string): void {
  visit(document, { Pair: (_, pair) => markOf(pair, text) });
}

function markOf({ key, value }: Pair, text: string): void {
  if (!isScalar(key) || !key.range || !isNode(value)) return;
  const [line = ''] = text.slice(key.range[1]).split('\n', 1);
  const held = value.commentBefore ? 'commentBefore' : 'comment';
  const [first, ...below] = (value[held] ?? '').split('\n');
  // What stands behind the value, on one line, is written there anyway.
  if (!first || (held === 'comment' && below.length === 0) || !line.endsWith(`#${first}`)) return;
  value[held] = [`${MARK}${first}`, ...below].join('\n');
}

/** Each marked comment of a written text on the line of its key again. */
export function atTheirKeys(written: string): string {
  return written.replaceAll(new RegExp(`\\s*\\n\\s*#${MARK}`, 'g'), ' #').replaceAll(MARK, '');
}
