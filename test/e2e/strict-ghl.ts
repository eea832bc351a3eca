import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { isRecord, listen, readBody, type Json, type Listening } from './http.ts';

/**
 * A HighLevel of our own, as strict as the official documents allow: it shares no line and no assumption with the
 * project's sandbox. Whatever a client does wrong is answered as HighLevel would, and kept in `problems`.
 */
export interface StrictGhl extends Listening {
  readonly contacts: Map<string, Contact>;
  /** Every request, also the refused ones. */
  readonly calls: Call[];
  /** What a client must never do: refused tokens, versions, properties, types, 429s, tags in a PUT. */
  readonly problems: string[];
  readonly faults: Fault[];
  byHand(contact: Partial<Contact>): Contact;
  find(field: 'email' | 'phone', value: string): Contact | undefined;
  /** The most calls that arrived in any span of this length. */
  mostIn(spanMs: number): number;
  /** Calls to operations, without those that only look around. */
  writes(): Call[];
}

export interface Contact {
  readonly id: string;
  fields: Record<string, string | boolean>;
  custom: Record<string, Json>;
  tags: string[];
}

export interface Call {
  readonly at: number;
  readonly operation: string;
  readonly path: string;
  readonly body: Json;
  status: number;
}

export type FaultKind =
  | 'reset-before'
  | 'reset-after'
  | '502-before'
  | '502-after'
  | '500-before'
  | 'hang-before'
  | 'hang-after'
  | 'hang-late'
  | 'html'
  | '401'
  | '422'
  | '429';

/** Does `kind` to the first `times` calls that satisfy `when`. */
export interface Fault {
  readonly kind: FaultKind;
  readonly when: (call: Call) => boolean;
  times: number;
}

export interface GhlOptions {
  /** terse: only what the schema makes certain. */
  readonly answers?: 'full' | 'terse';
  /** GET /locations/:id answers 404. */
  readonly hiddenLocation?: boolean;
  readonly allowDuplicates?: boolean;
  readonly latencyMs?: () => number;
  readonly rateHeaders?: boolean;
}

export const LOCATION = 'loc9EPM428h8vShlRW1';
export const TOKEN = 'pit-0b6c1e4e-strict';
const LIMIT = 100;
const WINDOW_MS = 2000;

const CUSTOM_FIELDS = [
  { id: 'cfDay0000001', name: 'Event Day', fieldKey: 'contact.event_day', dataType: 'DATE' },
  { id: 'cfTotal00002', name: 'Total Price', fieldKey: 'contact.total_price', dataType: 'NUMERICAL' },
  { id: 'cfInter00003', name: 'Interests', fieldKey: 'contact.interests', dataType: 'CHECKBOX' },
  { id: 'cfNotes00004', name: 'Notes', fieldKey: 'contact.notes', dataType: 'LARGE_TEXT' },
];

type Check = (value: Json) => string | undefined;

const text: Check = (value) => (typeof value === 'string' ? undefined : 'must be a string');
const textOrNull: Check = (value) => (value === null ? undefined : text(value));
const bool: Check = (value) => (typeof value === 'boolean' ? undefined : 'must be a boolean value');
const texts: Check = (value) =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')
    ? undefined
    : 'each value in tags must be a string';
const email: Check = (value) =>
  value === null || value === '' || (typeof value === 'string' && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value))
    ? undefined
    : 'must be an email';
const phone: Check = (value) =>
  value === null || value === '' || (typeof value === 'string' && /^\+[1-9]\d{6,14}$/.test(value))
    ? undefined
    : 'must be a valid phone number';
const birth: Check = (value) =>
  value === null ||
  (typeof value === 'string' && /^(\d{4}[-/._]\d\d[-/._]\d\d|\d\d[-/._]\d\d[-/._]\d{4})$/.test(value))
    ? undefined
    : 'must be a date';
const dnd: Check = (value) => (isRecord(value) ? undefined : 'must be an object');

