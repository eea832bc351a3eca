import type { Problem } from '../../model/problem.ts';
import { warningAt } from '../problem-at.ts';
import { child, entriesOf, entryAt, itemsOf, textOf } from '../tree.ts';
import type { Node } from '../tree.ts';

/** Tag rules whose words changed places, `else` where there is nothing to take away, and several tags in one text. */
export function checkTagRules(root: Node): readonly Problem[] {
  return entriesOf(child(root, 'syncs')).flatMap(({ value }) =>
    itemsOf(child(value, 'tags')).flatMap((rule) => [...(swapped(rule) ?? emptyElse(rule)), ...commas(rule)]),
  );
}

/** `add: booked, customer` is one tag. In quotes, or in a list, that may be meant. */
function commas(rule: Node): Problem[] {
  return [rule, child(rule, 'add'), child(rule, 'remove')].flatMap((node) => {
    if (node?.kind !== 'scalar' || node.style !== 'plain' || !SEVERAL.test(node.source)) return [];
    const remedy = `write [${node.source}] for several, or put it in quotes`;
    return [warningAt('bad-value', node.at, 'this is one tag, with a comma in it', remedy)];
  });
}

const SEVERAL = /^[\p{L}\p{N}_-]+(?:\s*,\s*[\p{L}\p{N}_-]+)+$/u;

/** `remove: else` for `else: remove`: it takes away a tag that is called so. */
function swapped(rule: Node): Problem[] | undefined {
  const remove = entryAt(rule, 'remove');
  const isSwapped = remove && textOf(remove.value) === 'else' && child(rule, 'add');
  return isSwapped
    ? [
        warningAt(
          'bad-value',
          remove.key,
          'this takes away a tag that is called "else"',
          'write else: remove',
        ),
      ]
    : undefined;
}

function emptyElse(rule: Node): Problem[] {
  const otherwise = entryAt(rule, 'else');
  // A rule without both was told: what its "else" takes away is what it forgot to add.
  if (!otherwise || child(rule, 'add') || !child(rule, 'remove')) return [];
  const message = '"else" takes away what "add" has added, and this rule adds nothing';
  return [warningAt('bad-value', otherwise.key, message, 'take it out')];
}
