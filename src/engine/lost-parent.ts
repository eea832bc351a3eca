import type { Settlement } from '../settle/settle.ts';
import { sourceOf, type Course } from './course.ts';
import { save } from './save.ts';

/**
 * Somebody deleted a child's parent by hand (ENGINE case 18): the parent is taken up, looked for and created anew, and the
 * child waits for it; unless the parent's sync says to leave it so.
 */
export async function waitForLostParent(
  course: Course,
  journal: Settlement['journal'] & object,
): Promise<void> {
  const { runtime, work, fold, parent } = course;
  const { config, clock, locks } = runtime;
  const targetKey = fold!.parent!;
  const parentSync = config.syncs.get(work.events.at(-1)!.sync)?.parent?.sync;
  const refused = { journal, intent: 'clear' } as const;
  if (config.syncs.get(parentSync ?? '')?.onMissing === 'skip') {
    const reason = 'its parent was deleted by hand, and `onMissing` says to leave it so';
    const verdict = { state: 'skipped', reason } as const;
    await save(course, { ...refused, followUp: { type: 'settled', verdict } });
    return;
  }
  // Who has it may find out as well, or come after live changes for a long time: each other try would cost calls in vain.
  await runtime.away(() => locks.wait(targetKey));
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
    locks.giveBack(targetKey);
  }
}