/** UpdateContactDto of the official contacts.json. */
const UPDATE: Readonly<Record<string, Check>> = {
  firstName: textOrNull,
  lastName: textOrNull,
  name: textOrNull,
  email,
  phone,
  address1: textOrNull,
  city: textOrNull,
  state: textOrNull,
  postalCode: text,
  website: textOrNull,
  timezone: textOrNull,
  dnd: bool,
  dndSettings: dnd,
  inboundDndSettings: dnd,
  tags: texts,
  customFields: checkCustomFields,
  source: textOrNull,
  dateOfBirth: birth,
  country: text,
  assignedTo: textOrNull,
};

/** CreateContactDto: what an update does not take, and less that may be null. */
const CREATE: Readonly<Record<string, Check>> = {
  ...UPDATE,
  locationId: text,
  gender: text,
  companyName: text,
  source: text,
  assignedTo: text,
};

interface Answer {
  readonly status: number;
  readonly body: Json;
  readonly headers?: Record<string, string>;
  readonly raw?: string;
}

interface Operation {
  readonly name: string;
  readonly id?: string;
}

export async function startStrictGhl(options: GhlOptions = {}): Promise<StrictGhl> {
  const contacts = new Map<string, Contact>();
  const calls: Call[] = [];
  const problems: string[] = [];
  const faults: Fault[] = [];
  const open = new Set<ServerResponse>();

  const server = createServer((request, response) => {
    open.add(response);
    response.on('close', () => open.delete(response));
    void serve(request, response);
  });
  const listening = await listen(server);
  return {
    ...listening,
    contacts,
    calls,
    problems,
    faults,
    byHand: (contact) => put(contacts, { fields: {}, custom: {}, tags: [], ...contact }),
    find: (field, value) => [...contacts.values()].find((contact) => contact.fields[field] === value),
    mostIn: (spanMs) => mostIn(calls, spanMs),
    writes: () => calls.filter((call) => /^(create|update|delete|add|remove|upsert)/.test(call.operation)),
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = performance.now();
    const url = new URL(request.url ?? '/', 'http://x');
    const recent = calls.filter((call) => call.at > at - WINDOW_MS).length;
    const operation = operationOf(request.method ?? '', url.pathname);
    const call: Call = { at, operation: operation.name, path: request.url ?? '', body: null, status: 0 };
    calls.push(call);
    const raw = await readBody(request);
    const body = parse(raw);
    const seen = { ...call, body: body ?? null };
    calls[calls.indexOf(call)] = seen;
    if (recent >= LIMIT) {
      problems.push(`429: ${String(recent + 1)} calls in ${String(WINDOW_MS)} ms`);
      send(response, seen, { status: 429, body: { statusCode: 429, message: 'Too Many Requests' } });
      return;
    }
    const fault = faults.find((one) => one.times > 0 && one.when(seen));
    if (fault) {
      fault.times -= 1;
      return spoil(fault.kind, response, seen, () => answer(request, operation, url, body));
    }
    const latency = options.latencyMs?.() ?? 0;
    if (latency > 0) await pause(latency);
    send(response, seen, judged(request, operation, url, body, seen));
  }

  function judged(
    request: IncomingMessage,
    operation: Operation,
    url: URL,
    body: Json | undefined,
    call: Call,
  ): Answer {
    const result = answer(request, operation, url, body);
    const refused = [401, 403, 422].includes(result.status) || operation.name === 'unknown';
    if (refused) {
      problems.push(`${String(result.status)} ${call.operation} ${call.path} ${JSON.stringify(result.body)}`);
    }
    return result;
  }

  function answer(request: IncomingMessage, operation: Operation, url: URL, body: Json | undefined): Answer {
    const refusal = refuse(request, operation, url, body);
    if (refusal) return refusal;
    const fields = isRecord(body) ? body : {};
    switch (operation.name) {
      case 'create-contact':
        return create(fields);
      case 'upsert-contact':
        problems.push('upsert: it overwrites tags and guesses the contact');
        return create(fields);
      case 'get-duplicate-contact':
        return duplicate(url.searchParams);
      case 'get-location':
        return options.hiddenLocation
          ? failure(404, 'Location not found')
          : { status: 200, body: trace({ location: location() }) };
      case 'get-custom-fields':
        return { status: 200, body: trace({ customFields: CUSTOM_FIELDS.map(withModel) }) };
      case 'get-location-tags':
        return { status: 200, body: trace({ tags: [] }) };
      case 'get-contact':
      case 'update-contact':
      case 'delete-contact':
      case 'add-tags':
      case 'remove-tags':
        return onContact(operation, fields);
      case 'add-tags-in-bulk':
      case 'remove-tags-in-bulk':
        return inBulk(operation, fields);
      default:
        return failure(404, `Cannot ${request.method ?? ''} ${url.pathname}`);
    }
  }

  function refuse(
    request: IncomingMessage,
    operation: Operation,
    url: URL,
    body: Json | undefined,
  ): Answer | undefined {
    if (operation.name === 'unknown') return failure(404, `Cannot ${request.method ?? ''} ${url.pathname}`);
    const version = request.headers['version'];
    if (version === undefined) return failure(401, 'version header was not found');
    if (version !== '2021-07-28') return failure(401, 'version header is invalid');
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return failure(401, 'Invalid JWT');
    if (body === undefined) return failure(400, 'Unexpected token in JSON');
    const locations = [
      url.searchParams.get('locationId'),
      isRecord(body) ? body['locationId'] : null,
      operation.name.includes('location') || operation.name === 'get-custom-fields' ? operation.id : null,
    ];
    if (locations.some((one) => typeof one === 'string' && one !== LOCATION)) {
      return failure(403, 'The token does not have access to this location.');
    }
    const complaints = complain(operation, url.searchParams, body, request.headers['content-type']);
    return complaints.length > 0 ? unprocessable(complaints) : undefined;
  }

  function create(fields: Record<string, Json>): Answer {
    const clash = clashing(fields, undefined);
    if (clash && !options.allowDuplicates) return clash;
    const contact = put(contacts, { fields: {}, custom: {}, tags: lowered(fields['tags']) });
    merge(contact, fields);
    return { status: 201, body: trace({ contact: shown(contact) }) };
  }

  function onContact(operation: Operation, fields: Record<string, Json>): Answer {
    const contact = contacts.get(operation.id ?? '');
    if (!contact) return failure(404, `Contact with id ${operation.id ?? ''} not found`);
    switch (operation.name) {
      case 'get-contact':
        return { status: 200, body: trace({ contact: shown(contact) }) };
      case 'delete-contact':
        contacts.delete(contact.id);
        return { status: 200, body: trace({ succeded: true }) };
      case 'update-contact':
        return update(contact, fields);
      case 'add-tags':
        contact.tags = [...new Set([...contact.tags, ...lowered(fields['tags'])])];
        return { status: 201, body: trace({ tags: contact.tags }) };
      default: {
        const gone = lowered(fields['tags']);
        contact.tags = contact.tags.filter((tag) => !gone.includes(tag));
        return { status: 200, body: trace({ tags: contact.tags }) };
      }
    }
  }

  /** Answers 201 whatever became of each. */
  function inBulk(operation: Operation, fields: Record<string, Json>): Answer {
    const ids = Array.isArray(fields['contacts']) ? fields['contacts'] : [];
    const name = operation.name.startsWith('add') ? 'add-tags' : 'remove-tags';
    const responses = ids.map((id): Json => {
      const known = typeof id === 'string' && contacts.has(id);
      if (known) onContact({ name, id }, fields);
      return {
        contactId: id,
        type: known ? 'success' : 'error',
        message: known ? 'done' : 'Contact not found',
      };
    });
    const errorCount = responses.filter((one) => isRecord(one) && one['type'] === 'error').length;
    return {
      status: 201,
      body: trace({ succeded: true, errorCount, ...(options.answers === 'terse' ? {} : { responses }) }),
    };
  }

  function update(contact: Contact, fields: Record<string, Json>): Answer {
    const clash = clashing(fields, contact);
    if (clash) return clash;
    if ('tags' in fields) {
      problems.push(`a PUT with tags overwrites those of people: ${JSON.stringify(fields['tags'])}`);
      contact.tags = lowered(fields['tags']);
    }
    merge(contact, fields);
    const body = options.answers === 'terse' ? {} : { contact: shown(contact) };
    return { status: 200, body: trace({ succeded: true, ...body }) };
  }

  function clashing(fields: Record<string, Json>, self: Contact | undefined): Answer | undefined {
    for (const field of ['email', 'phone'] as const) {
      const value = fields[field];
      if (typeof value !== 'string' || value === '') continue;
      const wanted = value.toLowerCase();
      const other = [...contacts.values()].find((one) => one.fields[field] === wanted && one.id !== self?.id);
      if (!other) continue;
      const meta = { contactId: other.id, contactName: nameOf(other), matchingField: field };
      return {
        status: 400,
        body: { statusCode: 400, message: 'This location does not allow duplicated contacts.', meta },
      };
    }
    return undefined;
  }

  function duplicate(query: URLSearchParams): Answer {
    const wanted = [
      ['email', query.get('email')?.toLowerCase()],
      ['phone', query.get('number')],
    ] as const;
    const found = [...contacts.values()].find((contact) =>
      wanted.some(([field, value]) => value && contact.fields[field] === value),
    );
    return { status: 200, body: trace({ contact: found ? shown(found) : null }) };
  }

  function shown(contact: Contact): Record<string, Json> {
    if (options.answers === 'terse') return { id: contact.id, locationId: LOCATION };
    return {
      id: contact.id,
      locationId: LOCATION,
      dateAdded: '2026-01-05T10:00:00.000Z',
      type: 'lead',
      ...contact.fields,
      tags: [...contact.tags],
      customFields: Object.entries(contact.custom).map(([id, value]) => ({ id, value })),
    };
  }

  function location(): Json {
    const settings = { allowDuplicateContact: options.allowDuplicates ?? false };
    return { id: LOCATION, name: 'Strict', country: 'GB', timezone: 'Europe/London', settings };
  }

  function trace(body: Record<string, Json>): Json {
    return options.answers === 'terse' ? body : { ...body, traceId: randomBytes(8).toString('hex') };
  }

  function send(response: ServerResponse, call: Call, result: Answer): void {
    call.status = result.status;
    const left = Math.max(0, LIMIT - calls.filter((one) => one.at > call.at - WINDOW_MS).length);
    const limits = {
      'x-ratelimit-max': String(LIMIT),
      'x-ratelimit-remaining': String(left),
      'x-ratelimit-interval-milliseconds': String(WINDOW_MS),
    };
    const type = result.raw === undefined ? 'application/json; charset=utf-8' : 'text/html';
    const extra = options.rateHeaders ? limits : {};
    response.writeHead(result.status, { 'content-type': type, ...extra, ...result.headers });
    response.end(result.raw ?? JSON.stringify(result.body));
  }

  async function spoil(
    kind: FaultKind,
    response: ServerResponse,
    call: Call,
    apply: () => Answer,
  ): Promise<void> {
    if (kind.endsWith('-after')) apply();
    switch (kind) {
      case 'reset-before':
      case 'reset-after':
        response.socket?.resetAndDestroy();
        return;
      case '502-before':
      case '502-after':
        send(response, call, { status: 502, body: null, raw: '<html><h1>502 Bad Gateway</h1></html>' });
        return;
      case '500-before':
        send(response, call, failure(500, 'Internal Server Error'));
        return;
      case '401':
        send(response, call, failure(401, 'Invalid JWT'));
        return;
      case '422':
        send(response, call, unprocessable(['firstName is refused today']));
        return;
      case '429': {
        const headers = { 'retry-after': '1' };
        send(response, call, { ...failure(429, 'Too Many Requests'), headers });
        return;
      }
      case 'html':
        send(response, call, { status: 200, body: null, raw: '<!doctype html><p>We will be back soon' });
        return;
      case 'hang-late':
        await pause(1600);
        apply();
        return;
      case 'hang-before':
      case 'hang-after':
        return;
    }
  }
}

