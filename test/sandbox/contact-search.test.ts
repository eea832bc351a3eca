import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startGhl } from '../../src/sandbox/ghl/start-ghl.ts';
import type { RunningGhl } from '../../src/sandbox/ghl/start-ghl.ts';
import { callGhl } from './call-ghl.ts';
import type { CallGhl } from './call-ghl.ts';

let ghl: RunningGhl;
let call: CallGhl;

beforeEach(async () => {
  ghl = await startGhl({ searchLagMs: 60, limit: { requests: 10_000 } });
  call = callGhl(ghl);
});
afterEach(() => ghl.close());

const create = (fields: object) => call('POST', '/contacts/', { locationId: ghl.locationId, ...fields });

describe('search', () => {
  const search = (body: object) =>
    call('POST', '/contacts/search', { locationId: ghl.locationId, pageLimit: 2, ...body });

  test('a new contact shows in search only after the lag, and at once among duplicates', async () => {
    await create({ email: 'ann@example.com' });

    const early = await search({});
    const duplicate = await call(
      'GET',
      `/contacts/search/duplicate?locationId=${ghl.locationId}&email=Ann%40example.com`,
    );
    await new Promise((resolve) => setTimeout(resolve, 80));
    const late = await search({});

    expect(early.body['total']).toBe(0);
    expect(duplicate.body['contact']).toMatchObject({ email: 'ann@example.com' });
    expect(late.body['total']).toBe(1);
  });

  test('a number whose plus is not escaped finds nobody', async () => {
    ghl.addContact({ phone: '+447700900123' });
    const path = `/contacts/search/duplicate?locationId=${ghl.locationId}&number=`;

    const bare = await call('GET', `${path}+447700900123`);
    const escaped = await call('GET', `${path}%2B447700900123`);

    expect(bare.body['contact']).toBeNull();
    expect(escaped.body['contact']).toMatchObject({ phone: '+447700900123' });
  });

  test('searchAfter reads on where a row stood, startAfter is ignored', async () => {
    ghl.set({ searchLagMs: 0 });
    for (const name of ['a', 'b', 'c']) ghl.addContact({ email: `${name}@example.com` });
    const sort = [{ field: 'email', direction: 'asc' }];

    const first = await search({ sort, startAfter: 'x' });
    const rows = first.body['contacts'] as { email: string; searchAfter: unknown[] }[];
    const second = await search({ sort, searchAfter: rows[1]?.searchAfter });

    expect(rows.map((row) => row.email)).toEqual(['a@example.com', 'b@example.com']);
    expect(second.body['contacts']).toMatchObject([{ email: 'c@example.com' }]);
  });

  test('filters nest, and page mode ends at 10,000 records', async () => {
    ghl.set({ searchLagMs: 0 });
    ghl.addContact({ email: 'a@example.com', tags: ['vip'] });
    ghl.addContact({ email: 'b@example.com' });

    const got = await search({
      filters: [
        { field: 'tags', operator: 'eq', value: 'vip' },
        {
          group: 'OR',
          filters: [
            { field: 'email', operator: 'contains', value: 'a@' },
            { field: 'phone', operator: 'exists' },
          ],
        },
      ],
    });
    const beyond = await search({ page: 5_001 });
    const wrong = await search({ filters: [{ field: 'tags', operator: 'is', value: 'vip' }] });

    expect(got.body['total']).toBe(1);
    expect([beyond.status, wrong.status]).toEqual([422, 422]);
  });
});
