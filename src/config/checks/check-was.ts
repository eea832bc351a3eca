import type { Problem } from '../../model/problem.ts';
import { problemAt } from '../problem-at.ts';
import { child, entriesOf, entryAt, textOf } from '../tree.ts';
import type { Node } from '../tree.ts';

/** `was` hands on what another name has written: that name can't be in use, nor handed on twice. */
export function checkWas(root: Node): readonly Problem[] {
  const syncs = entriesOf(child(root, 'syncs'));
  const claimed = new Map<string, string>();
  return syncs.flatMap(({ name, value }) => {
    const was = entryAt(value, 'was');
    const old = textOf(was?.value);
    if (!was || !old) return [];
    const other = claimed.get(old);
    claimed.set(old, name);
    if (syncs.some((sync) => sync.name === old)) {
      const message = `there is a sync "${old}" still: what it has written is its own`;
      return [problemAt('bad-value', was.value.at, message, 'take out the old sync, or this line')];
    }
    if (other === undefined) return [];
    const message = `sync "${other}" was "${old}" already`;
    return [problemAt('bad-value', was.value.at, message, 'only one can be the renamed sync')];
  });
}