function operationOf(method: string, path: string): Operation {
  const fixed = FIXED[`${method} ${path}`];
  if (fixed) return { name: fixed };
  const [, root, id, rest, more] = path.split('/');
  if (!id || more !== undefined) return { name: 'unknown' };
  const name = PATTERNS[`${method} /${root ?? ''}/*${rest === undefined ? '' : `/${rest}`}`];
  return name ? { name, id: decodeURIComponent(id) } : { name: 'unknown' };
}

const FIXED: Readonly<Record<string, string>> = {
  'POST /contacts/': 'create-contact',
  'POST /contacts/upsert': 'upsert-contact',
  'GET /contacts/search/duplicate': 'get-duplicate-contact',
  'POST /contacts/bulk/tags/update/add': 'add-tags-in-bulk',
  'POST /contacts/bulk/tags/update/remove': 'remove-tags-in-bulk',
};

const PATTERNS: Readonly<Record<string, string>> = {
  'GET /contacts/*': 'get-contact',
  'PUT /contacts/*': 'update-contact',
  'DELETE /contacts/*': 'delete-contact',
  'POST /contacts/*/tags': 'add-tags',
  'DELETE /contacts/*/tags': 'remove-tags',
  'GET /locations/*': 'get-location',
  'GET /locations/*/customFields': 'get-custom-fields',
  'GET /locations/*/tags': 'get-location-tags',
};

