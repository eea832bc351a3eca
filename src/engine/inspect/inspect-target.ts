import type { Failure } from '../../model/intent.ts';
import type { Applied } from '../../model/link.ts';
import { keyOf } from '../../model/target-key.ts';
import type { Store } from '../../store/store.ts';
import { iso } from './inspect-list.ts';

/** What the store knows of a target. Times are ISO 8601. */
export interface TargetNow {
  readonly targetKey: string;
  /** The part of the target key that identifies it in its resource. */
  readonly key: string;
  /** Null where nothing was created or found yet. */
  readonly link: {
    readonly id: string;
    readonly resource: string;
    readonly account: string;
    readonly parentId: string | null;
    readonly origin: 'created' | 'adopted';
    readonly gone: boolean;
    /** Null where it was never written to. */
    readonly writtenAt: string | null;
    readonly applied: Applied;
  } | null;
  /** Whose fold it holds. */
  readonly members: readonly {
    readonly sync: string;
    readonly key: string;
    readonly updatedAt: string | null;
  }[];
  /** A create whose end nobody knows. */
  readonly intent: {
    readonly event: number;
    readonly sentAt: string;
    readonly lookAt: string;
    readonly failure: Failure | null;
  } | null;
}

/** Nothing for an event that never came to have a target. */
export async function targetNow({ read }: Store, targetKey: string): Promise<TargetNow | null> {
  if (targetKey === '') return null;
  const link = await read.links.get(targetKey);
  const members = await read.members.of(targetKey);
  const intent = await read.intents.get(targetKey);
  return {
    targetKey,
    key: keyOf(targetKey),
    link: link
      ? {
          id: link.targetId,
          resource: link.resource,
          account: link.account,
          parentId: link.parentId,
          origin: link.origin,
          gone: link.gone,
          writtenAt: link.writtenAt === 0 ? null : iso(link.writtenAt),
          applied: link.applied,
        }
      : null,
    members: members.map(({ sync, key, updatedMs }) => ({
      sync,
      key,
      updatedAt: updatedMs === null ? null : iso(updatedMs),
    })),
    intent: intent
      ? {
          event: intent.event,
          sentAt: iso(intent.sentAt),
          lookAt: iso(intent.lookAt),
          failure: intent.failure,
        }
      : null,
  };
}
