import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../src/config/load.ts';
import type { Config } from '../../src/model/config.ts';
import { seedIds } from '../../src/sandbox/ghl/seed-location.ts';
import { CALENDAR, moreSyncs } from './configs-more.ts';
import type { Setup } from './plan.ts';
import { PAGE } from './source-api.ts';

export const SOURCE_URL = 'http://booth.simulated';
export const GHL_URL = 'http://ghl.simulated';
export const PER_MS = 2_000;
export const TIMEOUT_MS = 5_000;

/** The tag that a confirmed booking wants: what an edited mapping changes. */
export function bookedTag(mapping: number): string {
  return mapping === 0 ? 'booked' : 'has-booking';
}

/** The first name that a mapping makes of a record's. */
export function firstName(mapping: number, name: string): string {
  return mapping === 0 ? name : name.toUpperCase();
}

const loaded = new Map<string, Config>();

/** The config of a simulation under one of its two mappings; loaded once, as it is data that nobody changes. */
export async function configOf(
  setup: Setup,
  mapping: number,
  location: string,
  token: string,
): Promise<Config> {
  const text = JSON.stringify(configText(setup, mapping));
  const known = loaded.get(text);
  if (known) return known;
  const folder = await mkdtemp(join(tmpdir(), 'boothsync-simulation-'));
  try {
    const path = join(folder, 'sync.config.yaml');
    await writeFile(path, text);
    const env = { SOURCE_URL, GHL_URL, GHL_TOKEN: token, GHL_LOCATION_ID: location };
    const { config, problems } = await loadConfig(path, { env });
    if (!config) throw new Error(JSON.stringify(problems, null, 2));
    loaded.set(text, config);
    return config;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function configText(setup: Setup, mapping: number): object {
  return {
    version: 1,
    country: 'GB',
    store: 'sqlite:unused.db',
    connections: connectionsOf(setup),
    sources: { bookings: sourceOf('bookings', setup), memos: sourceOf('memos', setup) },
    syncs: {
      contacts: contactsSync(setup, mapping),
      ...childrenSyncs(setup),
      ...(setup.more ? moreSyncs(setup) : {}),
      welcome: {
        from: 'bookings',
        when: 'status = "Confirmed"',
        call: 'ghl.add-contact-to-workflow',
        parent: 'contacts',
        ...(setup.oncePerKey ? { once: 'per-key' } : {}),
        with: { workflowId: { value: seedIds.workflow }, eventStartTime: 'start' },
      },
    },
  };
}

function connectionsOf({ deliveryIds, requests }: Setup): object {
  return {
    booth: {
      type: 'http',
      baseUrl: '${SOURCE_URL}',
      timeout: `${TIMEOUT_MS}ms`,
      webhook: { event: 'body.type', ...(deliveryIds ? { id: 'body.id' } : {}), verify: { type: 'none' } },
    },
    ghl: {
      type: 'ghl',
      location: '${GHL_LOCATION_ID}',
      baseUrl: '${GHL_URL}',
      auth: { type: 'token', token: '${GHL_TOKEN}' },
      rateLimit: { requests, per: `${PER_MS}ms` },
      timeout: `${TIMEOUT_MS}ms`,
    },
  };
}

function sourceOf(name: string, { feed, telling, stamps, paging }: Setup): object {
  const query = { since: '{{ $since }}', ...(paging === 'all' ? {} : { limit: PAGE }) };
  const next = paging === 'offset' ? { next: { type: 'offset', param: 'offset', start: 0 } } : {};
  const poll = {
    every: '1h',
    full: '0 3 * * 0',
    request: { path: `/${name}`, query },
    records: 'data',
    ...next,
  };
  const thin = name === 'bookings' ? telling : 'whole';
  return {
    connection: 'booth',
    key: 'id',
    ...(stamps === 'none' ? {} : { updatedAt: 'updated_at' }),
    deleted: 'deleted',
    webhook: { events: [`${name}.*`], record: 'body.data' },
    ...(thin === 'partial' ? { partial: true } : {}),
    ...(thin === 'fetch' ? { fetch: { path: `/${name}/{{ id }}`, record: 'data' } } : {}),
    ...(feed === 'webhooks' ? {} : { poll }),
  };
}

function contactsSync({ quietMs, farewell }: Setup, mapping: number): object {
  const leaving = farewell === 'tag' ? { tag: 'gone' } : farewell;
  return {
    from: 'bookings',
    when: 'status != "Draft"',
    key: 'email ? $lowercase(email) : phone',
    to: 'ghl.contact',
    quiet: `${quietMs}ms`,
    fields: {
      firstName: mapping === 0 ? 'name' : '$uppercase(name)',
      email: '$lowercase(email)',
      phone: 'phone',
      source: { value: 'Booth', on: 'create' },
      customFields: { package: 'name' },
    },
    tags: [
      { add: 'boothbook' },
      { when: 'status = "Confirmed"', add: bookedTag(mapping), else: 'remove' },
      { when: 'kind', add: 'kind:{{ kind }}', else: 'remove' },
      { when: 'status = "Cancelled"', add: 'cancelled-once' },
    ],
    onDelete: leaving,
    onLeave: leaving,
  };
}

function childrenSyncs({ quietMs, appointments, completes }: Setup): object {
  const quiet = `${quietMs}ms`;
  const ofBooking = { from: 'bookings', parent: 'contacts', quiet, onDelete: 'delete', onLeave: 'delete' };
  return {
    tasks: {
      ...ofBooking,
      when: 'task',
      to: 'ghl.task',
      fields: { title: 'task', dueDate: 'due', ...(completes ? { completed: 'done' } : {}) },
    },
    notes: {
      from: 'memos',
      to: 'ghl.note',
      parent: { sync: 'contacts', key: 'person' },
      quiet,
      fields: { body: 'text' },
      onDelete: 'delete',
    },
    ...(appointments
      ? {
          appointments: {
            ...ofBooking,
            when: 'kind',
            to: 'ghl.appointment',
            fields: {
              calendarId: { value: CALENDAR },
              title: { text: 'event of b{{ id }}' },
              startTime: 'start',
              endTime: 'end',
              appointmentStatus: 'status = "Cancelled" ? "cancelled" : "confirmed"',
            },
          },
        }
      : {}),
  };
}
