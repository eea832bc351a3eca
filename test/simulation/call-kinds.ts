/** Calls to the target by their kind: method, and path without ids. */
export const CREATE_CONTACT = 'POST /contacts/';
export const LOOK_FOR_CONTACT = 'GET /contacts/search/duplicate';
export const UPDATE_CONTACT = 'PUT /contacts/…';
export const READ_CONTACT = 'GET /contacts/…';
export const LIST_CHILDREN: readonly string[] = [
  ...['tasks', 'notes', 'appointments'].map((kind) => `GET /contacts/…/${kind}`),
  'GET /opportunities/search',
];
export const LIST_REMARKS = 'GET /calendars/appointments/…/notes';
export const LIST_BLOCKS = 'GET /calendars/blocked-slots';
export const LIST_FIRMS = 'GET /businesses/';
/** Asked once, and kept in the store. */
export const LOOK_UPS: readonly string[] = ['GET /locations/…', 'GET /locations/…/customFields'];

/** What calls are about. An event is an appointment, or blocked time: they go by one address. */
export type Topic = 'contact' | 'task' | 'note' | 'remark' | 'event' | 'deal' | 'firm' | 'run' | 'location';

const TOPICS: readonly (readonly [RegExp, Topic])[] = [
  [/^\/contacts\/…\/tasks/, 'task'],
  [/^\/contacts\/…\/notes/, 'note'],
  [/^\/contacts\/…\/appointments/, 'event'],
  [/^\/contacts\/…\/workflow/, 'run'],
  [/^\/contacts\//, 'contact'],
  [/^\/calendars\/appointments\/…\/notes/, 'remark'],
  [/^\/calendars\//, 'event'],
  [/^\/opportunities\//, 'deal'],
  [/^\/businesses\//, 'firm'],
  [/^\/locations\//, 'location'],
];

export function topicOf(what: string): Topic {
  const path = what.slice(what.indexOf(' ') + 1);
  const found = TOPICS.find(([pattern]) => pattern.test(path));
  if (!found) throw new Error(`nobody knows what ${what} is about`);
  return found[1];
}

/** What a sync's events are about. */
const SYNCS: Readonly<Record<string, Topic>> = {
  contacts: 'contact',
  tasks: 'task',
  extras: 'task',
  notes: 'note',
  appointments: 'event',
  blocks: 'event',
  remarks: 'remark',
  deals: 'deal',
  firms: 'firm',
  welcome: 'run',
};

export function topicOfSync(sync: string): Topic {
  return SYNCS[sync]!;
}

/** Nothing but a look tells of what is there already: before each create. */
export function lookBefore(what: string): string | undefined {
  if (what === CREATE_CONTACT) return LOOK_FOR_CONTACT;
  if (what === 'POST /businesses/') return LIST_FIRMS;
  return what === 'POST /calendars/events/block-slots' ? LIST_BLOCKS : undefined;
}

export function isCreate(request: Request): boolean {
  return request.method === 'POST' && !/\/tags(\/|$)/.test(new URL(request.url).pathname);
}

export function kindOf(request: Request): string {
  return `${request.method} ${new URL(request.url).pathname.replaceAll(/\/[A-Za-z0-9]{20}/g, '/…')}`;
}

/** Whom a look for a contact is for: an email, or a phone. */
export function lookedFor({ url }: Request): string | null {
  const { searchParams } = new URL(url);
  return searchParams.get('email') ?? searchParams.get('number');
}

/** What is written to: by the last id of its address. */
export function idIn({ url }: Request): string | undefined {
  return new URL(url).pathname.match(/[A-Za-z0-9]{20}/g)?.at(-1);
}

/** The contact that an address names. */
export function contactIn(path: string): string | undefined {
  return /^\/contacts\/([A-Za-z0-9]{20})(?:\/|$)/.exec(path)?.[1];
}
