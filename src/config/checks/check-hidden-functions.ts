import { isFunctionName } from '../../expression/language.ts';
import type { Problem } from '../../model/problem.ts';
import { warningAt } from '../problem-at.ts';
import { child, entriesOf } from '../tree.ts';
import type { Node } from '../tree.ts';

/** A name under `let` that is a function's: whoever calls `$count(…)` in the source's syncs would call a value. */
export function checkHiddenFunctions(root: Node): readonly Problem[] {
  return entriesOf(child(root, 'sources'))
    .flatMap(({ value }) => entriesOf(child(value, 'let')))
    .filter(({ name }) => isFunctionName(name))
    .map(({ name, key }) => {
      const message = `$${name} is a function, which nothing can call where this name hides it`;
      const remedy = `choose another name, such as the_${name}`;
      return warningAt('bad-value', key, message, remedy);
    });
}