const QUERIES: Readonly<Record<string, readonly string[]>> = {
  'get-duplicate-contact': ['locationId', 'number', 'email'],
  'get-custom-fields': ['model'],
};

function complain(
  operation: Operation,
  query: URLSearchParams,
  body: Json,
  contentType: string | undefined,
): string[] {
  const strange = [...query.keys()].filter((name) => !QUERIES[operation.name]?.includes(name));
  const complaints = strange.map((name) => `property ${name} should not exist`);
  if (operation.name === 'get-duplicate-contact' && !query.has('locationId')) {
    complaints.push('locationId should not be empty');
  }
  const allowed = bodyOf(operation.name);
  if (!allowed) return complaints;
  if (!contentType?.startsWith('application/json')) return ['Content-Type must be application/json'];
  if (!isRecord(body)) return ['body must be an object'];
  for (const [name, value] of Object.entries(body)) {
    const check = allowed[name];
    const complaint = check ? check(value) : 'should not exist';
    if (complaint) complaints.push(check ? `${name} ${complaint}` : `property ${name} ${complaint}`);
  }
  if (allowed === CREATE && !('locationId' in body)) complaints.push('locationId should not be empty');
  if ((allowed === TAGS || allowed === TAGS_IN_BULK) && !('tags' in body))
    complaints.push('tags should not be empty');
  if (allowed === TAGS_IN_BULK)
    for (const name of ['locationId', 'contacts'])
      if (!(name in body)) complaints.push(`${name} should not be empty`);
  return complaints;
}

