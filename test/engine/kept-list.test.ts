import { expect, test } from 'vitest';
import { aBooking } from '../support/a-config.ts';
import { operationsOf, worlds, type World } from '../support/world.ts';

const aWorld = worlds();

const notes = {
  from: 'bookings',
  when: 'note',
  to: 'ghl.note',
  parent: 'contacts',
  quiet: '0ms',
  fields: { body: 'note' },
  onLeave: 'delete',
};
const ofAnn = { key: '"ann@example.com"', fields: { email: '"ann@example.com"' } };

/** A contact that was there before, with these notes. */
async function aContactWith(world: World, bodies: readonly string[]): Promise<void> {
  const { ghl } = world;
  const { id } = ghl.addContact({ email: 'ann@example.com' });
  for (const body of bodies)
    await fetch(`${ghl.url}/contacts/${id}/notes`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${ghl.token}`,
        version: '2021-07-28',
        'content-type': 'application/json',
      },
      body: JSON.stringify({ body }),
    });
}

test('a note that was found, deleted by its rule, and wanted again is created: the list that is kept no longer has it', async () => {
  const world = await aWorld({ sync: ofAnn, syncs: { notes } });
  await aContactWith(world, ['Call back']);
  const runner = await world.start();
  const tell = async (note: string, updated_at: string) => {
    await runner.webhook({ type: 'booking.updated', data: aBooking({ id: 1, note, updated_at }) });
    await runner.idle();
  };
  await tell('Call back', '2026-05-01T10:00:00Z');
  await tell('', '2026-05-01T11:00:00Z');
  world.ghl.clear();

  await tell('Call back', '2026-05-01T12:00:00Z');

  expect(world.ghl.notes()).toMatchObject([{ body: 'Call back' }]);
  expect(operationsOf(world.ghl)).toEqual(['create-note']);
  expect(await runner.states()).not.toContain('dead');
});

test('a note that was listed, and that a person has deleted since, is given to nobody: it is created', async () => {
  const world = await aWorld({ sync: ofAnn, syncs: { notes } });
  await aContactWith(world, ['Call back', 'Wants confetti']);
  const runner = await world.start();
  const tell = async (id: number, note: string) => {
    await runner.webhook({ type: 'booking.updated', data: aBooking({ id, note }) });
    await runner.idle();
  };
  await tell(1, 'Call back');
  world.ghl.deleteNote(world.ghl.notes().find(({ body }) => body === 'Wants confetti')!.id);

  await tell(2, 'Wants confetti');

  const bodies = world.ghl.notes().map(({ body }) => body);
  expect(bodies.sort()).toEqual(['Call back', 'Wants confetti']);
  expect(await runner.states()).not.toContain('dead');
});
