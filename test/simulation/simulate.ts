import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Receipt } from '../../src/inbox/receive.ts';
import type { Log } from '../../src/model/log.ts';
import { createGhl, type Ghl } from '../../src/sandbox/ghl/ghl.ts';
import { createBooth, type Booth, type Revision } from './booth.ts';
import { configOf, PER_MS } from './configs.ts';
import { createDice, type Dice } from './dice.ts';
import { differences } from './expected.ts';
import { createNetwork, type Network } from './network.ts';
import { keyOfPerson, PEOPLE } from './people.ts';
import type { Plan, Step } from './plan.ts';
import { startRunner, type Runner } from './runner.ts';
import { createVirtualTime, type VirtualTime } from './virtual-time.ts';

/** What came of a simulation. */
export interface Report {
  /** Promises that were broken; empty where all held. */
  readonly problems: readonly string[];
  readonly calls: number;
  readonly crashes: number;
  /** In ms of virtual time. */
  readonly lasted: number;
  /** What happened, for reading. */
  readonly trace: readonly string[];
}

/** What people did in the target by hand. */
export interface HandWork {
  /** Tags by contact id. */
  readonly tags: Map<string, Set<string>>;
  /** Keys whose contact somebody deleted. */
  readonly deleted: Set<string>;
  readonly deletedTasks: Set<string>;
  /** Keys whose contact somebody made. */
  readonly created: Set<string>;
}

export interface World {
  readonly plan: Plan;
  readonly time: VirtualTime;
  readonly dice: Dice;
  readonly ghl: Ghl;
  readonly booth: Booth;
  readonly network: Network;
  readonly hand: HandWork;
  readonly storePath: string;
  readonly trace: string[];
  readonly problems: string[];
  /** When the disk was full or the clock was set last, in ms of virtual time. */
  lastMisfortune: number;
}

/** Longer than any retry waits, pauses of the lane included. */
const LONGEST_DRAIN_MS = 3 * 3_600_000;

/** A simulation takes a second or so. */
const MOST_REAL_MS = 20_000;

export async function simulate(plan: Plan): Promise<Report> {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'boothsync-simulation-'));
  const time = createVirtualTime();
  const uninstall = time.install();
  const realFetch = globalThis.fetch;
  const world = createWorld(plan, time, join(folder, 'sync.db'));
  globalThis.fetch = world.network.fetch;
  const life = createLife(world);
  try {
    await live(world, life);
  } catch (error) {
    world.problems.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  } finally {
    globalThis.fetch = realFetch;
    await life.end();
    uninstall();
    rmSync(folder, { recursive: true, force: true });
  }
  const { problems, network } = world;
  return {
    problems: [...problems, ...network.violations],
    calls: network.calls(),
    crashes: life.crashes(),
    lasted: time.monotonic(),
    trace: world.trace,
  };
}

function createWorld(plan: Plan, time: VirtualTime, storePath: string): World {
  const dice = createDice(plan.setup.dice);
  const ghl = createGhl({
    seed: plan.setup.dice,
    clock: {
      now: time.rightNow,
      monotonic: time.monotonic,
      sleep: (ms) => new Promise((resolve) => void time.after(ms, () => resolve())),
    },
    limit: { requests: plan.setup.requests, perMs: PER_MS },
    unknownContact: plan.setup.unknownContact,
    allowDuplicateContact: plan.setup.allowTwins,
  });
  const booth = createBooth(time.rightNow);
  const trace: string[] = [];
  const network = createNetwork({ time, dice, ghl, source: sourceOf(booth, time), trace });
  const hand = {
    tags: new Map(),
    deleted: new Set<string>(),
    deletedTasks: new Set<string>(),
    created: new Set<string>(),
  };
  return {
    plan,
    time,
    dice,
    ghl,
    booth,
    network,
    hand,
    storePath,
    trace,
    problems: [],
    lastMisfortune: -Infinity,
  };
}

