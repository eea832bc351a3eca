import { without } from '../http/without.ts';
import { defined } from './defined.ts';

/** The texts of a contact that a body may carry and an answer shows under the same name. */
export const contactTexts = [
  'firstName',
  'lastName',
  'email',
  'phone',
  'gender',
  'address1',
  'city',
  'state',
  'postalCode',
  'website',
  'timezone',
  'source',
  'country',
  'companyName',
  'assignedTo',
] as const;

export type ContactText = (typeof contactTexts)[number];

export interface CustomFieldValue {
  readonly id: string;
  readonly value: unknown;
}

/** A stored contact; replaced as a whole by each write, so that old copies stay what they were. */
export interface Contact extends Readonly<Partial<Record<ContactText, string>>> {
  readonly id: string;
  readonly locationId: string;
  /** Lower-cased, trimmed, each once. */
  readonly tags: readonly string[];
  readonly customFields: readonly CustomFieldValue[];
  readonly dnd: boolean;
  readonly dndSettings?: unknown;
  readonly inboundDndSettings?: unknown;
  /** ISO instant, UTC midnight. */
  readonly dateOfBirth?: string;
  readonly businessId?: string;
  readonly followers: readonly string[];
  readonly dateAdded: string;
  readonly dateUpdated: string;
}

export function fullName(contact: Contact): string {
  return [contact.firstName, contact.lastName].filter(Boolean).join(' ');
}

/** CreateContactSchema: what create, update and upsert answer. */
export function writtenContact(contact: Contact): object {
  const shown = without(contact, 'inboundDndSettings', 'followers', 'gender', 'timezone');
  const born = contact.dateOfBirth === undefined ? undefined : new Date(contact.dateOfBirth);
  return {
    ...shown,
    ...lowered(contact),
    type: 'lead',
    deleted: false,
    bounceEmail: false,
    unsubscribeEmail: false,
    ...(born && { birthMonth: born.getUTCMonth() + 1, birthDay: born.getUTCDate() }),
  };
}

/** GetContectByIdSchema: what reading one answers, and update and upsert too. */
export function readContact(contact: Contact): object {
  const shown = without(contact, 'inboundDndSettings', 'gender', 'followers');
  return { ...shown, name: fullName(contact), ...lowered(contact), type: 'lead' };
}

/** ContactsSearchSchema: a row of the plain lists, which have neither name nor phone. */
export function listedContact(contact: Contact): object {
  const { id, locationId, email, timezone, country, source, dateAdded, businessId } = contact;
  const { customFields, tags, followers } = contact;
  return {
    ...defined({ id, locationId, email, timezone, country, source, dateAdded, businessId }),
    ...{ customFields, tags, attributions: [], followers },
  };
}

/**
 * A row of `POST /contacts/search`. Its official schema is empty; pages that print an answer show names in lower case
 * only, `address` in place of `address1`, and null where there is nothing.
 */
export function foundContact(contact: Contact): object {
  const { id, locationId, email, phone, country, state, city, postalCode, website, source } = contact;
  const { companyName, assignedTo, dateOfBirth, businessId } = contact;
  const texts = { email, phone, country, state, city, postalCode, website, source, companyName, assignedTo };
  const more = { address: contact.address1, dateOfBirth, businessId };
  const { customFields, tags, followers, dnd, dateAdded, dateUpdated } = contact;
  return {
    ...{ id, locationId, type: 'lead', customFields, tags, followers, dnd, dateAdded, dateUpdated },
    ...orNull({ ...texts, ...more }),
    firstNameLowerCase: contact.firstName?.toLowerCase() ?? null,
    lastNameLowerCase: contact.lastName?.toLowerCase() ?? null,
    ...{ additionalEmails: [], additionalPhones: [] },
  };
}

function orNull(texts: Readonly<Record<string, string | undefined>>): object {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text ?? null]));
}

function lowered(contact: Contact): object {
  return {
    ...(contact.email !== undefined && { emailLowerCase: contact.email.toLowerCase() }),
    ...(contact.firstName !== undefined && { firstNameLowerCase: contact.firstName.toLowerCase() }),
    ...(contact.lastName !== undefined && { lastNameLowerCase: contact.lastName.toLowerCase() }),
    fullNameLowerCase: fullName(contact).toLowerCase(),
  };
}

export function cleanTags(tags: readonly string[]): readonly string[] {
  const clean = tags.map((tag) => tag.trim().toLowerCase()).filter((tag) => tag !== '');
  return [...new Set(clean)];
}
