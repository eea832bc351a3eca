import { contactOf, createContact, deleteContact, replaceTags, storeContact } from './contact-changes.ts';
import { applyChange, readInput } from './contact-input.ts';
import type { ContactInput } from './contact-input.ts';
import { cleanTags } from './contact.ts';
import type { Contact } from './contact.ts';
import { newCustomField } from './custom-field.ts';
import type { CustomFieldWish } from './custom-field.ts';
import type * as records from './location-records.ts';
import type { Location, LocationSettings } from './location.ts';
import { newCalendar, newPipeline } from './seed-location.ts';
import type { CalendarWish, PipelineWish } from './seed-location.ts';

/** A location seen from behind: what is stored, and what a person does by hand. No call, no limit. */
export interface LocationControl {
  readonly locationId: string;
  readonly contacts: () => readonly Contact[];
  readonly contact: (id: string) => Contact | undefined;
  readonly contactByEmail: (email: string) => Contact | undefined;
  readonly contactByPhone: (phone: string) => Contact | undefined;
  /** Of one contact, or all. */
  readonly tasks: (contactId?: string) => readonly records.Task[];
  readonly notes: (contactId?: string) => readonly records.Note[];
  readonly appointments: (contactId?: string) => readonly records.Appointment[];
  readonly opportunities: (contactId?: string) => readonly records.Opportunity[];
  readonly appointmentNotes: (appointmentId: string) => readonly records.AppointmentNote[];
  readonly blockSlots: () => readonly records.BlockSlot[];
  readonly businesses: () => readonly records.Business[];
  readonly tags: () => readonly string[];
  readonly customFields: () => readonly records.CustomField[];
  /** The id of the custom field of this name or key (`contact.` may be left out). */
  readonly customFieldId: (nameOrKey: string) => string;
  readonly workflowRuns: () => readonly records.WorkflowRun[];
  /** As a person: no look for duplicates; fields as in create-contact. */
  readonly addContact: (input: ContactInput & { readonly id?: string }) => Contact;
  readonly changeContact: (id: string, input: ContactInput) => Contact;
  readonly setTags: (contactId: string, tags: readonly string[]) => void;
  readonly deleteContact: (id: string) => void;
  readonly deleteTask: (id: string) => void;
  readonly deleteNote: (id: string) => void;
  readonly deleteAppointment: (id: string) => void;
  readonly addCustomField: (wish: CustomFieldWish) => records.CustomField;
  readonly addCalendar: (wish?: CalendarWish) => records.Calendar;
  readonly addPipeline: (wish?: PipelineWish) => records.Pipeline;
  readonly addUser: (user: records.User) => void;
  readonly addWorkflow: (workflow: records.Workflow) => void;
  readonly changeLocation: (settings: Partial<LocationSettings>) => void;
}

/** `location` is asked for each time, since a reset makes a new one. */
export function createLocationControl(id: string, location: () => Location): LocationControl {
  return { locationId: id, ...reads(location), ...deeds(location) };
}

function reads(location: () => Location) {
  return {
    contacts: () => location().contacts.all(),
    contact: (id: string) => location().contacts.get(id),
    contactByEmail: (email: string) => location().contacts.findBy('email', email),
    contactByPhone: (phone: string) => location().contacts.findBy('phone', phone),
    tasks: (contactId?: string) => listed(location().tasks, contactId),
    notes: (contactId?: string) => listed(location().notes, contactId),
    appointments: (contactId?: string) => listed(location().appointments, contactId),
    opportunities: (contactId?: string) => listed(location().opportunities, contactId),
    appointmentNotes: (appointmentId: string) => location().appointmentNotes.of(appointmentId),
    blockSlots: () => [...location().blockSlots.values()],
    businesses: () => [...location().businesses.values()],
    tags: () => [...location().tags.keys()],
    customFields: () => [...location().customFields.values()],
    customFieldId: (nameOrKey: string) => customFieldId(location(), nameOrKey),
    workflowRuns: () => [...location().workflowRuns],
  };
}

function deeds(location: () => Location) {
  return {
    addContact: ({ id, ...input }: ContactInput & { readonly id?: string }) =>
      createContact(location(), readInput(location(), input), id),
    changeContact: (id: string, input: ContactInput) => {
      const change = readInput(location(), input);
      return storeContact(location(), applyChange(location(), contactOf(location(), id), change));
    },
    setTags: (contactId: string, tags: readonly string[]) =>
      void replaceTags(location(), contactOf(location(), contactId), cleanTags(tags)),
    deleteContact: (id: string) => deleteContact(location(), contactOf(location(), id)),
    deleteTask: (id: string) => location().tasks.remove(id),
    deleteNote: (id: string) => location().notes.remove(id),
    deleteAppointment: (id: string) => location().appointments.remove(id),
    addCustomField: (wish: CustomFieldWish) => newCustomField(location(), wish),
    addCalendar: (wish: CalendarWish = {}) => newCalendar(location(), wish),
    addPipeline: (wish: PipelineWish = {}) => newPipeline(location(), wish),
    addUser: (user: records.User) => void location().users.set(user.id, user),
    addWorkflow: (workflow: records.Workflow) => void location().workflows.set(workflow.id, workflow),
    changeLocation: (settings: Partial<LocationSettings>) => {
      location().settings = { ...location().settings, ...settings };
    },
  };
}

function listed<T>(
  children: { readonly all: () => readonly T[]; readonly of: (id: string) => readonly T[] },
  parentId: string | undefined,
): readonly T[] {
  return parentId === undefined ? children.all() : children.of(parentId);
}

function customFieldId(location: Location, nameOrKey: string): string {
  const field = location.customFields
    .values()
    .find((one) => [one.name, one.fieldKey, one.fieldKey.split('.')[1]].includes(nameOrKey));
  if (!field) throw new Error(`no custom field ${nameOrKey}`);
  return field.id;
}
