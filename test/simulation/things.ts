import type { Extra, Revision, SourceName } from './booth.ts';
import { isMember } from './members.ts';
import type { Setup } from './plan.ts';
import type { Held } from './target-watch.ts';

/** What the target keeps of one record beside a contact: its task, its note, one of its extras … */
export interface Thing {
  readonly source: SourceName;
  readonly id: string;
  /** What it is to the record. */
  readonly name: string;
  /** All that was written into it, in one word. */
  readonly says: string;
  /** The contact that it is of; nothing where it is of none. */
  readonly contactId?: string;
}

/** Whose a thing is, and what it says; nothing for what is of no record alone. */
export function thingOf(held: Held): Thing | undefined {
  switch (held.kind) {
    case 'task': {
      const { title, completed, contactId } = held.is;
      const [, name, id] = /^(task|extra \w) of b(\d+)/.exec(title) ?? [];
      return ofBooking(id, name ?? '', completed ? done(title) : title, contactId);
    }
    case 'note': {
      const [, id] = /^memo (\d+),/.exec(held.is.body) ?? [];
      const { body, contactId } = held.is;
      return id ? { source: 'memos', id, name: 'note', says: body, contactId } : undefined;
    }
    case 'appointment': {
      const { title, startMs, appointmentStatus, contactId } = held.is;
      return ofBooking(numberIn(title), 'appointment', `${iso(startMs)} ${appointmentStatus}`, contactId);
    }
    case 'remark':
      return ofBooking(numberIn(held.is.body), 'remark', held.is.body, held.is.contactId);
    case 'deal':
      return ofBooking(numberIn(held.is.name), 'deal', held.is.status, held.is.contactId);
    case 'block':
      return ofBooking(numberIn(held.is.title), 'block', iso(held.is.startMs));
    case 'contact':
    case 'firm':
    case 'run':
      return undefined;
  }
}

/** What a state of a record wants its things to say, by their names; the others it does not want. */
export function wantedOf(revision: Revision, setup: Setup): ReadonlyMap<string, string> {
  const { source, deleted, row, id } = revision;
  const wanted = new Map<string, string>();
  if (deleted) return wanted;
  if (source === 'memos') return wanted.set('note', row['text'] as string);
  const { status, task, kind, start } = row as Record<string, string>;
  const takesPlace = kind !== '';
  if (setup.more && takesPlace) wanted.set('block', iso(start!));
  if (!isMember(revision)) return wanted;
  if (task !== '') wanted.set('task', row['done'] === true ? done(task!) : task!);
  if (setup.appointments && takesPlace)
    wanted.set('appointment', `${iso(start!)} ${status === 'Cancelled' ? 'cancelled' : 'confirmed'}`);
  if (!setup.more) return wanted;
  if (setup.appointments && takesPlace) wanted.set('remark', `remark on b${id}: ${status!}`);
  wanted.set('deal', status === 'Cancelled' ? 'lost' : 'open');
  for (const extra of row['extras'] as readonly Extra[])
    wanted.set(`extra ${extra.name}`, `extra ${extra.name} of b${id}: ${extra.text}`);
  return wanted;
}

/** What a task says that is completed. */
function done(title: string): string {
  return `${title} (done)`;
}

function ofBooking(
  id: string | undefined,
  name: string,
  says: string,
  contactId?: string,
): Thing | undefined {
  if (id === undefined) return undefined;
  return { source: 'bookings', id, name, says, ...(contactId === undefined ? {} : { contactId }) };
}

function numberIn(text: string): string | undefined {
  return / (?:of|on) b(\d+)(?::|$)/.exec(text)?.[1];
}

function iso(at: string | number): string {
  return new Date(at).toISOString();
}
