import type { Failure } from '../model/intent.ts';
import type { Settlement } from '../settle/settle.ts';
import { sourceOf, type Course } from './course.ts';
import { save } from './save.ts';

/** How long a child rests where its parent is under way itself, in ms. */
const REST_MS = 1_000;

/**
 * Somebody deleted a child's parent by hand (ENGINE case 18): the parent is taken up, looked for and created anew, and the
 * child waits for it; unless the parent's sync says to leave it so.
 */
export async function waitForLostParent(
  course: Course,
  failure: Failure,
  journal: Settlement['journal'] & object,
): Promise<void> {
  const { runtime, work, fold, parent } = course;
  const { config, clock, lock, unlock } = runtime;
  const targetKey = fold!.parent!;
  const parentSync = config.syncs.get(work.events.at(-1)!.sync)?.parent?.sync;
  const refused = { journal, intent: 'clear' } as const;
  if (config.syncs.get(parentSync ?? '')?.onMissing === 'skip') {
    const reason = 'its parent was deleted by hand, and `onMissing` says to leave it so';
    const verdict = { state: 'skipped', reason } as const;
    await save(course, { ...refused, followUp: { type: 'settled', verdict } });
    return;
  }
  if (!lock(targetKey)) {
    const { message: reason } = failure;
    await save(course, {
      ...refused,
      followUp: { type: 'again', due: clock.now() + REST_MS, reason, failures: 0 },
    });
    return;
  }
  try {
    await save(course, {
      ...refused,
      lostParent: {
        account: runtime.account,
        targetKey,
        targetId: parent!.targetId,
        sourceOf: sourceOf(runtime),
      },
      followUp: { type: 'wait', parent: targetKey, until: clock.now() + work.parentTimeoutMs },
    });
  } finally {
    unlock(targetKey);
  }
}
