import * as fc from 'fast-check';
import { createDice, type Dice } from './dice.ts';
import { LOW_LIMIT, type Deed, type Plan, type Setup, type Step } from './plan.ts';

const BOOKINGS = 6;
const PEOPLE = 9;

const booking = fc.nat(BOOKINGS - 1);
const memo = fc.nat(2);
const person = fc.oneof({ weight: 4, arbitrary: fc.nat(2) }, { weight: 3, arbitrary: fc.nat(PEOPLE - 1) });
const downMs = fc.oneof(fc.constant(0), fc.nat(500), fc.nat(30_000));

function only<T extends string>(type: T) {
  return fc.constant(type);
}

const saved = {
  type: only('save'),
  booking,
  person,
  status: fc.constantFrom('Draft', 'Confirmed', 'Confirmed', 'Cancelled'),
  kind: fc.constantFrom('wedding', 'party', ''),
  withTask: fc.boolean(),
  start: fc.nat(1),
} as const;

const byPeople: fc.WeightedArbitrary<Deed>[] = [
  { weight: 40, arbitrary: fc.record(saved) },
  { weight: 1, arbitrary: fc.record({ ...saved, future: fc.constant(true) }) },
  { weight: 6, arbitrary: fc.record({ type: only('remove'), booking }) },
  { weight: 2, arbitrary: fc.record({ type: only('vanish'), booking }) },
  { weight: 6, arbitrary: fc.record({ type: only('memo'), memo, person }) },
  { weight: 2, arbitrary: fc.record({ type: only('remove-memo'), memo }) },
  { weight: 3, arbitrary: fc.record({ type: only('hand-tag'), person }) },
  { weight: 1, arbitrary: fc.record({ type: only('hand-delete'), person }) },
  { weight: 1, arbitrary: fc.record({ type: only('hand-delete-task'), booking }) },
  { weight: 1, arbitrary: fc.record({ type: only('hand-delete-note'), memo }) },
  { weight: 2, arbitrary: fc.record({ type: only('hand-create'), person }) },
];

const toRunner: fc.WeightedArbitrary<Deed>[] = [
  { weight: 6, arbitrary: fc.record({ type: only('poll'), full: fc.boolean() }) },
  {
    weight: 5,
    arbitrary: fc.record({ type: only('crash'), commits: fc.nat(15), durable: fc.boolean(), downMs }),
  },
  { weight: 3, arbitrary: fc.record({ type: only('restart'), mapping: fc.nat(1), downMs }) },
  { weight: 1, arbitrary: fc.record({ type: only('second-runner'), ms: fc.nat(5_000) }) },
  { weight: 1, arbitrary: fc.record({ type: only('retry') }) },
  { weight: 1, arbitrary: fc.record({ type: only('lose-store') }) },
  { weight: 4, arbitrary: fc.record({ type: only('nothing') }) },
];

const jumpMs = fc.constantFrom(-120_000, -3_000, 3_000, 120_000);

const toWorld: fc.WeightedArbitrary<Deed>[] = [
  { weight: 1, arbitrary: fc.record({ type: only('jump'), ms: jumpMs }) },
  {
    weight: 1,
    arbitrary: fc.record({ type: only('source-jump'), ms: fc.constantFrom(-1_800_000, 600_000) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: only('outage'),
      kind: fc.constantFrom('503', 'reset', '401', 'hang', 'refuses-updates'),
      ms: fc.nat(60_000),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: only('disk-full'), ms: fc.nat(3_000) }) },
];

const deed: fc.Arbitrary<Deed> = fc.oneof(...byPeople, ...toRunner, ...toWorld);

const waitMs = fc.oneof(
  { weight: 4, arbitrary: fc.nat(40) },
  { weight: 4, arbitrary: fc.nat(1_000) },
  { weight: 2, arbitrary: fc.nat(8_000) },
);

