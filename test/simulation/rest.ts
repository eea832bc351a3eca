import { isDeepStrictEqual } from 'node:util';
import type { Life } from './life.ts';
import { unsettled } from './look.ts';
import type { World } from './world.ts';

/** Longer than any retry waits, pauses of the lane included. */
const LONGEST_DRAIN_MS = 3 * 3_600_000;
const LOOK_MS = 2_500;

/** Reads the sources; resolves when that is over, whichever way. */
export function poll(world: World, life: Life, full: boolean): { readonly isOver: () => boolean } {
  const runner = life.runner();
  const { feed } = world.plan.setup;
  if (!runner || runner.isDead() || feed === 'webhooks') return { isOver: () => true };
  const reading = new Set<string>();
  runner.run(() => {
    const { poller, runtime } = runner.engine();
    for (const source of runtime.config.sources.values()) {
      reading.add(source.name);
      poller
        .poll(source, full)
        .catch((error: unknown) => {
          if (String(error).includes('the disk is full')) return;
          world.problems.push(`a poll broke off: ${String(error)}`);
        })
        .finally(() => reading.delete(source.name));
    }
  });
  return { isOver: () => reading.size === 0 || runner.isDead() };
}

/** Everything mends, all arrives, and the runner comes to rest. */
export async function drain(world: World, life: Life): Promise<void> {
  const { network, booth, hand, plan } = world;
  network.setFaults(0);
  network.setOutage(undefined);
  life.setDiskFull(false);
  if (!life.runner()) life.startIn(0);
  await rest(world, life);
  // What people deleted comes back with the next change of its record.
  for (const revision of [...booth.newest('bookings'), ...booth.newest('memos')]) {
    const deleted = revision.source === 'bookings' ? hand.deletedTasks : hand.deletedNotes;
    const refused = plan.setup.feed === 'webhooks' && isRefused(world, revision.id);
    const touched = hand.deleted.has(revision.key) || deleted.has(revision.id) || refused;
    if (touched && !revision.vanished) life.send(booth.touch(revision));
  }
  tellOfVanished(world, life);
  await rest(world, life);
}

/** Its update was refused: where nothing is read again, its next change mends that. */
function isRefused(world: World, id: string): boolean {
  const dead = world.view.query<{ key: string }>(
    "select key from events where state = 'dead' and reason like '422%'",
  );
  return dead.some(({ key }) => key === id);
}

/** A full read that loses more than half is not believed: somebody says then that they are gone. */
function tellOfVanished({ booth }: World, life: Life): void {
  const newest = booth.newest('bookings');
  const vanished = newest.filter((one) => one.vanished);
  const living = newest.filter((one) => !one.deleted);
  if (vanished.length * 2 <= living.length) return;
  for (const { id } of vanished) {
    const removed = booth.remove('bookings', id);
    if (removed) life.send(removed);
  }
}

export async function rest(world: World, life: Life): Promise<void> {
  const giveUpAt = world.time.monotonic() + LONGEST_DRAIN_MS;
  await readAll(world, life);
  for (;;) {
    await life.pass(LOOK_MS);
    if (!life.runner()) {
      life.startIn(0);
      continue;
    }
    if (life.undelivered() === 0 && unsettled(world).length === 0) return readLast(world, life);
    if (world.time.monotonic() > giveUpAt)
      throw new Error(`it does not come to rest: ${JSON.stringify(unsettled(world))}`);
  }
}

/** The first may have been under way already; what a clock that was set back says is believed the second time. */
const READS = 4;
/** An API that gives a few records at once has to be caught up with. */
const READS_CAPPED = 6;

async function readAll(world: World, life: Life): Promise<void> {
  if (world.plan.setup.feed === 'webhooks') return;
  const reads = world.plan.setup.paging === 'capped' ? READS_CAPPED : READS;
  for (let n = 0; n < reads; n++) {
    await life.passUntil(() => life.runner() !== undefined && !life.runner()!.isDead(), 3_600_000);
    await life.pass(100);
    if (n === reads - 1) checkRead(world);
    const { isOver } = poll(world, life, n === reads - 1);
    await life.passUntil(isOver, 600_000);
  }
}

/** Reads on from the cursor have brought all that the source has, before one of all that is there could (ENGINE case 13). */
function checkRead(world: World): void {
  const { booth, plan, problems } = world;
  if (plan.setup.feed !== 'polls') return;
  const stored = world.view.query<{ source: string; key: string; body: string }>(
    'select source, key, body from records where gone = 0',
  );
  const bodies = new Map(stored.map(({ source, key, body }) => [`${source} ${key}`, body]));
  for (const { source, id, row, deleted } of [...booth.newest('bookings'), ...booth.newest('memos')]) {
    const body = bodies.get(`${source} ${id}`);
    if (
      !deleted &&
      !(body !== undefined && isDeepStrictEqual(JSON.parse(body), JSON.parse(JSON.stringify(row))))
    )
      problems.push(`${source} ${id} was not read: ${body ?? 'nothing'}, not ${JSON.stringify(row)}`);
  }
}

/** What late webhooks made of it is put right by one more read. */
async function readLast(world: World, life: Life): Promise<void> {
  if (world.plan.setup.feed === 'webhooks') return;
  await readAll(world, life);
  const giveUpAt = world.time.monotonic() + LONGEST_DRAIN_MS;
  while (unsettled(world).length > 0) {
    await life.pass(LOOK_MS);
    if (world.time.monotonic() > giveUpAt)
      throw new Error(`it does not come to rest: ${JSON.stringify(unsettled(world))}`);
  }
}
