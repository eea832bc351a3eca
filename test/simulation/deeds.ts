import { retry } from '../../src/engine/dead-letters.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Life } from './life.ts';
import { openIntents } from './look.ts';
import { allowRun, loseStore } from './lose-store.ts';
import { LIST_CHILDREN, LIST_REMARKS } from './call-kinds.ts';
import { keyOfPerson, PEOPLE } from './people.ts';
import type { Deed, Step } from './plan.ts';
import { poll } from './rest.ts';
import type { World } from './world.ts';

export async function act(world: World, life: Life, step: Step): Promise<void> {
  const { booth, time, network } = world;
  switch (step.type) {
    case 'save': {
      life.send(booth.save({ ...step, future: step.future === true && world.plan.setup.feed === 'polls' }));
      return;
    }
    case 'memo': {
      life.send(booth.memo(step));
      return;
    }
    case 'finish': {
      const finished = booth.finish(step);
      if (finished) life.send(finished);
      return;
    }
    case 'remove':
    case 'remove-memo':
    case 'vanish': {
      remove(world, life, step);
      return;
    }
    case 'poll':
      if (step.slowMs !== undefined) slowSource(world, step.slowMs);
      return void poll(world, life, step.full);
    case 'hand-tag':
    case 'hand-delete':
    case 'hand-create':
    case 'hand-delete-task':
    case 'hand-delete-note': {
      byHand(world, step);
      // What people do is no call's doing.
      world.watch.changes();
      return;
    }
    case 'crash': {
      crash(world, life, step);
      return;
    }
    case 'restart':
      return restart(world, life, step);
    case 'jump': {
      jump(world, life, step.ms);
      return;
    }
    case 'source-jump': {
      sourceJump(world, step.ms);
      return;
    }
    case 'outage':
      network.setOutage(step.kind);
      time.after(step.ms, () => network.setOutage(undefined));
      return;
    case 'disk-full': {
      fillDisk(world, life, step.ms);
      return;
    }
    case 'bad-rows':
      life.setBadRows(true);
      time.after(step.ms, () => life.setBadRows(false));
      return;
    case 'second-runner':
      return life.startSecond(step.ms);
    case 'retry':
      return retryAll(world, life);
    case 'lose-store':
      return loseStore(world, life);
    case 'nothing':
      return;
  }
}

async function restart(
  { network, time }: World,
  life: Life,
  step: Extract<Deed, { type: 'restart' }>,
): Promise<void> {
  if (!life.runner()) return;
  const toldAt = time.monotonic();
  await life.stop();
  network.interrupt(toldAt);
  await life.pass(step.downMs);
  if (!life.runner()) await life.start({ mapping: step.mapping });
}

function slowSource({ network, time }: World, ms: number): void {
  network.setSourceDelay(ms);
  time.after(ms, () => network.setSourceDelay(0));
}

function remove(
  { booth, plan }: World,
  life: Life,
  step: Extract<Deed, { type: 'remove' | 'remove-memo' | 'vanish' }>,
): void {
  if (step.type !== 'vanish') {
    const [source, id] =
      step.type === 'remove' ? (['bookings', step.booking] as const) : (['memos', step.memo] as const);
    const removed = booth.remove(source, String(id));
    if (removed) life.send(removed);
    return;
  }
  // Without reads nobody could know, and what a thin webhook names must be there to be read.
  const { feed, telling } = plan.setup;
  if (feed === 'webhooks' || telling === 'fetch') return;
  booth.remove('bookings', String(step.booking), true);
}

