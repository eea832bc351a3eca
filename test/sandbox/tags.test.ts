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

describe('tags', () => {
  test('a tag is stored in lower case, trimmed, once', async () => {
    const { id } = ghl.addContact({ tags: ['old'] });

    const got = await call('POST', `/contacts/${id}/tags`, { tags: [' New ', 'OLD', 'new'] });

    expect(got.status).toBe(201);
    expect(got.body['tags']).toEqual(['old', 'new']);
    expect(ghl.tags()).toEqual(['old', 'new']);
  });

  test('tags are removed by a DELETE with a body, compared without case', async () => {
    const { id } = ghl.addContact({ tags: ['a', 'b'] });

    const got = await call('DELETE', `/contacts/${id}/tags`, { tags: ['A'] });
    const bare = await call('DELETE', `/contacts/${id}/tags`);

    expect([got.status, got.body['tags']]).toEqual([200, ['b']]);
    expect(bare.status).toBe(422);
  });

  test('bulk tags report each contact, also the unknown', async () => {
    const { id } = ghl.addContact({ tags: ['a'] });

    const got = await call('POST', '/contacts/bulk/tags/update/add', {
      ...{ contacts: [id, 'nobody'], tags: ['B'], locationId: ghl.locationId },
    });

    expect(got.status).toBe(201);
    expect(got.body).toMatchObject({
      ...{ succeded: true, errorCount: 1 },
      responses: [{ contactId: id, type: 'success', oldTags: ['a'], tagsAdded: ['b'] }, { type: 'error' }],
    });
  });
});
