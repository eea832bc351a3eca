import type { Lock } from '../../model/lock.ts';
import type { Problem } from '../../model/problem.ts';
import { problemAt } from '../problem-at.ts';
import { child, entriesOf, entryAt, textOf } from '../tree.ts';
import type { Node } from '../tree.ts';
import { isOther } from './locked-location.ts';

/** Connections whose location the lock does not know, or that have another one by now: their names are not judged. */
export function checkLock(root: Node, lock: Lock | undefined): readonly Problem[] {
  if (!lock) return [];
  return entriesOf(child(root, 'connections')).flatMap(({ name, key, value }) => {
    if (textOf(child(value, 'type')) !== 'ghl') return [];
    const locked = lock.get(name);
    if (!locked) {
      const message = `the lock knows nothing of connection "${name}": names in its location are not checked`;
      return [warning(key, message)];
    }
    if (!isOther(root, name, locked)) return [];
    const at = entryAt(value, 'location')?.value.at ?? key;
    const message = `the lock is of another location, ${shown(locked)}: names are not checked`;
    return [warning(at, message)];
  });
}

function shown({ id, name }: { readonly id: string; readonly name: string }): string {
  return name === '' ? id : `${id} ("${name}")`;
}

function warning(at: Problem['at'] & object, message: string): Problem {
  return {
    ...problemAt('lock', at, message, 'run boothsync pull, and commit what it writes'),
    severity: 'warning',
  };
}
