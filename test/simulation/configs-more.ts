import { seedIds } from '../../src/sandbox/ghl/seed-location.ts';
import type { Setup } from './plan.ts';

/** The calendar that bookings are in, and what blocks time beside them. */
export const CALENDAR = 'SimulatedCalendar001';
/** What an element's target is due. */
const DUE = '2027-03-01T10:00:00Z';

/** What else may be kept with a contact: elements of a record, a child's child, deals, blocked time, and companies. */
export function moreSyncs({ quietMs, appointments }: Setup): object {
  const ofBooking = { from: 'bookings', quiet: `${quietMs}ms`, onDelete: 'delete', onLeave: 'delete' };
  const ofContact = { ...ofBooking, parent: 'contacts' };
  return {
    extras: {
      ...ofContact,
      each: 'extras',
      key: 'name',
      when: '$record.status != "Draft"',
      to: 'ghl.task',
      fields: {
        title: { text: 'extra {{ name }} of b{{ $record.id }}: {{ text }}' },
        dueDate: { value: DUE },
      },
    },
    deals: {
      ...ofContact,
      when: 'status != "Draft"',
      to: 'ghl.opportunity',
      fields: {
        name: { text: 'deal of b{{ id }}' },
        pipelineId: { value: seedIds.pipeline },
        pipelineStageId: { value: seedIds.stages[0] },
        status: 'status = "Cancelled" ? "lost" : "open"',
      },
    },
    blocks: {
      ...ofBooking,
      when: 'kind',
      to: 'ghl.block-slot',
      fields: {
        calendarId: { value: seedIds.calendar },
        title: { text: 'block of b{{ id }}' },
        startTime: 'start',
        endTime: 'end',
      },
    },
    firms: {
      ...ofBooking,
      when: 'kind',
      key: 'kind',
      to: 'ghl.business',
      fields: { name: { text: 'Firm {{ kind }}' } },
    },
    ...(appointments ? { remarks: remarksOn(ofBooking) } : {}),
  };
}

function remarksOn(ofBooking: object): object {
  return {
    ...ofBooking,
    parent: 'appointments',
    when: 'kind',
    to: 'ghl.appointment-note',
    fields: { body: { text: 'remark on b{{ id }}: {{ status }}' } },
  };
}
