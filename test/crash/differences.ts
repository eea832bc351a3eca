import type { RunningGhl } from '../../src/sandbox/ghl/start-ghl.ts';
import type { Booking, Memo, Shop } from './shop.ts';

/** Where the target differs from what the source says now. */
export function differences(shop: Shop, ghl: RunningGhl): string[] {
  const bookings = shop.bookings();
  const emails = [...new Set(bookings.map(({ email }) => email))];
  return [
    ...emails.flatMap((email) => ofContact(email, bookings, ghl)),
    ...bookings.flatMap((booking) => ofTask(booking, ghl)),
    ...shop.memos().flatMap((memo) => ofNote(memo, ghl)),
    ...bookings.flatMap((booking) => ofWelcome(booking, ghl)),
  ];
}

function ofContact(email: string, bookings: readonly Booking[], ghl: RunningGhl): string[] {
  const contacts = ghl.contacts().filter((contact) => contact.email === email);
  const [contact] = contacts;
  const members = bookings.filter((one) => one.email === email && !one.deleted);
  if (contacts.length > 1) return [`${email} is there ${contacts.length} times`];
  const newest = members.toSorted((a, b) => (a.updated_at < b.updated_at ? 1 : -1))[0];
  if (!newest) return contact && !contact.tags.includes('gone') ? [`${email} should be tagged as gone`] : [];
  if (!contact) return [`${email} is missing`];
  const wanted = ['guest', ...(members.some(({ status }) => status === 'Confirmed') ? ['booked'] : [])];
  const held = contact.tags.toSorted().join();
  return [
    ...(contact.firstName === newest.name
      ? []
      : [`${email} is "${contact.firstName}", not "${newest.name}"`]),
    ...(held === wanted.toSorted().join() ? [] : [`${email} has the tags ${held}, not ${wanted.join()}`]),
  ];
}

function ofTask({ id, email, task, deleted, status }: Booking, ghl: RunningGhl): string[] {
  const tasks = ghl.tasks().filter(({ title }) => title.startsWith(`task of b${id},`));
  if (tasks.length > 1) return [`booking ${id} has ${tasks.length} tasks`];
  const [held] = tasks;
  if (deleted || task === '') return held ? [`booking ${id} has a task that it does not want`] : [];
  if (!held) return [`booking ${id} has no task`];
  const isRight =
    held.title === task &&
    held.completed === (status === 'Cancelled') &&
    ghl.contact(held.contactId)?.email === email;
  return isRight ? [] : [`booking ${id} has the task ${JSON.stringify(held)}`];
}

function ofNote({ id, email, text }: Memo, ghl: RunningGhl): string[] {
  const notes = ghl.notes().filter(({ body }) => body.startsWith(`memo ${id},`));
  const [note] = notes;
  if (notes.length !== 1 || !note) return [`memo ${id} has ${notes.length} notes`];
  const isRight = note.body === text && ghl.contact(note.contactId)?.email === email;
  return isRight ? [] : [`memo ${id} has the note ${JSON.stringify(note)}`];
}

/** Never twice; whether it may be missing, the dead letters say. */
function ofWelcome({ id }: Booking, ghl: RunningGhl): string[] {
  const start = `2027-01-01T00:${String(100 + id).slice(1)}:00Z`;
  const runs = ghl.workflowRuns().filter(({ eventStartTime }) => eventStartTime === start);
  return runs.length > 1 ? [`the action ran ${runs.length} times for booking ${id}`] : [];
}
