import * as fc from 'fast-check';

/** What stays the same in one simulation. */
export interface Setup {
  /** Decides latencies, faults, ids and whatever else is drawn on the way. */
  readonly dice: number;
  readonly allowTwins: boolean;
  /** How changes reach the runner. */
  readonly feed: 'webhooks' | 'polls' | 'both';
  readonly farewell: 'ignore' | 'delete' | 'tag';
  readonly deliveryIds: boolean;
  readonly quietMs: 0 | 500 | 2_000;
  readonly requests: 5 | 20 | 100;
  /** Share of calls that a fault befalls. */
  readonly faults: 0 | 0.05 | 0.2;
  readonly unknownContact: 400 | 404;
  readonly oncePerKey: boolean;
  /** The first mapping: 0 or 1. */
  readonly mapping: number;
}

export type Deed =
  /** A booking is as described from now on: new, changed, or back from the dead. */
  | {
      readonly type: 'save';
      readonly booking: number;
      readonly person: number;
      readonly status: 'Draft' | 'Confirmed' | 'Cancelled';
      readonly kind: 'wedding' | 'party' | '';
      readonly withTask: boolean;
      readonly start: number;
    }
  | { readonly type: 'remove'; readonly booking: number }
  /** A note of a source of its own, whose parent may come later. */
  | { readonly type: 'memo'; readonly memo: number; readonly person: number }
  | { readonly type: 'remove-memo'; readonly memo: number }
  | { readonly type: 'poll'; readonly full: boolean }
  | { readonly type: 'hand-tag' | 'hand-delete' | 'hand-create'; readonly person: number }
  | { readonly type: 'hand-delete-task'; readonly booking: number }
  /** The process dies at a commit, before or after it, and comes back. */
  | {
      readonly type: 'crash';
      readonly commits: number;
      readonly durable: boolean;
      readonly downMs: number;
    }
  /** A clean stop, and a start with this mapping. */
  | { readonly type: 'restart'; readonly mapping: number; readonly downMs: number }
  | { readonly type: 'jump'; readonly ms: number }
  | { readonly type: 'outage'; readonly kind: '503' | 'reset' | '401' | 'hang'; readonly ms: number }
  | { readonly type: 'disk-full'; readonly ms: number }
  | { readonly type: 'nothing' };

/** `waitMs`: until the next. */
export type Step = Deed & { readonly waitMs: number };

export interface Plan {
  readonly setup: Setup;
  readonly steps: readonly Step[];
}

const BOOKINGS = 6;
/** 0 and 1: an email each. 2: email and phone. 3: by phone, until the email is known. 4: the same person, with it. 5, 6: a couple with one phone. */
const PEOPLE = 7;

const booking = fc.nat(BOOKINGS - 1);
const person = fc.oneof({ weight: 4, arbitrary: fc.nat(2) }, { weight: 2, arbitrary: fc.nat(PEOPLE - 1) });
const downMs = fc.oneof(fc.constant(0), fc.nat(500), fc.nat(30_000));

function only<T extends string>(type: T) {
  return fc.constant(type);
}

const save = fc.record({
  type: only('save'),
  booking,
  person,
  status: fc.constantFrom('Draft', 'Confirmed', 'Confirmed', 'Cancelled'),
  kind: fc.constantFrom('wedding', 'party', ''),
  withTask: fc.boolean(),
  start: fc.nat(1),
});

const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 40, arbitrary: save },
  { weight: 6, arbitrary: fc.record({ type: only('remove'), booking }) },
  { weight: 6, arbitrary: fc.record({ type: only('memo'), memo: fc.nat(2), person }) },
  { weight: 2, arbitrary: fc.record({ type: only('remove-memo'), memo: fc.nat(2) }) },
  { weight: 6, arbitrary: fc.record({ type: only('poll'), full: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ type: only('hand-tag'), person }) },
  { weight: 1, arbitrary: fc.record({ type: only('hand-delete'), person }) },
  { weight: 1, arbitrary: fc.record({ type: only('hand-delete-task'), booking }) },
  { weight: 2, arbitrary: fc.record({ type: only('hand-create'), person }) },
  {
    weight: 5,
    arbitrary: fc.record({ type: only('crash'), commits: fc.nat(15), durable: fc.boolean(), downMs }),
  },
  { weight: 3, arbitrary: fc.record({ type: only('restart'), mapping: fc.nat(1), downMs }) },
  {
    weight: 1,
    arbitrary: fc.record({ type: only('jump'), ms: fc.constantFrom(-120_000, -3_000, 3_000, 120_000) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: only('outage'),
      kind: fc.constantFrom('503', 'reset', '401', 'hang'),
      ms: fc.nat(60_000),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: only('disk-full'), ms: fc.nat(3_000) }) },
  { weight: 4, arbitrary: fc.record({ type: only('nothing') }) },
);

const waitMs = fc.oneof(
  { weight: 4, arbitrary: fc.nat(40) },
  { weight: 4, arbitrary: fc.nat(1_000) },
  { weight: 2, arbitrary: fc.nat(8_000) },
);

const setup: fc.Arbitrary<Setup> = fc.record({
  dice: fc.noBias(fc.nat(0x7fffffff)),
  allowTwins: fc.boolean(),
  feed: fc.constantFrom('webhooks', 'polls', 'both'),
  farewell: fc.constantFrom('ignore', 'delete', 'tag'),
  deliveryIds: fc.boolean(),
  quietMs: fc.constantFrom(0, 500, 2_000),
  requests: fc.constantFrom(5, 20, 100),
  faults: fc.constantFrom(0, 0.05, 0.2),
  unknownContact: fc.constantFrom(400, 404),
  oncePerKey: fc.boolean(),
  mapping: fc.nat(1),
});

export const aPlan: fc.Arbitrary<Plan> = fc.record({
  setup,
  steps: fc.array(
    fc.tuple(deed, waitMs).map(([one, wait]): Step => ({ ...one, waitMs: wait })),
    { minLength: 5, maxLength: 60, size: 'max' },
  ),
});
