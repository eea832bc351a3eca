import type { Config } from '../model/config.ts';
import type { Json } from '../model/json.ts';
import type { Link } from '../model/link.ts';
import type { Sync } from '../model/sync.ts';
import { decide, decideFarewell } from '../reconcile/decide.ts';
import { foldMembers } from '../reconcile/fold.ts';
import { MOST_STEPS } from './turn/converge.ts';
import { linkAfter, type Course } from './turn/course.ts';
import { requestOf, wordFor } from './inspect/journal-words.ts';
import type { LaneRuntime } from './runtime.ts';
import { save } from './turn/save.ts';
import type { Work } from './turn/work.ts';

/** `mode: report`, its own or that of a parent: what has no parent can't be written either. */
export function isReported({ syncs }: Config, sync: Sync): boolean {
  const seen = new Set<Sync>();
  for (let at: Sync | undefined = sync; at && !seen.has(at); at = at.parent && syncs.get(at.parent.sync)) {
    if (at.report) return true;
    seen.add(at);
  }
  return false;
}

/** Goes the way that `converge` would and sends nothing: neither member nor link know of it, so that `apply` finds it all to do. */
export async function report(runtime: LaneRuntime, work: Work): Promise<void> {
  const { read } = runtime.store;
  const fold = work.members.length > 0 ? foldMembers(work.members) : undefined;
  const parent = fold?.parent === undefined ? undefined : await read.links.get(fold.parent);
  let link = await read.links.get(work.targetKey);
  const course = { runtime, work, resource: work.resource, fold, parent, successesBefore: 0, steps: [] };
  const parentId = parent?.targetId ?? link?.parentId ?? null;
  const steps: Json[] = [];
  const words: string[] = [];
  for (let n = 0; n < MOST_STEPS; n++) {
    const decision = fold
      ? decide(fold, link, work.resource, parentId)
      : decideFarewell(work.farewell, link, work.resource);
    if (decision.type !== 'step') break;
    if (decision.step.type !== 'read') {
      steps.push(requestOf(decision.step));
      words.push(wordFor(decision.step));
      const { targetKey, events } = work;
      runtime.stepped({ targetKey, events, step: decision.step, before: link, reported: true });
    }
    link = asIfApplied({ ...course, link }, decision.step, parentId);
  }
  const reason = ['report', words.join(', ') || 'unchanged', ...work.warnings].join(': ');
  await save(
    { runtime, work },
    {
      journal: { step: { type: 'report', steps }, answer: 'not sent' },
      followUp: { type: 'settled', verdict: { state: 'skipped', reason } },
    },
  );
}

function asIfApplied(course: Course, step: Parameters<typeof linkAfter>[1], parentId: string | null): Link {
  const targetId = course.link?.targetId ?? '';
  return { ...linkAfter(course, step, { type: 'applied', targetId, answer: null }), parentId };
}