const setup: fc.Arbitrary<Setup> = fc.record({
  dice: fc.noBias(fc.nat(0x7fffffff)),
  allowTwins: fc.boolean(),
  feed: fc.constantFrom('webhooks', 'polls', 'both'),
  telling: fc.constantFrom('whole', 'whole', 'partial', 'fetch'),
  stamps: fc.constantFrom('exact', 'exact', 'coarse', 'none'),
  paging: fc.constantFrom('all', 'capped', 'offset'),
  farewell: fc.constantFrom('ignore', 'delete', 'tag'),
  deliveryIds: fc.boolean(),
  quietMs: fc.constantFrom(0, 500, 2_000),
  requests: fc.constantFrom(LOW_LIMIT, 20, 100),
  faults: fc.constantFrom(0, 0.05, 0.2),
  unknownContact: fc.constantFrom(400, 404),
  oncePerKey: fc.boolean(),
  appointments: fc.boolean(),
  mapping: fc.nat(1),
});

/** Webhooks of one step of ten seconds can't be told apart: only a read of all that is there can. Without a time nothing leads on from a capped answer. */
function sensible(setup: Setup): Setup {
  const stamps = setup.stamps === 'coarse' && setup.feed !== 'polls' ? 'exact' : setup.stamps;
  const paging = setup.paging === 'capped' && stamps === 'none' ? 'all' : setup.paging;
  return { ...setup, stamps, paging };
}

const aPlan: fc.Arbitrary<Plan> = fc.record({
  setup: setup.map(sensible),
  steps: fc.array(
    fc.tuple(deed, waitMs).map(([one, wait]): Step => ({ ...one, waitMs: wait })),
    { minLength: 5, maxLength: 60, size: 'max' },
  ),
});

/** People of whom each has an address of their own: 7 is 8, whose email was written wrongly. */
const PLAIN = [0, 1, 7, 8] as const;

/** The plan that a seed stands for. Most are of plain people: those who share a phone excuse much of what may go wrong. */
export function planOf(seed: number): Plan {
  const plan = withCompletions(withMore(fc.sample(aPlan, { seed, numRuns: 1 })[0]!));
  return plan.setup.dice % 4 === 0 ? plan : { ...plan, steps: plan.steps.map(ofPlainPeople) };
}

/** Deeds that came later are drawn apart, so that a seed keeps the rest of its plan. */
function withMore({ setup, steps }: Plan): Plan {
  const dice = createDice(setup.dice ^ 0x5eed);
  const more: Step[] = [];
  if (dice.chance(0.2)) more.push({ type: 'bad-rows', ms: dice.between(100, 5_000), waitMs: 0 });
  if (setup.feed === 'both' && dice.chance(0.2)) more.push(...comesWhileRead(dice));
  // Late enough that there is something to lose.
  const at = dice.between(Math.floor(steps.length / 2), steps.length);
  const isRich = createDice(setup.dice ^ 1).chance(0.15);
  return { setup: isRich ? { ...setup, more: true } : setup, steps: steps.toSpliced(at, 0, ...more) };
}

/** Bookings that are done and not yet done after all, alone and with whatever else becomes of them. */
function withCompletions({ setup, steps }: Plan): Plan {
  const dice = createDice(setup.dice ^ 1845);
  if (!dice.chance(0.15)) return { setup, steps };
  const more = steps.flatMap((step): Step[] => {
    const one = step.type === 'save' ? { ...step, done: dice.chance(0.3) } : step;
    if (!dice.chance(0.3)) return [one];
    const booking = step.type === 'save' ? step.booking : dice.between(0, BOOKINGS - 1);
    const finish = { type: 'finish', booking, done: dice.chance(0.7) } as const;
    return [one, { ...finish, waitMs: dice.between(0, 1_500) }];
  });
  return { setup: { ...setup, completes: true }, steps: more };
}

/** A full read that takes its time, and a booking that comes meanwhile and was never there before. */
function comesWhileRead(dice: Dice): Step[] {
  const kind = dice.pick(['wedding', 'party', ''] as const);
  const rest = { status: 'Confirmed', kind, withTask: true, start: 0 } as const;
  return [
    { type: 'poll', full: true, slowMs: 1_500, waitMs: dice.between(80, 400) },
    { type: 'save', booking: BOOKINGS, person: dice.between(0, PEOPLE - 1), ...rest, waitMs: 500 },
  ];
}

function ofPlainPeople(step: Step): Step {
  return 'person' in step ? { ...step, person: PLAIN[step.person % PLAIN.length]! } : step;
}
