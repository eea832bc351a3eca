import type { Revision } from './booth.ts';
import { CALENDAR } from './configs-more.ts';
import { contactsOf, isMember, keysOf } from './members.ts';
import type { World } from './world.ts';

export function taskDifferences(world: World, booking: Revision, tainted: ReadonlySet<string>): string[] {
  const { id, row } = booking;
  const tasks = world.ghl.tasks().filter(({ title }) => title.startsWith(`task of b${id},`));
  const wanted = isMember(booking) && row['task'] !== '';
  const isTainted = keysOf(world.booth, id).some((key) => tainted.has(key));
  if (isTainted && world.hand.losses > 0) return [];
  if (tasks.length > 1) return [`booking ${id} has ${tasks.length} tasks`];
  if (isTainted) return [];
  const [task] = tasks;
  if (!wanted) return task ? [`booking ${id} wants no task, and has one`] : [];
  if (!task) return world.hand.deletedTasks.has(id) ? [] : [`booking ${id} has no task`];
  return [
    ...(task.title === row['task'] ? [] : [`the task of booking ${id} says "${task.title}"`]),
    ...(task.completed === (row['done'] === true) ? [] : [`the task of booking ${id} says "${done(task)}"`]),
    ...placeDifferences(world, `the task of booking ${id}`, booking.key, task.contactId),
  ];
}

function done({ completed }: { readonly completed: boolean }): string {
  return completed ? 'completed' : 'not completed';
}

export function appointmentDifferences(
  world: World,
  booking: Revision,
  tainted: ReadonlySet<string>,
): string[] {
  const { id, row, key } = booking;
  const found = world.ghl.appointments().filter(({ title }) => title === `event of b${id}`);
  const wanted = world.plan.setup.appointments && isMember(booking) && row['kind'] !== '';
  const isTainted = keysOf(world.booth, id).some((one) => tainted.has(one));
  if (isTainted && world.hand.losses > 0) return [];
  if (found.length > 1) return [`booking ${id} has ${found.length} appointments`];
  if (isTainted) return [];
  const [one] = found;
  if (!wanted) return one ? [`booking ${id} wants no appointment, and has one`] : [];
  if (!one) return world.hand.deleted.has(key) ? [] : [`booking ${id} has no appointment`];
  const says = `${new Date(one.startMs).toISOString()} ${one.appointmentStatus} ${one.calendarId}`;
  const start = new Date(row['start'] as string).toISOString();
  const status = row['status'] === 'Cancelled' ? 'cancelled' : 'confirmed';
  const shouldSay = `${start} ${status} ${CALENDAR}`;
  return [
    ...(says === shouldSay ? [] : [`the appointment of booking ${id} is ${says}, not ${shouldSay}`]),
    ...placeDifferences(world, `the appointment of booking ${id}`, key, one.contactId),
  ];
}

export function noteDifferences(
  world: World,
  memo: Revision,
  live: readonly Revision[],
  tainted: ReadonlySet<string>,
): string[] {
  const notes = world.ghl.notes().filter(({ body }) => body.startsWith(`memo ${memo.id},`));
  const keys = world.booth.history.filter(({ source, id }) => source === 'memos' && id === memo.id);
  const isTainted = keys.some(({ key }) => tainted.has(key));
  if (world.hand.forgottenNotes.has(memo.id) || (isTainted && world.hand.losses > 0)) return [];
  if (notes.length > 1) return [`memo ${memo.id} has ${notes.length} notes`];
  if (tainted.has(memo.key)) return [];
  const [note] = notes;
  if (memo.deleted) return note ? [`memo ${memo.id} is gone, and has a note`] : [];
  if (!live.some(({ key }) => key === memo.key)) return [];
  const { deleted, deletedNotes } = world.hand;
  if (!note) return deleted.has(memo.key) || deletedNotes.has(memo.id) ? [] : [`memo ${memo.id} has no note`];
  return [
    ...(note.body === memo.row['text'] ? [] : [`the note of memo ${memo.id} says "${note.body}"`]),
    ...placeDifferences(world, `the note of memo ${memo.id}`, memo.key, note.contactId),
  ];
}

function placeDifferences(world: World, what: string, key: string, contactId: string): string[] {
  const contact = contactsOf(world, key)[0];
  return contactId === contact?.id ? [] : [`${what} is of contact ${contactId}`];
}
