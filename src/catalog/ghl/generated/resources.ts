// Made by scripts/generate.ts from src/catalog/ghl: change those files, then run it again.
import { appointmentNote } from '../appointment-note.ts';
import { appointment } from '../appointment.ts';
import { blockSlot } from '../block-slot.ts';
import { business } from '../business.ts';
import { contact } from '../contact.ts';
import { note } from '../note.ts';
import { opportunity } from '../opportunity.ts';
import { task } from '../task.ts';
import type { Resource } from '../../resource.ts';

/** What a sync can write to on a connection of type `ghl`. */
export const resources: readonly Resource[] = [
  appointmentNote,
  appointment,
  blockSlot,
  business,
  contact,
  note,
  opportunity,
  task,
];
