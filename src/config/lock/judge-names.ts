import type { Catalog } from '../../catalog/load.ts';
import type { Lock } from '../../model/lock.ts';
import type { Problem } from '../../model/problem.ts';
import { inOrder } from '../check.ts';
import { checkValues } from '../checks/check-values.ts';
import { inspectAll } from '../inspections.ts';
import type { Files } from '../reading.ts';
import type { Node } from '../tree.ts';
import { checkLocation } from './check-location.ts';

/** What is wrong with the names of a checked config, by what is known of its locations: as `validate` tells it of a lock. */
export function judgeNames(
  { root, files }: { readonly root: Node; readonly files: Files },
  lock: Lock,
  catalog: Catalog,
): readonly Problem[] {
  const inspected = inspectAll(root, files.samples);
  // The files were read without their lock.
  const unlocked = new Set(checkValues(root, inspected, files, catalog).map(textOf));
  const values = checkValues(root, inspected, { ...files, lock }, catalog);
  return inOrder([
    ...checkLocation(root, inspected, { ...files, lock }),
    ...values.filter((problem) => !unlocked.has(textOf(problem))),
  ]);
}

function textOf({ message, at }: Problem): string {
  return `${at?.file ?? ''} ${at?.start ?? ''} ${message}`;
}
