type Block = Readonly<Record<string, unknown>>;

/** What a test says of its config; the rest is a right one that reads bookings and writes contacts. */
export interface ConfigWish {
  readonly top?: Block;
  readonly booth?: Block;
  readonly ghl?: Block;
  /** More connections beside `booth` and `ghl`. */
  readonly connections?: Block;
  /** Laid over the source `bookings`. */
  readonly source?: Block;
  readonly poll?: Block;
  readonly sources?: Block;
  /** Laid over the sync `contacts`. */
  readonly sync?: Block;
  readonly syncs?: Block;
}

/** The config as text: JSON, which is YAML too. A property that is undefined is left out. */
export function aConfig(wish: ConfigWish = {}): string {
  const config = {
    version: 1,
    country: 'GB',
    store: 'sqlite:sync.db',
    ...wish.top,
    connections: {
      booth: {
        type: 'http',
        baseUrl: '${SOURCE_URL}',
        timeout: '4s',
        webhook: { event: 'body.type', id: 'body.id', verify: { type: 'none' } },
        ...wish.booth,
      },
      ghl: {
        type: 'ghl',
        location: '${GHL_LOCATION_ID}',
        baseUrl: '${GHL_URL}',
        auth: { type: 'token', token: '${GHL_TOKEN}' },
        rateLimit: { requests: 1000, per: '100ms' },
        timeout: '4s',
        ...wish.ghl,
      },
      ...wish.connections,
    },
    sources: {
      bookings: {
        connection: 'booth',
        key: 'id',
        updatedAt: 'updated_at',
        deleted: 'deleted',
        webhook: { events: ['booking.*'], record: 'body.data' },
        poll: {
          every: '1h',
          request: { path: '/bookings', query: { since: '{{ $since }}' } },
          records: 'data',
          ...wish.poll,
        },
        ...wish.source,
      },
      ...wish.sources,
    },
    syncs: {
      contacts: {
        from: 'bookings',
        key: '$lowercase(email)',
        to: 'ghl.contact',
        quiet: '0ms',
        fields: { firstName: 'first_name', email: '$lowercase(email)', phone: 'phone' },
        ...wish.sync,
      },
      ...wish.syncs,
    },
  };
  return JSON.stringify(config, null, 2);
}

/** The bookings of these tests: an email each, unless told. */
export function aBooking(wish: Block & { readonly id: number | string }): Block {
  return {
    email: `guest${wish.id}@example.com`,
    first_name: 'Ann',
    updated_at: '2026-05-01T10:00:00Z',
    ...wish,
  };
}
