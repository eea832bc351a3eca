import type { Settlement } from '../../settle/settle.ts';
import type { Link } from '../../model/link.ts';
import { sourceOf } from './course.ts';
import { outlookFor } from './parent-of.ts';
import type { Told } from '../discreet.ts';
import type { LaneRuntime } from '../runtime.ts';
import { save } from './save.ts';
import type { Work } from './work.ts';

/** Who has lost a parent: a child, or a call. */
export interface Orphan {
  readonly runtime: LaneRuntime;
  readonly work: Told & Pick<Work, 'targetKey' | 'parentTimeoutMs'>;
  readonly parent: Link;
}

/**
 * Somebody deleted a parent by hand (ENGINE case 18): it is taken up, looked for and created anew, and the orphan waits for
 * it; unless the parent's sync says to leave it so. False where it waits.
 */
export async function waitForLostParent(
  orphan: Orphan,
  journal: Settlement['journal'] & object,
): Promise<boolean> {
  const { runtime, work, parent } = orphan;
  const { config, clock, locks } = runtime;
  const { targetKey } = parent;
  const parentSync = config.syncs.get(work.events.at(-1)!.sync)?.parent?.sync;
  const refused = { journal, intent: 'clear' } as const;
  if (config.syncs.get(parentSync ?? '')?.onMissing === 'skip') {
    const reason = 'its parent was deleted by hand, and `onMissing` says to leave it so';
    const verdict = { state: 'skipped', reason } as const;
    await save(orphan, { ...refused, followUp: { type: 'settled', verdict } });
    return true;
  }
  // Who has it may find out as well, or come after live changes for a long time: each other try would cost calls in vain.
  await runtime.away(() => locks.wait(targetKey));
  try {
    const outlook = await outlookFor(runtime, work.events.at(-1)!, targetKey);
    await save(orphan, {
      ...refused,
      lostParent: {
        account: runtime.account,
        targetKey,
        targetId: parent.targetId,
        sourceOf: sourceOf(runtime),
      },
      followUp: {
        type: 'wait',
        parent: targetKey,
        until: clock.now() + work.parentTimeoutMs,
        whileComing: outlook !== 'open',
      },
    });
  } finally {
    locks.giveBack(targetKey);
  }
  return false;
}
