import type { Problem } from '../../model/problem.ts';
import { problemAt } from '../problem-at.ts';
import { child, entriesOf, textOf } from '../tree.ts';
import type { Node } from '../tree.ts';

/** Sources that syncs read, and that nothing ever brings a record to. */
export function checkTriggers(root: Node): readonly Problem[] {
  const read = entriesOf(child(root, 'syncs')).map(({ value }) => textOf(child(value, 'from')));
  return entriesOf(child(root, 'sources'))
    .filter(({ name, value }) => value.kind === 'map' && read.includes(name) && !isTriggered(value))
    .map(({ name, key }) => {
      const message = `source "${name}" has neither poll nor webhook: no record will ever come`;
      return {
        ...problemAt('missing-property', key, message, 'add "poll:" or "webhook:"'),
        severity: 'warning',
      };
    });
}

function isTriggered(source: Node): boolean {
  return ['poll', 'webhook', 'resource'].some((trigger) => child(source, trigger) !== undefined);
}
