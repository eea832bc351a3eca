import { unprocessable } from './answers.ts';
import { cleanTags, contactTexts } from './contact.ts';
import type { Contact, ContactText } from './contact.ts';
import { customFieldsInput, mergeCustomFields } from './custom-field.ts';
import type { Location } from './location.ts';
import { email, flag, listOf, nullable, objectOf, oneOf, required, rule, text } from './shape.ts';
import type { Shaped } from './shape.ts';

const channel = objectOf({
  status: required(oneOf('active', 'inactive', 'permanent')),
  message: text,
  code: text,
});
const dndSettings = objectOf({
  ...{ Call: channel, Email: channel, SMS: channel },
  ...{ WhatsApp: channel, GMB: channel, FB: channel },
});
const inboundDndSettings = objectOf({
  all: objectOf({ status: required(oneOf('active', 'inactive')), message: text }),
});

const country = rule<string>(
  (value) => typeof value === 'string' && /^([A-Z]{2})?$/.test(value),
  'must be an ISO 3166-1 alpha-2 country code',
);

/** YYYY/MM/DD or MM/DD/YYYY, with `/`, `-`, `.` or `_`. */
const birthDate = rule<string>(
  (value) => typeof value === 'string' && toBirthDate(value) !== undefined,
  'must be a date of a supported format',
);

/** What all three bodies have; null only where the official schema has it. */
const common = {
  firstName: nullable(text),
  lastName: nullable(text),
  name: nullable(text),
  email: nullable(email),
  phone: nullable(text),
  address1: nullable(text),
  city: nullable(text),
  state: nullable(text),
  postalCode: text,
  website: nullable(text),
  timezone: nullable(text),
  dnd: flag,
  dndSettings,
  inboundDndSettings,
  tags: listOf(text),
  customFields: customFieldsInput,
  dateOfBirth: nullable(birthDate),
  country,
};

export const createShape = {
  ...common,
  locationId: required(text),
  gender: text,
  companyName: nullable(text),
  source: text,
  assignedTo: text,
};

export const upsertShape = { ...createShape, createNewIfDuplicateAllowed: flag };

/** PUT lacks locationId, gender and companyName: GHL refuses them. */
export const updateShape = { ...common, source: nullable(text), assignedTo: nullable(text) };

export type ContactInput = Partial<Omit<Shaped<typeof createShape>, 'source' | 'assignedTo'>> & {
  readonly source?: string | null | undefined;
  readonly assignedTo?: string | null | undefined;
};

/** The fields of a body as they are stored: null or empty clears, undefined leaves alone. */
export interface ContactChange {
  readonly texts: ReadonlyMap<ContactText, string | undefined>;
  readonly input: ContactInput;
}

export function readInput(location: Location, input: ContactInput): ContactChange {
  const texts = new Map<ContactText, string | undefined>();
  for (const name of contactTexts) {
    const value = input[name];
    if (value !== undefined) texts.set(name, value?.trim() === '' ? undefined : value?.trim());
  }
  if (typeof input.name === 'string' && !texts.has('firstName') && !texts.has('lastName')) {
    const [first, ...rest] = input.name.trim().split(/\s+/);
    texts.set('firstName', first === '' ? undefined : first);
    texts.set('lastName', rest.join(' ') || undefined);
  }
  const email = texts.get('email');
  if (email !== undefined) texts.set('email', email.toLowerCase());
  const phone = texts.get('phone');
  if (phone !== undefined) texts.set('phone', toE164(location, phone));
  return { texts, input };
}

/** The contact with the change applied. Tags replace all that it had; custom fields are merged by id. */
export function applyChange(location: Location, contact: Contact, change: ContactChange): Contact {
  const { input } = change;
  const draft: { -readonly [K in keyof Contact]: Contact[K] } = { ...contact, dateUpdated: location.stamp() };
  for (const [name, value] of change.texts) {
    if (value === undefined) Reflect.deleteProperty(draft, name);
    else draft[name] = value;
  }
  if (input.tags) draft.tags = cleanTags(input.tags);
  if (input.customFields) {
    draft.customFields = mergeCustomFields(location, contact.customFields, input.customFields);
  }
  if (input.dnd !== undefined) draft.dnd = input.dnd;
  if (input.dndSettings) draft.dndSettings = input.dndSettings;
  if (input.inboundDndSettings) draft.inboundDndSettings = input.inboundDndSettings;
  if (input.dateOfBirth === null) delete draft.dateOfBirth;
  else if (input.dateOfBirth !== undefined) draft.dateOfBirth = toBirthDate(input.dateOfBirth) ?? '';
  return draft;
}

const dialCodes: Readonly<Record<string, string>> = { GB: '44', US: '1', CA: '1' };

/** Formatting goes ("+1 888-888-8888" is the official example); a number without `+` is a guess, so refused. */
function toE164(location: Location, phone: string): string {
  const bare = phone.replaceAll(/[\s().-]/g, '');
  if (/^\+[1-9]\d{6,14}$/.test(bare)) return bare;
  const dialCode = dialCodes[location.country];
  if (location.ghl().nationalPhones === 'convert' && dialCode !== undefined && /^\d{7,14}$/.test(bare)) {
    return `+${dialCode}${bare.replace(/^0/, '')}`;
  }
  throw unprocessable(['phone must be a valid phone number']);
}

function toBirthDate(value: string): string | undefined {
  const parts = /^(?:(\d{4})([/._-])(\d{2})\2(\d{2})|(\d{2})([/._-])(\d{2})\6(\d{4}))$/.exec(value);
  if (!parts) return undefined;
  const [year, month, day] =
    parts[1] === undefined ? [parts[8], parts[5], parts[7]] : [parts[1], parts[3], parts[4]];
  const iso = `${year ?? ''}-${month ?? ''}-${day ?? ''}T00:00:00.000Z`;
  const date = new Date(iso);
  return !Number.isNaN(date.getTime()) && date.toISOString() === iso ? iso : undefined;
}
