import { newCustomField } from './custom-field.ts';
import type { Calendar, Pipeline } from './location-records.ts';
import type { Location } from './location.ts';

export type CalendarWish = Partial<Omit<Calendar, 'locationId'>>;
export type PipelineWish = Partial<Omit<Pipeline, 'locationId'>>;

/** Ids of the first location's seeds: fixed, so that a config may be written before the sandbox runs. */
export const seedIds = {
  calendar: 'SandboxCalendar00001',
  eventDate: 'SandboxFieldEventDay',
  package: 'SandboxFieldPackage1',
  user: 'SandboxUser000000001',
  workflow: 'SandboxWorkflow00001',
  pipeline: 'SandboxPipeline00001',
  stages: ['SandboxStage00000001', 'SandboxStage00000002', 'SandboxStage00000003'],
} as const;

/** What every location starts with: a calendar, two custom fields, a user, a workflow, a pipeline of three stages. */
export function seedLocation(location: Location): void {
  newCalendar(location, { id: seedIds.calendar, name: 'Events' });
  newCustomField(location, { id: seedIds.eventDate, name: 'Event date', dataType: 'DATE' });
  newCustomField(location, { id: seedIds.package, name: 'Package', dataType: 'TEXT' });
  location.users.set(seedIds.user, {
    ...{ id: seedIds.user, name: 'Sam Host', firstName: 'Sam', lastName: 'Host', email: 'sam@example.com' },
  });
  location.workflows.set(seedIds.workflow, { id: seedIds.workflow, name: 'Welcome' });
  const names = ['Enquiry', 'Booked', 'Done'];
  newPipeline(location, {
    id: seedIds.pipeline,
    stages: seedIds.stages.map((id, position) => ({ id, name: names[position] ?? id, position })),
  });
}

export function newCalendar(location: Location, wish: CalendarWish): Calendar {
  const calendar: Calendar = {
    ...{ id: location.newId(), locationId: location.id, name: 'Calendar', slotDurationMinutes: 30 },
    ...{ overlapProtection: false, autoConfirm: true, isActive: true },
    ...wish,
  };
  location.calendars.set(calendar.id, calendar);
  return calendar;
}

export function newPipeline(location: Location, wish: PipelineWish): Pipeline {
  const pipeline: Pipeline = {
    ...{ id: location.newId(), locationId: location.id, name: 'Bookings' },
    stages: [{ id: location.newId(), name: 'New', position: 0 }],
    ...wish,
  };
  location.pipelines.set(pipeline.id, pipeline);
  return pipeline;
}