const TAGS: Readonly<Record<string, Check>> = { tags: texts };
const TAGS_IN_BULK: Readonly<Record<string, Check>> = {
  ...TAGS,
  contacts: texts,
  locationId: text,
  removeAllTags: bool,
};

function bodyOf(operation: string): Readonly<Record<string, Check>> | undefined {
  if (operation === 'create-contact' || operation === 'upsert-contact') return CREATE;
  if (operation === 'update-contact') return UPDATE;
  if (operation === 'add-tags-in-bulk' || operation === 'remove-tags-in-bulk') return TAGS_IN_BULK;
  return operation === 'add-tags' || operation === 'remove-tags' ? TAGS : undefined;
}

function checkCustomFields(value: Json): string | undefined {
  if (!Array.isArray(value)) return 'must be an array';
  for (const item of value) {
    if (!isRecord(item)) return 'must hold objects';
    const strange = Object.keys(item).find((name) => !['id', 'key', 'field_value'].includes(name));
    if (strange) return `.property ${strange} should not exist`;
    const field = CUSTOM_FIELDS.find((one) => one.id === item['id']);
    if (!field) return `.id ${JSON.stringify(item['id'] ?? null)} is not a custom field of the location`;
    const complaint = checkCustomValue(field.dataType, item['field_value'] ?? null);
    if (complaint) return `${field.name} ${complaint}`;
  }
  return undefined;
}

