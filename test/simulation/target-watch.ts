import { isDeepStrictEqual } from 'node:util';
import type { Contact } from '../../src/sandbox/ghl/contact.ts';
import type { Ghl } from '../../src/sandbox/ghl/ghl.ts';
import type * as records from '../../src/sandbox/ghl/location-records.ts';

/** Something that the target holds, as it is. */
export type Held =
  | { readonly kind: 'contact'; readonly is: Contact }
  | { readonly kind: 'task'; readonly is: records.Task }
  | { readonly kind: 'note'; readonly is: records.Note }
  | { readonly kind: 'appointment'; readonly is: records.Appointment }
  | { readonly kind: 'remark'; readonly is: records.AppointmentNote }
  | { readonly kind: 'deal'; readonly is: records.Opportunity }
  | { readonly kind: 'block'; readonly is: records.BlockSlot }
  | { readonly kind: 'firm'; readonly is: records.Business }
  | { readonly kind: 'run'; readonly is: records.WorkflowRun };

/** What became of one of them. Without `before` it is new, without `after` it is gone. */
export interface Change {
  readonly before?: Held;
  readonly after?: Held;
}

/** Sees what changes in the target. */
export interface TargetWatch {
  /** Since it was last asked. */
  readonly changes: () => Change[];
}

/** When something was touched says nothing of what it holds. */
const STAMPS = new Set(['dateUpdated', 'updatedAt', 'lastStatusChangeAt', 'lastStageChangeAt']);

export function createTargetWatch(ghl: Ghl): TargetWatch {
  let known = snapshot(ghl);
  return {
    changes: () => {
      const before = known;
      known = snapshot(ghl);
      const gone = [...before].filter(([id]) => !known.has(id)).map(([, held]) => ({ before: held }));
      const touched = [...known].flatMap(([id, after]): Change[] => {
        const held = before.get(id);
        if (!held) return [{ after }];
        return isSame(held, after) ? [] : [{ before: held, after }];
      });
      return [...gone, ...touched];
    },
  };
}

/** Whatever is stored is replaced as a whole by each write: most is told apart without a look inside. */
function isSame(one: Held, other: Held): boolean {
  return one.is === other.is || isDeepStrictEqual(unstamped(one.is), unstamped(other.is));
}

function unstamped(is: object): object {
  return Object.fromEntries(Object.entries(is).filter(([name]) => !STAMPS.has(name)));
}

function snapshot(ghl: Ghl): Map<string, Held> {
  const appointments = ghl.appointments();
  const held: Held[] = [
    ...ghl.contacts().map((is) => ({ kind: 'contact', is }) as const),
    ...ghl.tasks().map((is) => ({ kind: 'task', is }) as const),
    ...ghl.notes().map((is) => ({ kind: 'note', is }) as const),
    ...appointments.map((is) => ({ kind: 'appointment', is }) as const),
    ...appointments.flatMap(({ id }) =>
      ghl.appointmentNotes(id).map((is) => ({ kind: 'remark', is }) as const),
    ),
    ...ghl.opportunities().map((is) => ({ kind: 'deal', is }) as const),
    ...ghl.blockSlots().map((is) => ({ kind: 'block', is }) as const),
    ...ghl.businesses().map((is) => ({ kind: 'firm', is }) as const),
    ...ghl.workflowRuns().map((is) => ({ kind: 'run', is }) as const),
  ];
  return new Map(held.map((one, at) => [one.kind === 'run' ? `run ${at}` : one.is.id, one]));
}
