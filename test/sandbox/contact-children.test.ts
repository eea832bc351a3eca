import { describe, expect, test } from 'vitest';
import { runningGhl } from './running-ghl.ts';

const { ghl, call } = runningGhl();
const aContact = () => ghl().addContact({ email: 'a@example.com' }).id;

describe('tasks', () => {
  test('a task needs title, dueDate and completed', async () => {
    const got = await call('POST', `/contacts/${aContact()}/tasks`, { body: 'x' });

    expect(got.status).toBe(422);
    for (const name of ['title', 'dueDate', 'completed']) {
      expect(got.body['message']).toContain(`${name} should not be empty`);
    }
  });

  test('a task comes back with its date as a UTC instant and no date of change', async () => {
    const id = aContact();
    const body = { title: 'Call', dueDate: '2026-06-14T10:00:00+01:00', completed: false };

    const made = await call('POST', `/contacts/${id}/tasks`, body);
    const listed = await call('GET', `/contacts/${id}/tasks`);

    expect(made.status).toBe(201);
    expect(made.body['task']).toEqual({
      ...{ id: expect.any(String) as string, contactId: id, title: 'Call', completed: false },
      dueDate: '2026-06-14T09:00:00.000Z',
    });
    expect(listed.body['tasks']).toEqual([made.body['task']]);
  });

  test('a task is changed, completed, searched and deleted', async () => {
    const id = aContact();
    const body = { title: 'Call', dueDate: '2026-06-14', completed: false };
    const { task } = (await call('POST', `/contacts/${id}/tasks`, body)).body as { task: { id: string } };
    const path = `/contacts/${id}/tasks/${task.id}`;

    await call('PUT', path, { title: 'Ring' });
    await call('PUT', `${path}/completed`, { completed: true });
    const read = await call('GET', path);
    const search = `/locations/${ghl().locationId}/tasks/search`;
    const open = await call('POST', search, { contactId: [id], completed: false });
    const done = await call('POST', search, { completed: true });
    await call('DELETE', path);

    expect(read.body['task']).toMatchObject({ title: 'Ring', completed: true });
    expect([open.body['tasks'], done.body['tasks']]).toMatchObject([[], [{ id: task.id }]]);
    expect(ghl().tasks()).toEqual([]);
  });

  test('a task of another contact is not found', async () => {
    const body = { title: 'Call', dueDate: '2026-06-14', completed: false };
    const { task } = (await call('POST', `/contacts/${aContact()}/tasks`, body)).body as {
      task: { id: string };
    };
    const other = ghl().addContact({ email: 'b@example.com' });

    const got = await call('GET', `/contacts/${other.id}/tasks/${task.id}`);

    expect(got.status).toBe(400);
  });
});

describe('notes', () => {
  test('a note needs a body', async () => {
    const got = await call('POST', `/contacts/${aContact()}/notes`, { title: 'x' });

    expect([got.status, got.body['message']]).toEqual([
      422,
      ['body must be a string', 'body should not be empty'],
    ]);
  });

  test('the same note twice is two notes', async () => {
    const id = aContact();

    await call('POST', `/contacts/${id}/notes`, { body: 'Hi' });
    await call('POST', `/contacts/${id}/notes`, { body: 'Hi' });

    expect(ghl().notes(id)).toHaveLength(2);
  });

  test('a note is read, changed and deleted', async () => {
    const id = aContact();
    const made = await call('POST', `/contacts/${id}/notes`, { body: 'Hi' });
    const path = `/contacts/${id}/notes/${(made.body['note'] as { id: string }).id}`;

    const changed = await call('PUT', path, { body: 'Ho', pinned: true });
    const read = await call('GET', path);
    const gone = await call('DELETE', path);

    expect(read.body['note']).toEqual(changed.body['note']);
    expect(read.body['note']).toMatchObject({ body: 'Ho', pinned: true, contactId: id });
    expect(gone.body).toMatchObject({ succeded: true });
  });
});

describe('workflows, businesses and followers', () => {
  test('each call adds the contact to the workflow once more', async () => {
    const id = aContact();
    ghl().addWorkflow({ id: 'welcome', name: 'Welcome' });
    const path = `/contacts/${id}/workflow/welcome`;

    await call('POST', path, { eventStartTime: '2026-06-14T19:00:00+01:00' });
    await call('POST', path, {});
    const bare = await call('POST', path);
    const local = await call('POST', path, { eventStartTime: '2026-06-14 19:00' });
    const unknown = await call('POST', `/contacts/${id}/workflow/nope`, {});

    expect(ghl().workflowRuns()).toMatchObject([
      { contactId: id, workflowId: 'welcome', change: 'added' },
      { change: 'added' },
    ]);
    expect([bare.status, local.status, unknown.status]).toEqual([422, 422, 400]);
  });

  test('a business is created, joined in bulk and left by null', async () => {
    const id = aContact();
    const { locationId } = ghl();
    const made = await call('POST', '/businesses/', { name: 'Lee Ltd', locationId });
    const businessId = (made.body['buiseness'] as { id: string }).id;
    const join = (to: string | null) =>
      call('POST', '/contacts/bulk/business', { locationId, ids: [id], businessId: to });

    await join(businessId);
    const members = await call('GET', `/contacts/business/${businessId}?locationId=${locationId}`);
    await join(null);

    expect(made.status).toBe(201);
    expect(members.body).toMatchObject({ count: 1, contacts: [{ id, businessId }] });
    expect(ghl().contact(id)).not.toHaveProperty('businessId');
  });

  test('at most 50 contacts join a business at once', async () => {
    const ids = Array.from({ length: 51 }, (_, index) => `c${index}`);

    const got = await call('POST', '/contacts/bulk/business', {
      ...{ locationId: ghl().locationId, ids, businessId: null },
    });

    expect(got.status).toBe(422);
  });
});
