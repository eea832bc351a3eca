/** What a location holds beside contacts. Times are ISO instants unless they say otherwise. */

export interface LocationTag {
  readonly id: string;
  readonly name: string;
  readonly locationId: string;
}

export interface CustomField {
  readonly id: string;
  readonly name: string;
  /** Like `contact.event_date`. */
  readonly fieldKey: string;
  /** TEXT, LARGE_TEXT, NUMERICAL, MONETORY (sic), DATE, CHECKBOX, MULTIPLE_OPTIONS, SINGLE_OPTIONS, RADIO, FILE_UPLOAD … */
  readonly dataType: string;
  readonly model: 'contact' | 'opportunity';
  readonly locationId: string;
  readonly placeholder: string;
  readonly position: number;
  readonly picklistOptions?: readonly string[];
}

/** GHL gives a task no date of its own change. */
export interface Task {
  readonly id: string;
  readonly contactId: string;
  readonly title: string;
  readonly body?: string;
  readonly assignedTo?: string;
  readonly dueDate: string;
  readonly completed: boolean;
}

export interface Note {
  readonly id: string;
  readonly contactId: string;
  readonly body: string;
  readonly userId?: string;
  readonly title?: string;
  readonly color?: string;
  readonly pinned?: boolean;
  readonly dateAdded: string;
}

export interface AppointmentNote {
  readonly id: string;
  readonly appointmentId: string;
  readonly contactId: string;
  readonly body: string;
  readonly userId?: string;
  readonly dateAdded: string;
}

export interface Calendar {
  readonly id: string;
  readonly locationId: string;
  readonly name: string;
  readonly slotDurationMinutes: number;
  /** Whether an appointment on a taken slot is refused. */
  readonly overlapProtection: boolean;
  /** New appointments are `confirmed` if so, else `new`. */
  readonly autoConfirm: boolean;
  readonly isActive: boolean;
}

export type AppointmentStatus = 'new' | 'confirmed' | 'cancelled' | 'showed' | 'noshow' | 'invalid';

export interface Appointment {
  readonly id: string;
  readonly calendarId: string;
  readonly contactId: string;
  readonly locationId: string;
  readonly title: string;
  readonly appointmentStatus: AppointmentStatus;
  /** Epoch milliseconds. */
  readonly startMs: number;
  readonly endMs: number;
  readonly assignedUserId?: string;
  readonly description?: string;
  readonly address?: string;
  readonly meetingLocationType?: string;
  readonly rrule?: string;
  /** False: automations did not run. */
  readonly toNotify: boolean;
  readonly dateAdded: string;
  readonly dateUpdated: string;
}

export interface BlockSlot {
  readonly id: string;
  readonly locationId: string;
  readonly title: string;
  readonly calendarId?: string;
  readonly assignedUserId?: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly dateAdded: string;
  readonly dateUpdated: string;
}

export interface Pipeline {
  readonly id: string;
  readonly name: string;
  readonly locationId: string;
  readonly stages: readonly { readonly id: string; readonly name: string; readonly position: number }[];
}

export type OpportunityStatus = 'open' | 'won' | 'lost' | 'abandoned';

export interface Opportunity {
  readonly id: string;
  readonly name: string;
  readonly locationId: string;
  readonly contactId: string;
  readonly pipelineId: string;
  readonly pipelineStageId: string;
  readonly status: OpportunityStatus;
  readonly monetaryValue?: number;
  readonly assignedTo?: string;
  readonly lostReasonId?: string;
  readonly customFields: readonly { readonly id: string; readonly fieldValue: unknown }[];
  readonly followers: readonly string[];
  readonly lastStatusChangeAt: string;
  readonly lastStageChangeAt: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export const businessTexts = [
  'phone',
  'email',
  'website',
  'address',
  'city',
  'description',
  'state',
  'postalCode',
  'country',
] as const;

export interface Business extends Readonly<Partial<Record<(typeof businessTexts)[number], string>>> {
  readonly id: string;
  readonly locationId: string;
  readonly name: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface User {
  readonly id: string;
  readonly name: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
}

export interface Workflow {
  readonly id: string;
  readonly name: string;
}

/** That a contact was added to, or taken out of, a workflow. */
export interface WorkflowRun {
  readonly contactId: string;
  readonly workflowId: string;
  readonly change: 'added' | 'removed';
  readonly eventStartTime?: string;
  readonly at: string;
}
