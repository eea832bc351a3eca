import { truthOf } from '../expression/infer-logic.ts';
import type { Problem } from '../model/problem.ts';
import { spanInside } from './fill-variables.ts';
import type { Inspected } from './inspections.ts';
import { problemAt } from './problem-at.ts';
import type { Texts } from './texts.ts';

/** A `when` that no record satisfies. */
export function checkConditions(inspected: readonly Inspected[], texts: Texts): readonly Problem[] {
  return inspected.flatMap(({ place, inspection, unsampled }) => {
    const isWhen = place.path[0] === 'syncs' && place.path.at(-1) === 'when';
    const explained = inspection.findings.some(({ type }) => type !== 'missing-is-not-unequal');
    if (!isWhen || explained || truthOf(inspection.type) !== false) return [];
    const at = spanInside(texts, place.node, 0, String(place.node.value).length);
    const isRule = place.path.includes('tags');
    const off = isRule ? 'or remove the rule' : 'or write enabled: false to switch the sync off';
    // Other syncs go on: a sync that never does anything is no reason to stop them.
    const warn = (message: string, remedy: string): Problem[] => [
      { ...problemAt('always-false', at, message, remedy), severity: 'warning' },
    ];
    if (truthOf(unsampled().type) === false)
      return warn('this condition is false for every record', `correct it, ${off}`);
    const message =
      'this condition is false for every record like those of the sample: its two sides are never of one type';
    const remedy = `compare with a value of the same type, such as "1" or 1, true or "true", ${off}`;
    return warn(message, remedy);
  });
}
