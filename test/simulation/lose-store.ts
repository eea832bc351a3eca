import { rmSync } from 'node:fs';
import { PER_MS } from './configs.ts';
import { LIST_CHILDREN, LOOK_FOR_CONTACT, LOOK_UPS, READ_CONTACT, UPDATE_CONTACT } from './ledger.ts';
import type { Life } from './life.ts';
import { isMember } from './members.ts';
import { rest } from './rest.ts';
import type { World } from './world.ts';

/** Nothing is on its way when it is lost; and only what can be read again can be built anew. */
export async function loseStore(world: World, life: Life): Promise<void> {
  const { plan, network, hand, storePath, view } = world;
  if (plan.setup.feed === 'webhooks') return;
  network.setFaults(0);
  network.setOutage(undefined);
  life.setDiskFull(false);
  await rest(world, life);
  await life.stop();
  // With it goes what is known of the calls of the last window: nobody has the next one running so soon.
  await life.pass(PER_MS);
  view.close();
  for (const end of ['', '-wal', '-shm', '.lock', '.owner']) rmSync(`${storePath}${end}`, { force: true });
  hand.losses += 1;
  forget(world);
  world.judge.forget();
  payForLoss(world);
  await life.start({ rebuild: true });
  await rest(world, life);
  await life.stop();
  await life.start();
  network.setFaults(plan.setup.faults);
}

/** What nobody can know any more. */
function forget(world: World): void {
  const { booth, ghl, hand, plan } = world;
  for (const { id, tags } of ghl.contacts())
    hand.kept.set(id, new Set([...(hand.kept.get(id) ?? []), ...tags]));
  const members = booth.newest('bookings').filter(isMember);
  const welcomed = members.filter(({ row }) => row['status'] === 'Confirmed');
  for (const start of new Set(ghl.workflowRuns().map((run) => run.eventStartTime ?? ''))) {
    const remembered = welcomed.some(
      ({ id, row }) => row['start'] === start || (plan.setup.oncePerKey && isOf(id, start)),
    );
    if (!remembered) allowRun(world, start);
  }
  for (const memo of booth.newest('memos'))
    if (!members.some(({ key }) => key === memo.key)) hand.forgottenNotes.add(memo.id);
}

export function allowRun({ hand }: World, start: string): void {
  hand.runsMore.set(start, (hand.runsMore.get(start) ?? 0) + 1);
}

/** Each booking has a day of its own. */
export function isOf(booking: string, start: string): boolean {
  return start.startsWith(`2027-01-0${Number(booking) + 1}`);
}

/** All that is there is looked for once, and written once more. */
function payForLoss({ ghl, ledger }: World): void {
  for (const what of LOOK_UPS) ledger.allow(what);
  const contacts = ghl.contacts();
  const children = [...ghl.tasks(), ...ghl.notes(), ...ghl.appointments()];
  const perContact = [LOOK_FOR_CONTACT, UPDATE_CONTACT, READ_CONTACT, ...LIST_CHILDREN];
  contacts.forEach(() => perContact.forEach(ledger.allow));
  ledger.credit(2 * (contacts.length + children.length), 'a lost store');
}
