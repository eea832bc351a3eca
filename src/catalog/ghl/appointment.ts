import type { Resource } from '../resource.ts';

/** A contact's place in a calendar. Made under calendars; under contacts it can only be read. Facts: ghl-facts.md §4. */
export const appointment: Resource = {
  name: 'appointment',
  idParameter: 'eventId',
  parent: { resource: 'contact', parameter: 'contactId' },
  // The answer is the appointment itself, unwrapped.
  create: { operation: 'create-appointment', answer: [] },
  update: { operation: 'edit-appointment', answer: [] },
  read: { operation: 'get-appointment', answer: ['event'] },
  delete: { operation: 'delete-event', answer: [] },
  createOnly: [],
  // Its title is what guests read in their calendars. The contact's list shows the description as `notes`.
  markField: 'description',
  hidden: [
    'meetingLocationType',
    'meetingLocationId',
    'overrideLocationConfig',
    'ignoreDateRange',
    'ignoreFreeSlotValidation',
    'toNotify',
  ],
  shownAs: { description: ['notes'] },
  instants: ['startTime', 'endTime'],
  references: { calendarId: { kind: 'calendar', operation: 'get-calendars', answer: ['calendars'] } },
  // Its status and its end may change; the list prints times without an offset, in the location's zone.
  siblings: {
    list: { operation: 'get-appointments-for-contact', answer: ['events'] },
    match: ['title', 'startTime'],
    lagMs: 2_000,
  },
};
