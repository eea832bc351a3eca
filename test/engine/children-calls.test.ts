import { describe, expect, test } from 'vitest';
import { seedIds } from '../../src/sandbox/ghl/seed-location.ts';
import { aBooking } from '../support/a-config.ts';
import { operationsOf, worlds, type World } from '../support/world.ts';

const aWorld = worlds();

interface Kind {
  readonly fields: object;
  /** Of another word: what changes. */
  readonly create: string;
  readonly update: string;
  readonly delete: string;
  readonly held: (world: World) => readonly unknown[];
}

const KINDS: Readonly<Record<string, Kind>> = {
  task: {
    fields: { title: 'word', dueDate: { value: '2027-05-01T10:00:00Z' }, completed: 'ready' },
    create: 'create-task',
    update: 'update-task',
    delete: 'delete-task',
    held: ({ ghl }) => ghl.tasks().map(({ title, contactId }) => [title, ghl.contact(contactId)?.email]),
  },
  note: {
    fields: { body: 'word' },
    create: 'create-note',
    update: 'update-note',
    delete: 'delete-note',
    held: ({ ghl }) => ghl.notes().map(({ body, contactId }) => [body, ghl.contact(contactId)?.email]),
  },
  appointment: {
    fields: {
      calendarId: { value: seedIds.calendar },
      title: 'word',
      startTime: { value: '2027-05-01T10:00:00Z' },
      endTime: { value: '2027-05-01T11:00:00Z' },
    },
    create: 'create-appointment',
    update: 'edit-appointment',
    delete: 'delete-event',
    held: ({ ghl }) =>
      ghl.appointments().map(({ title, contactId }) => [title, ghl.contact(contactId)?.email]),
  },
};

const guest = (id: string) => `${id}@example.com`;

/** The contacts Ann and Joe are there; one record names whose child it is. */
async function staged(resource: string, kind: Kind) {
  const children = {
    from: 'items',
    to: `ghl.${resource}`,
    parent: { sync: 'contacts', key: 'person' },
    quiet: '0ms',
    onDelete: 'delete',
    fields: kind.fields,
  };
  const items = {
    connection: 'booth',
    key: 'id',
    updatedAt: 'updated_at',
    deleted: 'deleted',
    webhook: { events: ['item.*'], record: 'body.data' },
  };
  const world = await aWorld({ sources: { items }, syncs: { children } });
  const runner = await world.start();
  for (const id of ['ann', 'joe'])
    await runner.webhook({ type: 'booking.created', data: aBooking({ id, email: guest(id) }) });
  await runner.idle();
  let minute = 0;
  /** What a state of the record costs. */
  const costs = async (wish: object = {}): Promise<string[]> => {
    const before = operationsOf(world.ghl).length;
    const updated_at = new Date(Date.UTC(2026, 4, 1, 10, minute++)).toISOString();
    const item = { id: 1, person: guest('ann'), word: 'one', ready: false };
    await runner.webhook({ type: 'item.saved', data: { ...item, updated_at, ...wish } });
    await runner.idle();
    return operationsOf(world.ghl).slice(before);
  };
  return { world, costs };
}

describe.each(Object.entries(KINDS))('each %s', (resource, kind) => {
  test('costs one call when it is new, none while it is the same, one when it changes or goes', async () => {
    const { world, costs } = await staged(resource, kind);

    expect(await costs()).toEqual([kind.create]);
    expect(await costs()).toEqual([]);
    expect(await costs({ word: 'two' })).toEqual([kind.update]);
    expect(kind.held(world)).toEqual([['two', guest('ann')]]);
    expect(await costs({ word: 'two', deleted: true })).toEqual([kind.delete]);
    expect(kind.held(world)).toEqual([]);
  });

  test('that belongs to another contact by now goes and comes again: two calls', async () => {
    const { world, costs } = await staged(resource, kind);
    await costs();

    expect(await costs({ person: guest('joe') })).toEqual([kind.delete, kind.create]);
    expect(kind.held(world)).toEqual([['one', guest('joe')]]);
  });
});

test('a task that is completed, and nothing else, costs the one call that is made for it', async () => {
  const { world, costs } = await staged('task', KINDS['task']!);
  await costs();

  expect(await costs({ ready: true })).toEqual(['update-task-completed']);
  expect(await costs({ ready: false, word: 'two' })).toEqual(['update-task']);
  expect(world.ghl.tasks()).toMatchObject([{ title: 'two', completed: false }]);
});