/** The source's API: `GET /<source>?since=…`. */
function sourceOf(booth: Booth, time: VirtualTime): typeof fetch {
  return (input) => {
    const url = new URL(input);
    const since = Date.parse(url.searchParams.get('since') ?? '') || 0;
    const name = url.pathname.slice(1) as Revision['source'];
    const data = booth
      .newest(name)
      .filter(({ updatedMs }) => updatedMs > since)
      .map(({ row }) => row);
    const headers = { 'content-type': 'application/json', date: new Date(time.rightNow()).toUTCString() };
    return Promise.resolve(new Response(JSON.stringify({ data }), { headers }));
  };
}

/** The runner's lives, one after the other, and who sends to it. */
interface Life {
  readonly runner: () => Runner | undefined;
  readonly start: (mapping?: number) => Promise<void>;
  readonly mapping: () => number;
  readonly startIn: (ms: number) => void;
  readonly stop: () => Promise<void>;
  readonly send: (revision: Revision) => void;
  /** Deliveries that nobody has acknowledged. */
  readonly undelivered: () => number;
  readonly setDiskFull: (full: boolean) => void;
  /** Lets time pass; whatever is due on the way happens. */
  readonly pass: (ms: number) => Promise<void>;
  readonly crashes: () => number;
  readonly countCrash: () => void;
  readonly end: () => Promise<void>;
}

function createLife(world: World): Life {
  const { plan, time, dice, trace, problems } = world;
  let runner: Runner | undefined;
  let mapping = plan.setup.mapping;
  let wanted = false;
  let diskFull = false;
  let undelivered = 0;
  let deliveries = 0;
  let crashes = 0;
  const giveUpAt = performance.now() + MOST_REAL_MS;
  const log = createLog(world);

  async function start(next = mapping): Promise<void> {
    wanted = false;
    mapping = next;
    const config = await configOf(plan.setup, mapping, world.ghl.locationId, world.ghl.token);
    trace.push(`${time.monotonic()} start, mapping ${mapping}`);
    const born = startRunner({
      storePath: world.storePath,
      config,
      time,
      random: dice.next,
      log,
      isDiskFull: () => diskFull,
    });
    runner = born;
    void born.ended.then(() => {
      if (runner === born) runner = undefined;
    });
    const works = await born.started;
    // Its supervisor starts it again.
    if (!works && diskFull) startIn(1_000);
  }

  function startIn(ms: number): void {
    time.after(ms, () => (wanted = true));
  }

  async function pass(ms: number): Promise<void> {
    const until = time.monotonic() + ms;
    do {
      if (performance.now() > giveUpAt) throw new Error('it takes too long: does it turn in circles?');
      await time.settle();
      if (wanted && !runner) {
        await start();
        await time.settle();
      }
      if (world.network.violations.length > 0 || problems.length > 0) throw new Error('a promise was broken');
    } while (time.fireNext(until));
    time.moveTo(until);
  }

  async function deliver(body: object): Promise<void> {
    const mine = runner;
    let receipt: Receipt | 'none' = 'none';
    if (mine && !mine.isDead()) {
      receipt = await Promise.race([receiveAt(mine, body), mine.ended.then(() => 'none' as const)]);
    }
    // The answer may be lost on its way: then the sender comes again.
    const heard = receipt !== 'none' && !dice.chance(plan.setup.faults / 2);
    if (receipt !== 'none' && !['stored', 'known', 'busy'].includes(receipt.type)) {
      problems.push(`a webhook was answered ${receipt.type}`);
    }
    if (heard && receipt !== 'none' && receipt.type !== 'busy') undelivered -= 1;
    else time.after(dice.between(200, 4_000), () => void deliver(body));
  }

  return {
    runner: () => runner,
    mapping: () => mapping,
    start,
    startIn,
    pass,
    undelivered: () => undelivered,
    setDiskFull: (full) => void (diskFull = full),
    crashes: () => crashes,
    countCrash: () => void (crashes += 1),
    stop: async () => {
      const mine = runner;
      if (!mine) return;
      void mine.stop();
      while (runner === mine) await pass(20);
    },
    send: (revision) => {
      if (plan.setup.feed === 'polls') return;
      const copies = dice.chance(0.15) ? 2 : 1;
      const id = `d${(deliveries += 1)}`;
      const type = `${revision.source}.${revision.deleted ? 'deleted' : 'saved'}`;
      for (let copy = 0; copy < copies; copy++) {
        undelivered += 1;
        const late = dice.chance(0.1) ? dice.between(1_000, 30_000) : dice.between(0, 300);
        time.after(late, () => void deliver({ type, id, data: revision.row }));
      }
    },
    end: async () => {
      if (!runner) return;
      const mine = runner;
      mine.kill();
      await mine.ended;
    },
  };
}

