import { expect, test } from 'vitest';
import { aBooking } from '../../support/a-config.ts';
import { worlds } from '../../support/world.ts';
import type { Runner } from '../../support/world.ts';

const aWorld = worlds();

const notes = {
  from: 'bookings',
  when: 'note',
  to: 'ghl.note',
  parent: 'contacts',
  quiet: '0ms',
  fields: { body: 'note' },
};
const tasks = {
  ...notes,
  when: 'task',
  to: 'ghl.task',
  fields: { title: 'task', dueDate: { value: '2027-01-01T10:00:00Z' } },
};
const syncs = { notes, tasks };

async function tell(runner: Runner, wish: object): Promise<void> {
  await runner.webhook({ type: 'booking.updated', data: aBooking({ id: 1, ...wish }) });
  await runner.idle();
}

test.each([404, 400] as const)(
  'a late child of a contact that somebody deleted (answered with %i): the contact comes again, with all of its children',
  async (unknownContact) => {
    const { ghl, start } = await aWorld({ syncs }, { unknownContact });
    const runner = await start();
    await tell(runner, { task: 'Call', updated_at: '2026-05-01T10:00:00Z' });
    ghl.deleteContact(ghl.contacts()[0]!.id);

    await tell(runner, { task: 'Call', note: 'Wants confetti', updated_at: '2026-05-01T11:00:00Z' });

    const contactId = ghl.contacts()[0]!.id;
    expect(ghl.contacts()).toHaveLength(1);
    expect(ghl.notes()).toMatchObject([{ body: 'Wants confetti', contactId }]);
    expect(ghl.tasks()).toMatchObject([{ title: 'Call', contactId }]);
    expect(await runner.states()).not.toContain('dead');
  },
);

test('a contact that is there again by hand is found by its identity', async () => {
  const { ghl, start } = await aWorld({ syncs });
  const runner = await start();
  await tell(runner, { updated_at: '2026-05-01T10:00:00Z' });
  ghl.deleteContact(ghl.contacts()[0]!.id);
  const again = ghl.addContact({ firstName: 'Ann', email: 'guest1@example.com' });

  await tell(runner, { note: 'Wants confetti', updated_at: '2026-05-01T11:00:00Z' });

  expect(ghl.contacts().map(({ id }) => id)).toEqual([again.id]);
  expect(ghl.notes()).toMatchObject([{ contactId: again.id }]);
});

test('onMissing: skip leaves the contact deleted, and its late child with it', async () => {
  const { ghl, start } = await aWorld({ sync: { onMissing: 'skip' }, syncs });
  const runner = await start();
  await tell(runner, { updated_at: '2026-05-01T10:00:00Z' });
  ghl.deleteContact(ghl.contacts()[0]!.id);

  await tell(runner, { note: 'Wants confetti', updated_at: '2026-05-01T11:00:00Z' });

  expect(ghl.contacts()).toEqual([]);
  const note = (await runner.events()).findLast(({ sync }) => sync === 'notes');
  expect(note).toMatchObject({
    state: 'skipped',
    reason: expect.stringContaining('deleted by hand') as string,
  });
});

const welcome = {
  from: 'bookings',
  when: 'flow',
  call: 'ghl.add-contact-to-workflow',
  parent: 'contacts',
  with: { workflowId: 'flow' },
};

test.each([404, 400] as const)(
  'a call for a contact that somebody deleted (answered with %i) is made for the one that comes again',
  async (unknownContact) => {
    const { ghl, start } = await aWorld({ syncs: { welcome } }, { unknownContact });
    ghl.addWorkflow({ id: 'w1', name: 'Welcome' });
    const runner = await start();
    await tell(runner, { updated_at: '2026-05-01T10:00:00Z' });
    ghl.deleteContact(ghl.contacts()[0]!.id);

    await tell(runner, { flow: 'w1', updated_at: '2026-05-01T11:00:00Z' });

    expect(ghl.workflowRuns()).toMatchObject([{ contactId: ghl.contacts()[0]!.id, workflowId: 'w1' }]);
    expect(await runner.states()).not.toContain('dead');
  },
);

test('what waits for the limit is not sent to a contact that was found to be gone meanwhile', async () => {
  const words = Array.from({ length: 12 }, (_, at) => `note ${at}`);
  const { ghl, start } = await aWorld(
    {
      ghl: { rateLimit: { requests: 2, per: '100ms' } },
      syncs: { notes: { ...notes, when: undefined, each: 'notes', key: '$', fields: { body: '$' } } },
    },
    { limit: { requests: 2, perMs: 100 } },
  );
  const runner = await start();
  await tell(runner, { notes: [], updated_at: '2026-05-01T10:00:00Z' });
  ghl.deleteContact(ghl.contacts()[0]!.id);
  ghl.clear();

  await tell(runner, { notes: words, updated_at: '2026-05-01T11:00:00Z' });

  const made = ghl.notes().map(({ body }) => body);
  expect(made.sort()).toEqual([...words].sort());
  expect(ghl.calls.filter(({ operation }) => operation === 'create-note').length).toBeLessThanOrEqual(
    words.length + 2,
  );
  expect(ghl.calls.filter(({ operation }) => operation === 'get-contact').length).toBeLessThanOrEqual(2);
});
