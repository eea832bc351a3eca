import { seedIds } from '../../src/sandbox/ghl/seed-location.ts';

/** Calls that are allowed in each `PER_MS`. */
export const REQUESTS = 40;
export const PER_MS = 400;

/** What the killed process works on: a contact shared by bookings, a task, a note under it, an action. */
export function crashConfig(store: string): string {
  return JSON.stringify({
    version: 1,
    store,
    server: { port: 0 },
    connections: {
      shop: {
        type: 'http',
        baseUrl: '${SHOP_URL}',
        webhook: { event: 'body.type', id: 'body.id', verify: { type: 'none' } },
      },
      ghl: {
        type: 'ghl',
        location: '${GHL_LOCATION_ID}',
        baseUrl: '${GHL_URL}',
        auth: { type: 'token', token: '${GHL_TOKEN}' },
        rateLimit: { requests: REQUESTS, per: `${PER_MS}ms` },
        timeout: '1s',
      },
    },
    sources: {
      bookings: {
        connection: 'shop',
        key: 'id',
        updatedAt: 'updated_at',
        deleted: 'deleted',
        webhook: { events: ['booking'], record: 'body.data' },
      },
      memos: {
        connection: 'shop',
        key: 'id',
        updatedAt: 'updated_at',
        poll: {
          every: '1s',
          request: { path: '/memos', query: { since: '{{ $since }}' } },
          records: 'data',
        },
      },
    },
    syncs: {
      contacts: {
        from: 'bookings',
        key: 'email',
        to: 'ghl.contact',
        quiet: '0ms',
        fields: { firstName: 'name', email: 'email' },
        tags: [{ add: 'guest' }, { when: 'status = "Confirmed"', add: 'booked', else: 'remove' }],
        onDelete: { tag: 'gone' },
      },
      tasks: {
        from: 'bookings',
        when: 'task',
        to: 'ghl.task',
        parent: 'contacts',
        quiet: '0ms',
        fields: {
          title: 'task',
          dueDate: { value: '2027-05-01T10:00:00Z' },
          completed: 'status = "Cancelled"',
        },
        onDelete: 'delete',
        onLeave: 'delete',
      },
      notes: {
        from: 'memos',
        to: 'ghl.note',
        parent: { sync: 'contacts', key: 'email' },
        quiet: '0ms',
        fields: { body: 'text' },
      },
      welcome: {
        from: 'bookings',
        when: 'status = "Confirmed"',
        call: 'ghl.add-contact-to-workflow',
        once: 'per-key',
        initial: 'run',
        parent: 'contacts',
        with: {
          workflowId: { value: seedIds.workflow },
          eventStartTime: '"2027-01-01T00:" & $substring($string(100 + id), 1) & ":00Z"',
        },
      },
    },
  });
}
