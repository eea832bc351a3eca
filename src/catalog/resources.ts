import { appointmentNote } from './ghl/appointment-note.ts';
import { appointment } from './ghl/appointment.ts';
import { blockSlot } from './ghl/block-slot.ts';
import { business } from './ghl/business.ts';
import { contact } from './ghl/contact.ts';
import { note } from './ghl/note.ts';
import { opportunity } from './ghl/opportunity.ts';
import { task } from './ghl/task.ts';
import type { Resource } from './resource.ts';

const GHL: readonly Resource[] = [
  contact,
  task,
  note,
  appointment,
  blockSlot,
  appointmentNote,
  opportunity,
  business,
];

/** The resource that `to: <connection>.<name>` means, for a connection of type `ghl`. */
export function ghlResource(name: string): Resource | undefined {
  return GHL.find((resource) => resource.name === name);
}

export const GHL_RESOURCES: readonly string[] = GHL.map(({ name }) => name);
