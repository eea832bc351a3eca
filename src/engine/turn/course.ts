import type { Resource } from '../../catalog/resource.ts';
import type { Target } from '../../deliver/context.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { Link } from '../../model/link.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { Decision, Fields, Step } from '../../model/step.ts';
import { keyOf } from '../../model/target-key.ts';
import { adopt, advance, doubt } from '../../reconcile/advance.ts';
import { decide, decideFarewell, decideMove } from '../../reconcile/decide.ts';
import type { Fold } from '../../reconcile/fold.ts';
import type { Settlement } from '../../settle/settle.ts';
import { landsBy } from './landing.ts';
import { isAsked } from './results-of-record.ts';
import type { LaneRuntime } from '../runtime.ts';
import type { Work } from './work.ts';

/** One target on its way to what its members want. */
export interface Course {
  readonly runtime: LaneRuntime;
  readonly work: Work;
  readonly resource: Resource;
  /** Nothing where the last member has left. */
  readonly fold: Fold | undefined;
  /** Of a child. */
  readonly parent: Link | undefined;
  readonly successesBefore: number;
  /** Words for what was done so far. */
  readonly steps: readonly string[];
  readonly link: Link | undefined;
  /** Its id before somebody deleted it by hand. */
  readonly lostId?: string;
  /** Fields that it was seen to have nothing for, in this turn. */
  readonly vacant?: readonly string[];
}

/** Outcomes after which the target is nearer to what is wanted. */
export type Applied = Extract<Outcome, { type: 'applied' | 'adopted' }>;
/** What is to be done for the target as it stands. */
export function decideNext({ work, fold, link, resource, parent, vacant }: Course): Decision {
  if (fold) return decide(fold, link, resource, parent?.targetId ?? null, vacant);
  return (work.movesOn ? decideMove : decideFarewell)(work.farewell, link, resource);
}

/** The target as delivering knows it. */
export function targetOf(course: Course, step: Step): Target {
  const { work, resource, fold, link, parent } = course;
  // What is there is under the parent that it was created under; what comes goes under the one of now.
  const parentId = step.type === 'create' ? parent?.targetId : (link?.parentId ?? parent?.targetId);
  return {
    targetKey: work.targetKey,
    key: keyOf(work.targetKey),
    resource,
    mapped: mappedIn(link, fold),
    match: work.match,
    priority: Math.min(...work.events.map((event) => event.priority)),
    event: work.events.at(-1)!.id,
    before: () => unsettle(course, step),
    ...(link && !link.gone ? { targetId: link.targetId } : {}),
    ...(parentId === undefined
      ? {}
      : { parent: { targetId: parentId, origin: parent?.origin ?? 'created' } }),
  };
}

/**
 * From now on, until an answer is settled, nobody knows what the step touches. Should this process die, what is wanted next
 * is sent, even where it is what was there before.
 */
async function unsettle({ runtime, link, fold }: Course, step: Step): Promise<void> {
  if (!link) return;
  const unsure = doubt(link, step, fold, landsBy(runtime));
  await runtime.store.write((tables) => tables.links.put(unsure));
}

/** What a field held stays where the mapping yields nothing now; what people own since the create is theirs. */
function mappedIn(link: Link | undefined, fold: Fold | undefined): Fields {
  const held = Object.entries(link?.applied.fields ?? {}).filter(
    ([name]) => !(name in (fold?.onCreate ?? {})),
  );
  return { ...Object.fromEntries(held), ...fold?.always };
}

/** The link after an answered step. */
export function linkAfter({ runtime, work, fold, link, parent }: Course, step: Step, outcome: Applied): Link {
  const { targetId } = outcome;
  const parentId = step.type === 'create' ? (parent?.targetId ?? null) : (link?.parentId ?? null);
  const identity = {
    targetKey: work.targetKey,
    account: runtime.account,
    resource: work.resource.name,
    targetId,
    parentId,
  };
  const shown = answerAfter(runtime, work, step, outcome) ?? link?.answer;
  const answer = shown === undefined || step.type === 'delete' ? {} : { answer: shown };
  if (outcome.type === 'adopted') {
    const foundUnder = { ...identity, parentId: outcome.parentId ?? parentId };
    return { ...adopt(foundUnder, outcome.sent, outcome.sentAt), ...answer };
  }
  const seen = {
    ...(outcome.seenTags ? { seenTags: outcome.seenTags } : {}),
    ...(outcome.vacant ? { vacant: outcome.vacant } : {}),
  };
  return { ...advance(link, { ...identity, step, fold, ...seen, now: runtime.clock.now() }), ...answer };
}

/** The target as an answer shows it, where a call asks for that. */
function answerAfter(
  { config }: LaneRuntime,
  { members }: Work,
  step: Step,
  outcome: Applied,
): Json | undefined {
  if (outcome.type !== 'applied' || !outcome.shown || step.type === 'delete') return undefined;
  return members.some(({ sync }) => isAsked(config, sync)) ? (outcome.shown as JsonObject) : undefined;
}

/** Deleted by ourselves when its last record left: its children went with it, whoever wanted them. */
export function lostBefore({ link }: Course): Pick<Course, 'lostId'> {
  return link?.gone ? { lostId: link.targetId } : {};
}

/** Children of a target that was created anew: they went with the old one. */
export function orphansOf({ lostId, runtime }: Course, born: boolean): Pick<Settlement, 'orphans'> {
  if (!born || lostId === undefined) return {};
  return { orphans: { account: runtime.account, parentId: lostId, sourceOf: sourceOf(runtime) } };
}

/** Those who stay where a record came from are taken up again, in the transaction in which it leaves. */
export function leftBehind({ work, runtime }: Course): Pick<Settlement, 'left'> {
  if (work.left.length === 0) return {};
  return { left: { account: runtime.account, targets: work.left, sourceOf: sourceOf(runtime) } };
}

export function sourceOf({ config }: LaneRuntime): (sync: string) => string | undefined {
  return (sync) => config.syncs.get(sync)?.source;
}