function byHand(world: World, step: Extract<Deed, { type: `hand-${string}` }>): void {
  const { ghl, hand, time, ledger, network } = world;
  if (step.type === 'hand-delete-task') {
    const task = ghl.tasks().find(({ title }) => title.startsWith(`task of b${step.booking},`));
    if (!task) return;
    ghl.deleteTask(task.id);
    hand.deletedTasks.add(String(step.booking));
    ledger.credit(2, 'task', step.type);
    return;
  }
  if (step.type === 'hand-delete-note') {
    const note = ghl.notes().find(({ body }) => body.startsWith(`memo ${step.memo},`));
    if (!note) return;
    ghl.deleteNote(note.id);
    hand.deletedNotes.add(String(step.memo));
    ledger.credit(2, 'note', step.type);
    return;
  }
  const person = PEOPLE[step.person]!;
  const { email, phone } = person;
  const contact = email === undefined ? ghl.contactByPhone(phone!) : ghl.contactByEmail(email);
  if (step.type === 'hand-create') {
    if (contact || isBeingCreated(world, keyOfPerson(person))) return;
    const made = ghl.addContact({ ...person, firstName: 'By Hand', tags: ['vip'] });
    hand.created.add(keyOfPerson(person));
    hand.tags.set(made.id, new Set(['vip']));
    ledger.credit(1, 'contact', step.type);
    [...LIST_CHILDREN, LIST_REMARKS].forEach(ledger.allow);
    return;
  }
  if (!contact) return;
  if (step.type === 'hand-tag') {
    // On a contact whose create nobody has seen an answer of: with it, all of its tags look like people's.
    if (!isKnown(world, contact.id)) {
      hand.kept.set(contact.id, new Set([...(hand.kept.get(contact.id) ?? []), ...contact.tags]));
    }
    const tag = `hand-${time.monotonic()}`;
    ghl.setTags(contact.id, [...contact.tags, tag]);
    hand.tags.set(contact.id, (hand.tags.get(contact.id) ?? new Set()).add(tag));
    return;
  }
  ghl.deleteContact(contact.id);
  hand.deleted.add(keyOfPerson({ ...contact }));
  world.judge.lost(keyOfPerson({ ...contact }));
  network.lost(contact.id);
}

/** Where twins are allowed nothing but a look tells of one: what a person creates between that and the create is one. */
function isBeingCreated(world: World, key: string): boolean {
  if (!world.plan.setup.allowTwins) return false;
  const sending = world.view.query<{ target_key: string }>(
    "select target_key from events where state = 'sending'",
  );
  return sending.some(({ target_key }) => target_key.endsWith(`|contact||${key}`));
}

/** The store is linked to it, and has seen its tags. */
function isKnown(world: World, id: string): boolean {
  const links = world.view.query<{ applied: string }>(`select applied from links where target_id = '${id}'`);
  return links.some(({ applied }) => !applied.includes('"sends":'));
}

function crash(world: World, life: Life, step: Extract<Deed, { type: 'crash' }>): void {
  const runner = life.runner();
  // Who could not write its last heartbeats has lost count of its calls: two misfortunes at once are too many.
  if (!runner || world.time.monotonic() - world.lastMisfortune < 3_000) return;
  runner.killAt(step.commits, step.durable);
  void runner.ended.then(() => {
    world.trace.push(`${world.time.monotonic()} crashed`);
    world.network.abandon(openIntents(world));
    life.countCrash();
    life.startIn(step.downMs);
  });
}

function jump(world: World, life: Life, ms: number): void {
  // A clock that is set while nobody beats tells the next life nothing of the last one's calls.
  const runner = life.runner();
  if (!runner) return;
  runner.killAt(Infinity, true);
  world.lastMisfortune = world.time.monotonic();
  world.time.jump(ms);
}

/** Where webhooks are judged by a clock that was set back, nothing later tells that they were right. */
function sourceJump({ booth, plan }: World, ms: number): void {
  if (plan.setup.feed === 'polls') booth.jump(ms);
}

function fillDisk(world: World, life: Life, ms: number): void {
  life.runner()?.killAt(Infinity, true);
  life.setDiskFull(true);
  world.network.abandon(openIntents(world));
  world.network.setForgetful(true);
  world.lastMisfortune = world.time.monotonic() + ms;
  world.time.after(ms, () => {
    world.network.abandon(openIntents(world));
    world.network.setForgetful(false);
    life.setDiskFull(false);
  });
}

/** By a process of its own, beside the runner. */
async function retryAll(world: World, life: Life): Promise<void> {
  const runner = life.runner();
  if (!runner || runner.isDead()) return;
  const { config, tenant } = runner.engine().runtime;
  const { clock } = world.time;
  const opened = await openStore(`sqlite:${world.storePath}`, { clock, owner: false });
  const store = world.parts.store?.(opened, config) ?? opened;
  allowRuns(world);
  await retry({ config, tenant, store, clock }, { names: [], filter: {} });
  await store.close();
}

/** An action of which nobody knows whether it ran: who retries it wants it to run, once more or not. */
function allowRuns(world: World): void {
  const doubtful = world.view.query<{ body: string }>(
    "select body from events where state = 'dead' and sync = 'welcome'",
  );
  for (const { body } of doubtful) allowRun(world, (JSON.parse(body) as { start: string }).start);
}
