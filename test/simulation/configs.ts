import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../src/config/load.ts';
import type { Config } from '../../src/model/config.ts';
import { seedIds } from '../../src/sandbox/ghl/seed-location.ts';
import type { Setup } from './plan.ts';

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
  const farewell = setup.farewell === 'tag' ? { tag: 'gone' } : setup.farewell;
  const webhook = {
    event: 'body.type',
    ...(setup.deliveryIds ? { id: 'body.id' } : {}),
    verify: { type: 'none' },
  };
  const source = (name: string) => ({
    connection: 'booth',
    key: 'id',
    updatedAt: 'updated_at',
    deleted: 'deleted',
    webhook: { events: [`${name}.*`], record: 'body.data' },
    ...(setup.feed === 'webhooks'
      ? {}
      : {
          poll: {
            every: '1h',
            full: '0 3 * * 0',
            request: { path: `/${name}`, query: { since: '{{ $since }}' } },
            records: 'data',
          },
        }),
  });
  return {
    version: 1,
    country: 'GB',
    store: 'sqlite:unused.db',
    connections: {
      booth: {
        type: 'http',
        baseUrl: '${SOURCE_URL}',
        timeout: `${TIMEOUT_MS}ms`,
        webhook,
      },
      ghl: {
        type: 'ghl',
        location: '${GHL_LOCATION_ID}',
        baseUrl: '${GHL_URL}',
        auth: { type: 'token', token: '${GHL_TOKEN}' },
        rateLimit: { requests: setup.requests, per: `${PER_MS}ms` },
        timeout: `${TIMEOUT_MS}ms`,
      },
    },
    sources: { bookings: source('bookings'), memos: source('memos') },
    syncs: {
      contacts: {
        from: 'bookings',
        when: 'status != "Draft"',
        key: 'email ? $lowercase(email) : phone',
        to: 'ghl.contact',
        quiet: `${setup.quietMs}ms`,
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
        onDelete: farewell,
        onLeave: farewell,
      },
      tasks: {
        from: 'bookings',
        when: 'task',
        to: 'ghl.task',
        parent: 'contacts',
        quiet: `${setup.quietMs}ms`,
        fields: { title: 'task', dueDate: 'due' },
        onDelete: 'delete',
        onLeave: 'delete',
      },
      notes: {
        from: 'memos',
        to: 'ghl.note',
        parent: { sync: 'contacts', key: 'person' },
        quiet: `${setup.quietMs}ms`,
        fields: { body: 'text' },
        onDelete: 'delete',
      },
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
