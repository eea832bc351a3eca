import { kindsOf } from '../../expression/types/static-type.ts';
import type { Problem } from '../../model/problem.ts';
import { spanInside } from '../fill-variables.ts';
import type { Inspected } from '../inspections.ts';
import { problemAt } from '../problem-at.ts';
import type { Texts } from '../texts.ts';

/** Expressions that yield a function where a value is wanted: every record of theirs would be a dead letter. */
export function checkFunctionValues(inspected: readonly Inspected[], texts: Texts): readonly Problem[] {
  return inspected
    .filter(({ place, inspection }) => {
      const [kind, ...more] = kindsOf(inspection.type);
      return (
        kind === 'function' && more.length === 0 && place.is === 'expression' && !isToldElsewhere(place.path)
      );
    })
    .map(({ place }) => {
      const source = String(place.node.value);
      const at = spanInside(texts, place.node, 0, source.length);
      const what = place.path.at(-2) === 'let' ? 'a name under let holds a value' : 'a value is wanted here';
      return problemAt('wrong-type', at, `${what}, and this is a function`, remedyOf(source.trim()));
    });
}

/** Of fields, keys, times and lists it is told what they take. */
function isToldElsewhere(path: Inspected['place']['path']): boolean {
  const [, , block, ...names] = path;
  const isField = (block === 'fields' || block === 'with') && names.length === 1;
  return isField || ['key', 'updatedAt', 'each'].includes(String(path.at(-1)));
}

function remedyOf(source: string): string {
  if (/^\$\w+$/.test(source)) return `call it: ${source}(…)`;
  return 'write it where it is called: ($f := function($x) { … }; $f(…))';
}