function receiveAt(runner: Runner, body: object): Promise<Receipt> {
  const knock = { raw: Buffer.from(JSON.stringify(body)), headers: {}, query: {} };
  return runner.run(() => runner.webhooks().receive('booth', knock));
}

function createLog({ trace, time, problems }: World): Log {
  const line = (level: string) => (detail: object, message: string) =>
    void trace.push(`${time.monotonic()} ${level} ${message} ${JSON.stringify(detail)}`);
  return {
    debug: () => undefined,
    info: line('info'),
    warn: line('warn'),
    error: (detail, message) => {
      line('error')(detail, message);
      const words = JSON.stringify(detail);
      if (!words.includes('the disk is full') && !message.startsWith('poll failed'))
        problems.push(`${message}: ${words}`);
    },
  };
}

async function live(world: World, life: Life): Promise<void> {
  const { plan, network, time, trace } = world;
  await life.start();
  network.setFaults(plan.setup.faults);
  for (const [at, step] of plan.steps.entries()) {
    trace.push(`${time.monotonic()} #${at} ${JSON.stringify(step)}`);
    await act(world, life, step);
    await life.pass(step.waitMs);
    checkEvents(world);
  }
  await drain(world, life);
  trace.push(`${time.monotonic()} at rest`);
  world.problems.push(...differences(world, life.mapping()));
}

async function act(world: World, life: Life, step: Step): Promise<void> {
  const { booth, ghl, hand, time, network } = world;
  switch (step.type) {
    case 'save':
      life.send(booth.save(step));
      return;
    case 'memo':
      life.send(booth.memo(step));
      return;
    case 'remove':
    case 'remove-memo': {
      const [source, id] =
        step.type === 'remove' ? (['bookings', step.booking] as const) : (['memos', step.memo] as const);
      const removed = booth.remove(source, String(id));
      if (removed) life.send(removed);
      return;
    }
    case 'poll':
      poll(world, life, step.full);
      return;
    case 'hand-tag': {
      const contact = contactOf(ghl, step.person);
      if (!contact) return;
      const tag = `hand-${time.monotonic()}`;
      ghl.setTags(contact.id, [...contact.tags, tag]);
      hand.tags.set(contact.id, (hand.tags.get(contact.id) ?? new Set()).add(tag));
      return;
    }
    case 'hand-delete': {
      const contact = contactOf(ghl, step.person);
      if (!contact) return;
      ghl.deleteContact(contact.id);
      hand.deleted.add(keyOfPerson({ ...contact }));
      return;
    }
    case 'hand-create': {
      if (contactOf(ghl, step.person)) return;
      const contact = ghl.addContact({ ...PEOPLE[step.person]!, firstName: 'By Hand', tags: ['vip'] });
      hand.created.add(keyOfPerson(PEOPLE[step.person]!));
      hand.tags.set(contact.id, new Set(['vip']));
      return;
    }
    case 'hand-delete-task': {
      const task = ghl.tasks().find(({ title }) => title.startsWith(`task of b${step.booking},`));
      if (!task) return;
      ghl.deleteTask(task.id);
      hand.deletedTasks.add(String(step.booking));
      return;
    }
    case 'crash': {
      const runner = life.runner();
      // Who could not write its last heartbeats has lost count of its calls: two misfortunes at once are too many.
      if (!runner || time.monotonic() - world.lastMisfortune < 3_000) return;
      runner.killAt(step.commits, step.durable);
      void runner.ended.then(() => {
        world.trace.push(`${time.monotonic()} crashed`);
        life.countCrash();
        life.startIn(step.downMs);
      });
      return;
    }
    case 'restart':
      if (!life.runner()) return;
      await life.stop();
      await life.pass(step.downMs);
      if (!life.runner()) await life.start(step.mapping);
      return;
    case 'jump':
      // A clock that is set while nobody beats tells the next life nothing of the last one's calls.
      if (!life.runner()) return;
      life.runner()?.killAt(Infinity, true);
      world.lastMisfortune = time.monotonic();
      time.jump(step.ms);
      return;
    case 'outage':
      network.setOutage(step.kind);
      time.after(step.ms, () => network.setOutage(undefined));
      return;
    case 'disk-full':
      life.runner()?.killAt(Infinity, true);
      life.setDiskFull(true);
      world.lastMisfortune = time.monotonic() + step.ms;
      time.after(step.ms, () => life.setDiskFull(false));
      return;
    case 'nothing':
      return;
  }
}

