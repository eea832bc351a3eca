import type { Receipt } from '../../src/inbox/receive.ts';
import type { Log } from '../../src/model/log.ts';
import type { StoreOptions } from '../../src/store/store.ts';
import type { Revision } from './booth.ts';
import { READ_CONTACT, topicOfSync } from './call-kinds.ts';
import { configOf } from './configs.ts';
import { checkCommitted } from './look.ts';
import { startRunner, type Runner } from './runner.ts';
import { createSender, type Sender } from './sender.ts';
import type { World } from './world.ts';

/** The runner's lives, one after the other, and who sends to it. */
export interface Life {
  readonly runner: () => Runner | undefined;
  readonly start: (options?: { readonly mapping?: number; readonly rebuild?: boolean }) => Promise<void>;
  /** Another one beside it, as by an overlapping schedule: it is to be refused. */
  readonly startSecond: (ms: number) => Promise<void>;
  readonly mapping: () => number;
  readonly startIn: (ms: number) => void;
  /** It stays down until it is started. */
  readonly stop: () => Promise<void>;
  readonly send: (revision: Revision) => void;
  /** Deliveries that nobody has acknowledged. */
  readonly undelivered: () => number;
  readonly setDiskFull: (full: boolean) => void;
  /** Whatever is written has a bad row beside it. */
  readonly setBadRows: (bad: boolean) => void;
  /** Lets time pass; whatever is due on the way happens. */
  readonly pass: (ms: number) => Promise<void>;
  /** Lets time pass until then, this long (ms) at most; false where it is too long. */
  readonly passUntil: (isDone: () => boolean, mostMs: number) => Promise<boolean>;
  readonly crashes: () => number;
  readonly countCrash: () => void;
  readonly end: () => Promise<void>;
}

/** A simulation takes some thousands of timers. */
const MOST_TIMERS = 100_000;

export function createLife(world: World): Life {
  const { plan, time, dice, trace, problems } = world;
  let runner: Runner | undefined;
  let second: Runner | undefined;
  let mapping = plan.setup.mapping;
  let wanted = false;
  let halted = false;
  let diskFull = false;
  let badRows = false;
  let crashes = 0;
  let timers = 0;
  const log = createLog(world);
  const sender: Sender = createSender(world, (body) => knock(body));

  async function bear(rebuild: boolean, opening: Partial<StoreOptions> = {}): Promise<Runner> {
    const config = await configOf(plan.setup, mapping, world.ghl.locationId, world.ghl.token);
    const { storePath, parts } = world;
    const circumstances = {
      time,
      random: dice.next,
      log,
      isDiskFull: () => diskFull,
      hasBadRows: () => badRows,
      committed: () => checkCommitted(world),
    };
    const isRebuilt = rebuild && parts.rebuild !== false;
    return startRunner({ storePath, config, ...circumstances, rebuild: isRebuilt, opening, parts });
  }

  async function start(options: { mapping?: number; rebuild?: boolean } = {}): Promise<void> {
    wanted = false;
    halted = false;
    mapping = options.mapping ?? mapping;
    trace.push(`${time.monotonic()} start, mapping ${mapping}`);
    world.judge.mapped(mapping);
    const born = await bear(options.rebuild === true);
    runner = born;
    world.startedAt = time.monotonic();
    world.rebuilds = options.rebuild === true;
    void born.ended.then(() => {
      if (runner !== born) return;
      runner = undefined;
      world.startedAt = Infinity;
    });
    // Its supervisor starts it again.
    if ((await born.started) !== 'works' && diskFull) startIn(1_000);
  }

  async function startSecond(ms: number): Promise<void> {
    if (!runner || diskFull) return;
    const born = await bear(false, world.parts.secondOpening);
    second = born;
    if ((await born.started) === 'refused') return;
    time.after(ms, () => born.kill());
  }

  function startIn(ms: number): void {
    time.after(ms, () => (wanted = true));
  }

  async function passUntil(isDone: () => boolean, mostMs: number): Promise<boolean> {
    const until = time.monotonic() + mostMs;
    do {
      if ((timers += 1) > MOST_TIMERS) throw new Error('it never ends: does it turn in circles?');
      await time.settle();
      if (wanted && !halted && !runner) {
        await start();
        await time.settle();
      }
      if (world.network.violations.length > 0 || problems.length > 0) throw new Error('a promise was broken');
      if (isDone()) return true;
    } while (time.fireNext(until));
    time.moveTo(until);
    return false;
  }

  async function knock(body: object): Promise<Receipt | undefined> {
    const mine = runner;
    if (!mine || mine.isDead()) return undefined;
    return Promise.race([receiveAt(mine, body), mine.ended.then(() => undefined)]);
  }

  async function end(): Promise<void> {
    for (const one of [runner, second]) {
      one?.kill();
      await one?.ended;
    }
  }

  return {
    runner: () => runner,
    mapping: () => mapping,
    start,
    startSecond,
    startIn,
    passUntil,
    pass: async (ms) => {
      await passUntil(() => false, ms);
    },
    undelivered: sender.undelivered,
    setDiskFull: (full) => void (diskFull = full),
    setBadRows: (bad) => void (badRows = bad),
    crashes: () => crashes,
    countCrash: () => void (crashes += 1),
    stop: async () => {
      const mine = runner;
      halted = true;
      if (!mine) return;
      void mine.stop();
      await passUntil(() => runner !== mine, 3_600_000);
    },
    send: sender.send,
    end,
  };
}

function receiveAt(runner: Runner, body: object): Promise<Receipt> {
  const knock = { raw: Buffer.from(JSON.stringify(body)), headers: {}, query: {} };
  return runner.run(() => runner.webhooks().receive('booth', knock));
}

/** A refused create is looked for before it is given up: a contact's identity and an appointment's slot may be taken. */
function costOfDeath(sync: string): number {
  return sync === 'contacts' || sync === 'appointments' ? 2 : 1;
}

function createLog(world: World): Log {
  const { trace, time, problems, ledger } = world;
  const line = (level: string) => (detail: object, message: string) =>
    void trace.push(`${time.monotonic()} ${level} ${message} ${JSON.stringify(detail)}`);
  return {
    debug: () => undefined,
    info: (detail, message) => {
      line('info')(detail, message);
      // Whoever is in its way may make room: that is found out by a call, which tells, and a look.
      if (message.startsWith('not yet: ')) ledger.credit(2, 'contact', 'a holder in the way');
      // A look has found it, and it is written to like one that its key held all along.
      if (message.startsWith('what bears its identity is nobody'))
        ledger.credit(1, 'contact', "a find that is nobody's");
    },
    warn: (detail, message) => {
      line('warn')(detail, message);
      const { sync, state } = detail as { readonly sync?: string; readonly state?: string };
      if (state !== 'dead') return;
      ledger.credit(costOfDeath(sync!), topicOfSync(sync!), 'a dead letter');
      if (world.rebuilds && sync === 'contacts')
        ledger.credit(1, 'contact', 'a look before a create that is refused');
      // "The slot is no longer available" may be said of its contact as well: that is asked for.
      if (sync === 'appointments') ledger.allow(READ_CONTACT);
    },
    error: (detail, message) => {
      line('error')(detail, message);
      const words = JSON.stringify(detail);
      if (!words.includes('the disk is full') && !message.startsWith('poll failed'))
        problems.push(`${message}: ${words}`);
    },
  };
}
