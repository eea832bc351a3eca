import type { Clock } from '../http/clock.ts';
import { randomId } from '../http/random.ts';
import type { Random } from '../http/random.ts';
import { createChildren } from './children.ts';
import type { Children } from './children.ts';
import { createContactStore } from './contact-store.ts';
import type { ContactStore } from './contact-store.ts';
import type { Contact } from './contact.ts';
import { createLaggingIndex } from './lagging-index.ts';
import type { LaggingIndex } from './lagging-index.ts';
import type {
  Appointment,
  AppointmentNote,
  BlockSlot,
  Business,
  Calendar,
  CustomField,
  LocationTag,
  Note,
  Opportunity,
  Pipeline,
  Task,
  User,
  Workflow,
  WorkflowRun,
} from './location-records.ts';
import type { GhlSettings } from './settings.ts';
import { createZonedTime } from './zoned-time.ts';
import type { ZonedTime } from './zoned-time.ts';

export interface LocationSettings {
  readonly allowDuplicateContact: boolean;
  readonly allowDuplicateOpportunity: boolean;
  readonly allowFacebookNameMerge: boolean;
  readonly disableContactTimezone: boolean;
}

/** What GHL tells by webhook: the type, and the body without `timestamp` and `webhookId`. */
export type Emit = (type: string, body: () => Readonly<Record<string, unknown>>) => void;

/** A sub-account with everything in it. */
export interface Location {
  readonly id: string;
  readonly companyId: string;
  readonly name: string;
  /** IANA zone of times that bear no offset. */
  readonly timezone: string;
  readonly localTime: ZonedTime;
  /** ISO-2. */
  readonly country: string;
  settings: LocationSettings;
  readonly contacts: ContactStore;
  readonly contactIndex: LaggingIndex<Contact>;
  /** By name. */
  readonly tags: Map<string, LocationTag>;
  readonly customFields: Map<string, CustomField>;
  readonly tasks: Children<Task>;
  readonly notes: Children<Note>;
  readonly calendars: Map<string, Calendar>;
  readonly appointments: Children<Appointment>;
  readonly appointmentNotes: Children<AppointmentNote>;
  readonly blockSlots: Map<string, BlockSlot>;
  readonly pipelines: Map<string, Pipeline>;
  readonly opportunities: Children<Opportunity>;
  readonly opportunityIndex: LaggingIndex<Opportunity>;
  readonly businesses: Map<string, Business>;
  readonly users: Map<string, User>;
  readonly workflows: Map<string, Workflow>;
  readonly workflowRuns: WorkflowRun[];
  readonly campaignRuns: { readonly contactId: string; readonly campaignId: string }[];
  readonly newId: () => string;
  /** Now, as an ISO instant. */
  readonly stamp: () => string;
  readonly emit: Emit;
  /** The simulator's settings as they are now. */
  readonly ghl: () => GhlSettings;
}

export interface LocationParts {
  readonly id: string;
  readonly companyId: string;
  readonly name: string;
  readonly timezone: string;
  readonly country: string;
  readonly allowDuplicateContact: boolean;
  readonly allowDuplicateOpportunity: boolean;
  readonly random: Random;
  readonly clock: Clock;
  readonly ghl: () => GhlSettings;
  readonly emit: Emit;
}

export function createLocation(parts: LocationParts): Location {
  const { id, companyId, name, timezone, country, random, clock, ghl, emit } = parts;
  const contactIndex = createLaggingIndex<Contact>(clock, () => ghl().searchLagMs);
  return {
    ...{ id, companyId, name, timezone, country, ghl, emit, contactIndex },
    settings: {
      allowDuplicateContact: parts.allowDuplicateContact,
      allowDuplicateOpportunity: parts.allowDuplicateOpportunity,
      allowFacebookNameMerge: false,
      disableContactTimezone: false,
    },
    localTime: createZonedTime(timezone),
    contacts: createContactStore(contactIndex.note),
    tags: new Map(),
    customFields: new Map(),
    tasks: createChildren<Task>((task) => task.contactId),
    notes: createChildren<Note>((note) => note.contactId),
    calendars: new Map(),
    appointments: createChildren<Appointment>((appointment) => appointment.contactId),
    appointmentNotes: createChildren<AppointmentNote>((note) => note.appointmentId),
    blockSlots: new Map(),
    pipelines: new Map(),
    opportunities: createChildren<Opportunity>((opportunity) => opportunity.contactId),
    opportunityIndex: createLaggingIndex<Opportunity>(clock, () => ghl().opportunitySearchLagMs),
    businesses: new Map(),
    users: new Map(),
    workflows: new Map(),
    workflowRuns: [],
    campaignRuns: [],
    newId: () => randomId(random),
    stamp: () => new Date(clock.now()).toISOString(),
  };
}