function contactOf(ghl: Ghl, person: number) {
  const { email, phone } = PEOPLE[person]!;
  return email === undefined ? ghl.contactByPhone(phone!) : ghl.contactByEmail(email);
}

function poll(world: World, life: Life, full: boolean): void {
  const runner = life.runner();
  if (!runner || runner.isDead() || world.plan.setup.feed === 'webhooks') return;
  runner.run(() => {
    const { poller, runtime } = runner.engine();
    for (const source of runtime.config.sources.values()) {
      poller.poll(source, full).catch((error: unknown) => {
        if (String(error).includes('the disk is full')) return;
        world.problems.push(`a poll broke off: ${String(error)}`);
      });
    }
  });
}

/** Everything mends, all arrives, and the runner comes to rest. */
async function drain(world: World, life: Life): Promise<void> {
  const { network, booth, hand } = world;
  network.setFaults(0);
  network.setOutage(undefined);
  life.setDiskFull(false);
  if (!life.runner()) life.startIn(0);
  await rest(world, life);
  // What people deleted comes back with the next change of its record.
  for (const revision of [...booth.newest('bookings'), ...booth.newest('memos')]) {
    if (
      hand.deleted.has(revision.key) ||
      (revision.source === 'bookings' && hand.deletedTasks.has(revision.id))
    )
      life.send(booth.touch(revision));
  }
  await rest(world, life);
}

async function rest(world: World, life: Life): Promise<void> {
  const { time } = world;
  const giveUpAt = time.monotonic() + LONGEST_DRAIN_MS;
  if (world.plan.setup.feed !== 'webhooks') {
    await life.pass(100);
    while (!life.runner()) await life.pass(1_000);
    poll(world, life, false);
    // One that was under way may have read before the last change.
    await life.pass(120_000);
    poll(world, life, false);
  }
  for (;;) {
    await life.pass(2_500);
    if (!life.runner()) {
      life.startIn(0);
      continue;
    }
    if (life.undelivered() === 0 && isAtRest(world)) return;
    if (time.monotonic() > giveUpAt)
      throw new Error(`it does not come to rest: ${JSON.stringify(unsettled(world))}`);
  }
}

function query(world: World, sql: string): Record<string, unknown>[] {
  const database = new DatabaseSync(world.storePath, { readOnly: true });
  try {
    return database.prepare(sql).all();
  } finally {
    database.close();
  }
}

function unsettled(world: World): object[] {
  return [
    ...query(world, "select * from events where state in ('pending', 'sending')"),
    ...query(world, "select id, state from deliveries where state = 'received'"),
  ];
}

function isAtRest(world: World): boolean {
  return unsettled(world).length === 0;
}

/** No accepted event without a final state or a due time. */
function checkEvents(world: World): void {
  const odd = query(
    world,
    `select * from events where (state in ('done', 'skipped', 'superseded', 'dead') and (settled_at is null or reason is null))
      or (state = 'dead' and remedy is null) or (state = 'waiting' and waits_for is null) or due is null`,
  );
  if (odd.length > 0) world.problems.push(`events in limbo: ${JSON.stringify(odd)}`);
}
