import { isRecord } from '../http/message.ts';
import { unprocessable } from './answers.ts';
import { fieldReader, readFilters } from './contact-filter.ts';
import type { Reader } from './contact-filter.ts';
import { foundContact, fullName, listedContact, readContact } from './contact.ts';
import type { Contact } from './contact.ts';
import type { Location } from './location.ts';
import { ok, route } from './route.ts';
import { anything, atMost, count, digits, listOf, required, text } from './shape.ts';
import type { Shaped } from './shape.ts';

const version = '2021-07-28';
const readonly = { version, scope: 'contacts.readonly' } as const;

/** Page mode ends here; beyond, only `searchAfter` goes on. */
const pageModeEnds = 10_000;

const searchBody = {
  ...{ locationId: required(text), pageLimit: required(count), page: count, searchAfter: listOf(anything) },
  ...{ filters: listOf(anything), sort: listOf(anything), query: atMost(75, text) },
  // Ignored in silence, as real GHL ignores it.
  ...{ startAfter: anything, startAfterId: anything },
};

export const contactSearchRoutes = [
  route({
    ...{ operation: 'search-contacts-advanced', method: 'POST', path: '/contacts/search', ...readonly },
    body: searchBody,
    handle: ({ location, body }) => search(location, body),
  }),
  route({
    ...{ operation: 'get-duplicate-contact', method: 'GET', path: '/contacts/search/duplicate', ...readonly },
    query: { locationId: required(text), number: text, email: text },
    handle: ({ location, query }) => {
      if (query.number === undefined && query.email === undefined) {
        throw unprocessable(['Either of email or number is required']);
      }
      const contact = findDuplicate(location, query);
      return ok({ contact: contact ? readContact(contact) : null });
    },
  }),
  route({
    // Deprecated, and still the only plain list.
    ...{ operation: 'get-contacts', method: 'GET', path: '/contacts/', ...readonly },
    query: {
      ...{ locationId: required(text), startAfterId: text, startAfter: digits },
      ...{ query: text, limit: digits },
    },
    handle: ({ location, query }) => {
      const limit = Number(query.limit ?? 20);
      if (limit > 100) throw unprocessable(['limit must not be greater than 100']);
      const all = location.contacts.all().filter((contact) => matches(contact, query.query ?? ''));
      const after = all.findIndex((contact) => contact.id === query.startAfterId);
      return ok({ contacts: all.slice(after + 1, after + 1 + limit).map(listedContact), count: all.length });
    },
  }),
];

/** Never lags. The number is compared as it is stored: a `+` that the URL did not escape arrives as a space and finds nothing. */
function findDuplicate(
  location: Location,
  wanted: { readonly number?: string | undefined; readonly email?: string | undefined },
): Contact | undefined {
  const values = { email: wanted.email, phone: wanted.number?.replaceAll(/(?<=.)[\s().-]/g, '') };
  for (const field of location.ghl().duplicatePriority) {
    const value = values[field];
    const found = value ? location.contacts.findBy(field, value) : undefined;
    if (found && (field === 'email' || found.phone === value)) return found;
  }
  return undefined;
}

function search(location: Location, body: Shaped<typeof searchBody>) {
  const { pageLimit, page, searchAfter } = body;
  if (pageLimit < 1 || pageLimit > 500) throw unprocessable(['pageLimit must be from 1 to 500']);
  if (page !== undefined && searchAfter) throw unprocessable(['page and searchAfter exclude each other']);
  const from = searchAfter ? 0 : (Math.max(1, page ?? 1) - 1) * pageLimit;
  if (from + pageLimit > pageModeEnds && !searchAfter) {
    throw unprocessable([`page mode ends at ${pageModeEnds} records; use searchAfter`]);
  }
  const fits = readFilters(body.filters ?? []);
  const { read, sign } = readSort(body.sort ?? []);
  const found = location.contactIndex
    .visible()
    .filter((contact) => fits(contact) && matches(contact, body.query ?? ''))
    .map((contact) => ({ contact, place: [sortable(read(contact)), contact.id] as Place }))
    .sort((a, b) => sign * compare(a.place, b.place));
  const after = searchAfter ? readPlace(searchAfter) : undefined;
  const rest = after ? found.filter(({ place }) => sign * compare(place, after) > 0) : found.slice(from);
  const rows = rest.slice(0, pageLimit);
  const contacts = rows.map(({ contact, place }) => ({ ...foundContact(contact), searchAfter: place }));
  return ok({ contacts, total: found.length });
}

type Place = readonly [string | number, string];

/** One field; ties by id. Newest first unless told, so that pages are stable. */
function readSort(sort: readonly unknown[]): { readonly read: Reader; readonly sign: 1 | -1 } {
  const [first] = sort;
  if (first === undefined) return { read: fieldReader('dateAdded'), sign: -1 };
  if (!isRecord(first)) throw unprocessable(['each sort must be an object']);
  const { field, direction } = first;
  if (direction !== 'asc' && direction !== 'desc') throw unprocessable(['direction must be asc or desc']);
  return { read: fieldReader(field), sign: direction === 'asc' ? 1 : -1 };
}

function sortable(value: unknown): string | number {
  return typeof value === 'number' || typeof value === 'string' ? value : '';
}

function compare(a: Place, b: Place): number {
  if (a[0] === b[0]) return a[1] < b[1] ? -1 : Number(a[1] > b[1]);
  return a[0] < b[0] ? -1 : 1;
}

function readPlace(searchAfter: readonly unknown[]): Place {
  const [value, id] = searchAfter;
  if ((typeof value !== 'string' && typeof value !== 'number') || typeof id !== 'string') {
    throw unprocessable(['searchAfter must be an array that a search has returned']);
  }
  return [value, id];
}

function matches(contact: Contact, query: string): boolean {
  if (query === '') return true;
  const haystack = [fullName(contact), contact.email, contact.phone, contact.companyName];
  return haystack.some((text) => text?.toLowerCase().includes(query.toLowerCase()) ?? false);
}
