import { rmSync } from 'node:fs';
import { PER_MS } from './configs.ts';
import {
  LIST_CHILDREN,
  LIST_FIRMS,
  LIST_BLOCKS,
  LIST_REMARKS,
  LOOK_UPS,
  READ_CONTACT,
  UPDATE_CONTACT,
} from './call-kinds.ts';
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
  const allowAll = (things: readonly unknown[], kinds: readonly string[]) =>
    things.forEach(() => kinds.forEach(ledger.allow));
  allowAll(ghl.contacts(), [UPDATE_CONTACT, READ_CONTACT, ...LIST_CHILDREN]);
  // Looked for, or met by a create of a record that comes later.
  ledger.credit(ghl.contacts().length, 'contact', 'a lost store');
  allowAll(ghl.tasks(), ['PUT /contacts/…/tasks/…']);
  allowAll(ghl.notes(), ['PUT /contacts/…/notes/…']);
  allowAll(ghl.opportunities(), ['PUT /opportunities/…']);
  allowAll(ghl.blockSlots(), [LIST_BLOCKS, 'PUT /calendars/events/block-slots/…']);
  allowAll(ghl.businesses(), [LIST_FIRMS, 'PUT /businesses/…']);
  const appointments = ghl.appointments();
  allowAll(appointments, [LIST_REMARKS, 'PUT /calendars/events/appointments/…']);
  const remarks = appointments.flatMap(({ id }) => ghl.appointmentNotes(id));
  allowAll(remarks, ['PUT /calendars/appointments/…/notes/…']);
}
