import { createGhl, type Ghl } from '../../src/sandbox/ghl/ghl.ts';
import { createBooth, type Booth } from './booth.ts';
import { PER_MS } from './configs.ts';
import { CALENDAR } from './configs-more.ts';
import { createDice, type Dice } from './dice.ts';
import { createCallJudge, type CallJudge } from './judge-call.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { createNetwork, type Network } from './network.ts';
import type { Parts } from './parts.ts';
import { LOW_LIMIT, type Plan } from './plan.ts';
import { sourceApi } from './source-api.ts';
import { createTargetWatch, type TargetWatch } from './target-watch.ts';
import { createSlots } from './slots.ts';
import { createView, type View } from './view.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What people did in the target by hand, and what was forgotten with a store. */
export interface HandWork {
  /** Tags by contact id. */
  readonly tags: Map<string, Set<string>>;
  /** Keys whose contact somebody deleted. */
  readonly deleted: Set<string>;
  readonly deletedTasks: Set<string>;
  readonly deletedNotes: Set<string>;
  /** Keys whose contact somebody made. */
  readonly created: Set<string>;
  /** Tags by contact id that were there when a store was lost: whose they are nobody knows any more. */
  readonly kept: Map<string, Set<string>>;
  /** Runs of the action, by their start, that may be had once more: a lost store forgot them, or a person retries. */
  readonly runsMore: Map<string, number>;
  /** Memos whose person was nobody's at the time a store was lost: nothing leads to their notes any more. */
  readonly forgottenNotes: Set<string>;
  /** How often a store was lost. */
  losses: number;
}

export interface World {
  readonly plan: Plan;
  readonly parts: Parts;
  readonly time: VirtualTime;
  readonly dice: Dice;
  readonly ghl: Ghl;
  readonly booth: Booth;
  readonly network: Network;
  readonly ledger: Ledger;
  readonly watch: TargetWatch;
  readonly judge: CallJudge;
  readonly hand: HandWork;
  /** Whose a contact is, by its id: the key that it had when it was last seen. */
  readonly owners: Map<string, string>;
  readonly storePath: string;
  readonly view: View;
  readonly trace: string[];
  readonly problems: string[];
  /** When the disk was full or the clock was set last, in ms of virtual time. */
  lastMisfortune: number;
  /** When the runner began that works now, in ms of virtual time; later than all where none does. */
  startedAt: number;
  /** The runner builds a lost store anew: it looks before each create. */
  rebuilds: boolean;
}

export function createWorld(plan: Plan, parts: Parts, time: VirtualTime, storePath: string): World {
  const { setup } = plan;
  const dice = createDice(setup.dice);
  const ghl = createGhl({
    seed: setup.dice,
    clock: {
      now: time.rightNow,
      monotonic: time.monotonic,
      sleep: (ms) => new Promise((resolve) => void time.after(ms, () => resolve())),
    },
    limit: { requests: setup.requests, perMs: PER_MS },
    unknownContact: setup.unknownContact,
    allowDuplicateContact: setup.allowTwins,
  });
  ghl.addCalendar({ id: CALENDAR, name: 'Fairs', overlapProtection: true });
  const booth = createBooth(setup, time.rightNow);
  const trace: string[] = [];
  const ledger = createLedger(setup, time.monotonic);
  const watch = createTargetWatch(ghl);
  const judge = createCallJudge(booth, ghl, setup, time.monotonic);
  const source = sourceApi(booth, setup);
  const problems: string[] = [];
  const slots = createSlots(
    time,
    setup.requests,
    (words) => problems.push(words),
    () => setup.requests === LOW_LIMIT && isSending(world),
  );
  const network = createNetwork({ time, dice, ghl, source, ledger, watch, judge, slots, trace });
  const hand: HandWork = {
    tags: new Map(),
    deleted: new Set(),
    deletedTasks: new Set(),
    deletedNotes: new Set(),
    created: new Set(),
    kept: new Map(),
    runsMore: new Map(),
    forgottenNotes: new Set(),
    losses: 0,
  };
  const rest = {
    trace,
    owners: new Map<string, string>(),
    problems,
    lastMisfortune: -Infinity,
    startedAt: Infinity,
    rebuilds: false,
  };
  const world: World = {
    plan,
    parts,
    time,
    dice,
    ghl,
    booth,
    network,
    ledger,
    watch,
    judge,
    hand,
    storePath,
    view: createView(storePath),
    ...rest,
  };
  return world;
}

/** A runner that has found its pace is about to send, and nobody is in its way. */
function isSending({ plan, time, startedAt, lastMisfortune, view }: World): boolean {
  const { setup } = plan;
  const isUndisturbed = setup.faults === 0 && !plan.steps.some(({ type }) => type === 'outage');
  const since = time.monotonic() - Math.max(startedAt, lastMisfortune);
  if (!isUndisturbed || since < 2 * PER_MS) return false;
  return view.query("select id from events where state = 'sending'").length > 0;
}