function checkCustomValue(dataType: string, value: Json): string | undefined {
  if (value === '') return undefined;
  if (dataType === 'NUMERICAL') return typeof value === 'number' ? undefined : 'must be a number';
  if (dataType === 'CHECKBOX') return texts(value) && 'must be a list of texts';
  return text(value);
}

function merge(contact: Contact, fields: Record<string, Json>): void {
  for (const [name, value] of Object.entries(fields)) {
    if (['tags', 'customFields', 'locationId', 'dndSettings', 'inboundDndSettings'].includes(name)) continue;
    if (value === null || value === '') contact.fields = without(contact.fields, name);
    else if (typeof value === 'string') contact.fields[name] = name === 'email' ? value.toLowerCase() : value;
    else if (typeof value === 'boolean') contact.fields[name] = value;
  }
  const custom = fields['customFields'];
  if (!Array.isArray(custom)) return;
  for (const item of custom) {
    if (isRecord(item) && typeof item['id'] === 'string')
      contact.custom[item['id']] = item['field_value'] ?? null;
  }
}

function without(fields: Contact['fields'], name: string): Contact['fields'] {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name));
}

function put(contacts: Map<string, Contact>, contact: Partial<Contact> & Omit<Contact, 'id'>): Contact {
  const whole = { ...contact, id: contact.id ?? `C${randomBytes(9).toString('hex')}` };
  contacts.set(whole.id, whole);
  return whole;
}

function mostIn(calls: readonly Call[], spanMs: number): number {
  const times = calls.map((call) => call.at).sort((a, b) => a - b);
  let most = 0;
  let first = 0;
  times.forEach((time, last) => {
    while (time - (times[first] ?? time) >= spanMs) first += 1;
    most = Math.max(most, last - first + 1);
  });
  return most;
}

function lowered(tags: Json | undefined): string[] {
  const list = Array.isArray(tags) ? tags : [];
  return [...new Set(list.map((tag) => (typeof tag === 'string' ? tag : '').toLowerCase()))];
}

function nameOf(contact: Contact): string {
  return `${String(contact.fields['firstName'] ?? '')} ${String(contact.fields['lastName'] ?? '')}`.trim();
}

function withModel(field: (typeof CUSTOM_FIELDS)[number]): Json {
  return { ...field, model: 'contact', locationId: LOCATION };
}

function failure(status: number, message: string): Answer {
  const error = status === 401 ? { error: 'Unauthorized' } : {};
  return { status, body: { statusCode: status, message, ...error } };
}

function unprocessable(message: string[]): Answer {
  return { status: 422, body: { statusCode: 422, message, error: 'Unprocessable Entity' } };
}

function parse(raw: string): Json | undefined {
  if (raw === '') return null;
  try {
    return JSON.parse(raw) as Json;
  } catch {
    return undefined;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
