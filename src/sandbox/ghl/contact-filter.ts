import { isRecord } from '../http/message.ts';
import { unprocessable } from './answers.ts';
import { fullName } from './contact.ts';
import type { Contact } from './contact.ts';

/** What a search can filter and sort by, beside `customFields.<id>` (help.hoopai.com/api-reference/overview/contacts-search). */
const fields: Readonly<Record<string, (contact: Contact) => unknown>> = {
  id: (contact) => contact.id,
  firstNameLowerCase: (contact) => contact.firstName?.toLowerCase(),
  lastNameLowerCase: (contact) => contact.lastName?.toLowerCase(),
  fullNameLowerCase: (contact) => fullName(contact).toLowerCase(),
  email: (contact) => contact.email,
  phone: (contact) => contact.phone,
  tags: (contact) => contact.tags,
  dateAdded: (contact) => Date.parse(contact.dateAdded),
  dateUpdated: (contact) => Date.parse(contact.dateUpdated),
  dateOfBirth: (contact) => (contact.dateOfBirth === undefined ? undefined : Date.parse(contact.dateOfBirth)),
  dnd: (contact) => contact.dnd,
  source: (contact) => contact.source,
  assignedTo: (contact) => contact.assignedTo,
  companyName: (contact) => contact.companyName,
  businessId: (contact) => contact.businessId,
  address: (contact) => contact.address1,
  city: (contact) => contact.city,
  state: (contact) => contact.state,
  country: (contact) => contact.country,
  postalCode: (contact) => contact.postalCode,
  website: (contact) => contact.website,
  timezone: (contact) => contact.timezone,
  followers: (contact) => contact.followers,
};

export type Reader = (contact: Contact) => unknown;

export function fieldReader(name: unknown): Reader {
  const custom = typeof name === 'string' ? /^customFields\.(\w+)$/.exec(name)?.[1] : undefined;
  if (custom !== undefined) {
    return (contact) => contact.customFields.find((field) => field.id === custom)?.value;
  }
  const reader = typeof name === 'string' && Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (!reader) throw unprocessable([`Invalid field ${String(name)}`]);
  return reader;
}

export type Filter = (contact: Contact) => boolean;

/** All of a list of conditions and AND/OR groups of them. */
export function readFilters(filters: unknown, group: 'AND' | 'OR' = 'AND'): Filter {
  if (!Array.isArray(filters)) throw unprocessable(['filters must be an array']);
  const parts = filters.map(readFilter);
  if (group === 'OR') return (contact) => parts.some((part) => part(contact));
  return (contact) => parts.every((part) => part(contact));
}

function readFilter(filter: unknown): Filter {
  if (!isRecord(filter)) throw unprocessable(['each filter must be an object']);
  const { group, field, operator, value } = filter;
  if (group === 'AND' || group === 'OR') return readFilters(filter['filters'], group);
  if (group !== undefined) throw unprocessable(['group must be AND or OR']);
  const read = fieldReader(field);
  const test = readOperator(operator, value);
  return (contact) => test(read(contact));
}

function readOperator(operator: unknown, value: unknown): (actual: unknown) => boolean {
  switch (operator) {
    case 'eq':
      return (actual) => holds(actual, value);
    case 'not_eq':
      return (actual) => !holds(actual, value);
    case 'contains':
      return (actual) => contains(actual, value);
    case 'not_contains':
      return (actual) => !contains(actual, value);
    case 'exists':
      return hasValue;
    case 'not_exists':
      return (actual) => !hasValue(actual);
    case 'range':
      return readRange(value);
    default:
      throw unprocessable([`Invalid operator ${String(operator)}`]);
  }
}

function hasValue(actual: unknown): boolean {
  return actual !== undefined && actual !== '' && !(Array.isArray(actual) && actual.length === 0);
}

/** A list on either side: any of it. Texts are compared exactly: a phone as `+44…`, an email in lower case. */
function holds(actual: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) return wanted.some((one: unknown) => holds(actual, one));
  if (Array.isArray(actual)) return actual.some((one: unknown) => holds(one, wanted));
  if (typeof actual === 'number' && typeof wanted === 'string') return actual === Date.parse(wanted);
  return actual === wanted;
}

function contains(actual: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'string') return false;
  if (Array.isArray(actual)) return actual.some((one: unknown) => contains(one, wanted));
  return typeof actual === 'string' && actual.toLowerCase().includes(wanted.toLowerCase());
}

function readRange(value: unknown): (actual: unknown) => boolean {
  if (!isRecord(value)) throw unprocessable(['the value of a range must be an object']);
  const unknown = Object.keys(value).filter((name) => !['gt', 'gte', 'lt', 'lte'].includes(name));
  if (unknown.length > 0) throw unprocessable([`Invalid range ${unknown.join(', ')}`]);
  const bound = (name: string) => (value[name] === undefined ? undefined : toNumber(value[name]));
  const [gt = -Infinity, gte = -Infinity] = [bound('gt'), bound('gte')];
  const [lt = Infinity, lte = Infinity] = [bound('lt'), bound('lte')];
  return (actual) => {
    if (!hasValue(actual)) return false;
    const number = toNumber(actual);
    return number > gt && number >= gte && number < lt && number <= lte;
  };
}

function toNumber(value: unknown): number {
  const number = typeof value === 'string' ? Date.parse(value) : value;
  if (typeof number !== 'number' || Number.isNaN(number)) throw unprocessable(['Invalid range value']);
  return number;
}
