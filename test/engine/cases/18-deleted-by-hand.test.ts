import { describe, expect, test } from 'vitest';
import { aBooking } from '../../support/a-config.ts';
import { watchedClock } from '../../support/clocks.ts';
import { until } from '../../support/wait.ts';
import { operationsOf, worlds, type Runner } from '../../support/world.ts';

const aWorld = worlds();

const notes = {
  from: 'bookings',
  to: 'ghl.note',
  parent: 'contacts',
  quiet: '0ms',
  fields: { body: 'note' },
};
const withNotes = { syncs: { notes } };
let day = 1;
const booking = (wish: object = {}) =>
  aBooking({
    id: 1,
    note: 'Call back',
    updated_at: new Date(Date.UTC(2026, 4, day++)).toISOString(),
    ...wish,
  });

async function tell(runner: Runner, wish: object = {}): Promise<void> {
  await runner.webhook({ type: 'booking.updated', data: booking(wish) });
  await runner.idle();
}

describe.each([404, 400] as const)(
  'a contact that was deleted by hand (PUT answers %i)',
  (unknownContact) => {
    test('is created anew, once, with its tags, and its notes come with it', async () => {
      const { ghl, start } = await aWorld(
        { ...withNotes, sync: { tags: ['boothbook'] } },
        { unknownContact },
      );
      const runner = await start();
      await tell(runner);
      ghl.deleteContact(ghl.contacts()[0]!.id);

      await tell(runner, { first_name: 'Anna' });
      await tell(runner, { first_name: 'Anne' });

      expect(ghl.contacts()).toMatchObject([{ firstName: 'Anne', tags: ['boothbook'] }]);
      expect(ghl.notes()).toMatchObject([{ body: 'Call back', contactId: ghl.contacts()[0]!.id }]);
      expect(operationsOf(ghl).filter((operation) => operation === 'create-contact')).toHaveLength(2);
      expect((await runner.states()).every((state) => state === 'done')).toBe(true);
    });

    test('is left alone with `onMissing: skip`', async () => {
      const { ghl, start } = await aWorld({ sync: { onMissing: 'skip' } }, { unknownContact });
      const runner = await start();
      await tell(runner);
      ghl.deleteContact(ghl.contacts()[0]!.id);

      await tell(runner, { first_name: 'Anna' });

      expect(ghl.contacts()).toEqual([]);
      expect((await runner.events()).at(-1)).toMatchObject({
        state: 'skipped',
        reason: expect.stringContaining('onMissing') as string,
      });
    });

    test('is created anew by a tag that changes, too', async () => {
      const tags = [{ when: 'vip', add: 'vip', else: 'remove' }];
      const { ghl, start } = await aWorld({ sync: { tags } }, { unknownContact });
      const runner = await start();
      await tell(runner);
      ghl.deleteContact(ghl.contacts()[0]!.id);

      await tell(runner, { vip: true });

      expect(ghl.contacts()).toMatchObject([{ tags: ['vip'] }]);
    });

    test('and its note: what changes next finds both anew', async () => {
      const { ghl, start } = await aWorld(withNotes, { unknownContact });
      const runner = await start();
      await tell(runner);
      ghl.deleteContact(ghl.contacts()[0]!.id);

      await tell(runner, { note: 'Call tomorrow', first_name: 'Anna' });

      expect(ghl.contacts()).toHaveLength(1);
      expect(ghl.notes()).toMatchObject([{ body: 'Call tomorrow', contactId: ghl.contacts()[0]!.id }]);
    });
  },
);

test('a note that was deleted by hand is written again, once, under the same contact', async () => {
  const { ghl, start } = await aWorld(withNotes);
  const runner = await start();
  await tell(runner);
  ghl.deleteNote(ghl.notes()[0]!.id);

  await tell(runner, { note: 'Call tomorrow' });

  expect(ghl.contacts()).toHaveLength(1);
  expect(ghl.notes()).toMatchObject([{ body: 'Call tomorrow' }]);
});

test('a contact that people merged into another one is found by its identity, and that one is updated', async () => {
  const { ghl, start } = await aWorld(withNotes);
  const runner = await start();
  await tell(runner);
  const [merged] = ghl.contacts();
  // HighLevel keeps one of the two, with the notes of both.
  ghl.deleteContact(merged!.id);
  const { id } = ghl.addContact({ email: 'guest1@example.com', firstName: 'Kept', tags: ['vip'] });

  await tell(runner, { first_name: 'Anna' });

  expect(ghl.contacts()).toMatchObject([{ id, firstName: 'Anna', tags: ['vip'] }]);
  expect(ghl.notes()).toMatchObject([{ contactId: id, body: 'Call back' }]);
});

test('where twins are allowed, too: the one that was kept is looked for before any is created', async () => {
  const { ghl, start } = await aWorld();
  ghl.changeLocation({ allowDuplicateContact: true });
  const runner = await start();
  await tell(runner);
  ghl.deleteContact(ghl.contacts()[0]!.id);
  const { id } = ghl.addContact({ email: 'guest1@example.com' });

  await tell(runner, { first_name: 'Anna' });

  expect(ghl.contacts()).toMatchObject([{ id, firstName: 'Anna' }]);
});

test.each([
  [400, 'Bad Request'],
  [400, 'No contact found for that id'],
  [410, 'Gone'],
  [422, 'contactId: could not find contact'],
] as const)('is created anew however the API puts it: %i %s', async (status, message) => {
  const { ghl, start } = await aWorld();
  const runner = await start();
  await tell(runner);
  ghl.deleteContact(ghl.contacts()[0]!.id);
  ghl.fail({ kind: 'status', status, body: { message }, match: { operation: 'update-contact' } });

  await tell(runner, { first_name: 'Anna' });

  expect(ghl.contacts()).toMatchObject([{ firstName: 'Anna' }]);
  expect((await runner.states()).every((state) => state === 'done')).toBe(true);
});

test.each([
  [422, 'no contact was found'],
  [400, 'Invalid contact id'],
] as const)('so it is where a note is refused for it: %i %s', async (status, message) => {
  const { ghl, start } = await aWorld({ syncs: { notes: { ...notes, when: 'note' } } });
  const runner = await start({ clock: watchedClock(20) });
  await tell(runner, { note: null });
  ghl.deleteContact(ghl.contacts()[0]!.id);
  ghl.fail({ kind: 'status', status, body: { message }, match: { operation: 'create-note' } });

  await runner.webhook({ type: 'booking.updated', data: booking() });
  await until(async () => ghl.notes().length > 0 && !(await runner.states()).includes('pending'));

  expect(ghl.notes()).toMatchObject([{ contactId: ghl.contacts()[0]!.id }]);
});

test('a 400 that names another contact with the same phone costs no look: ours is there', async () => {
  const { ghl, start } = await aWorld();
  const runner = await start();
  await tell(runner);
  ghl.addContact({ phone: '+447700900123' });

  await tell(runner, { phone: '+447700900123' });

  expect(operationsOf(ghl)).toEqual(['create-contact', 'update-contact']);
  expect((await runner.events()).at(-1)).toMatchObject({ state: 'dead' });
});

test('a 400 that only speaks of something not found is no deletion: one look tells, and nothing is created', async () => {
  const { ghl, start } = await aWorld();
  const runner = await start();
  await tell(runner);
  ghl.fail({
    kind: 'status',
    status: 400,
    body: { message: 'assigned user not found' },
    match: { operation: 'update-contact' },
  });

  await tell(runner, { first_name: 'Anna' });

  expect(operationsOf(ghl)).toEqual(['create-contact', 'update-contact', 'get-contact']);
  expect(ghl.contacts()).toHaveLength(1);
  expect((await runner.events()).at(-1)).toMatchObject({ state: 'dead' });
});

test('a child that is refused in words like those of a parent that is gone asks for it once, and is looked for once', async () => {
  const { ghl, start } = await aWorld(withNotes);
  const runner = await start({ clock: watchedClock(20) });
  const message = 'The slot you have selected is no longer available.';
  ghl.fail({ kind: 'status', status: 400, body: { message }, match: { operation: 'create-note' } });

  await tell(runner);
  await until(async () => (await runner.states()).includes('dead'));

  expect(operationsOf(ghl)).toEqual(['create-contact', 'create-note', 'get-contact', 'get-all-notes']);
});

test('a note that was refused for its contact, and the look for that failed, waits for the contact that comes', async () => {
  const { ghl, start } = await aWorld({ syncs: { notes: { ...notes, when: 'note' } } });
  const runner = await start({ clock: watchedClock(20) });
  await tell(runner, { note: null });
  ghl.deleteContact(ghl.contacts()[0]!.id);
  const look = ghl.fail({ kind: 'status', status: 503, match: { operation: 'get-contact' } });

  await runner.webhook({ type: 'booking.updated', data: booking() });
  await until(() => look.used() === 1);
  await until(
    async () => (await runner.states()).every((state) => !['pending', 'sending', 'waiting'].includes(state)),
    'the end',
  );

  expect(await runner.states()).not.toContain('dead');
  expect(ghl.contacts()).toHaveLength(1);
  expect(ghl.notes()).toMatchObject([{ body: 'Call back', contactId: ghl.contacts()[0]!.id }]);
});

test('a note whose own event comes first after its contact went is created under the contact of then', async () => {
  const { ghl, start } = await aWorld(withNotes);
  const runner = await start();
  await tell(runner);
  ghl.deleteContact(ghl.contacts()[0]!.id);

  // Only the note changes: its contact is wanted as it was.
  await tell(runner, { note: 'Call tomorrow' });
  await tell(runner, { note: 'Call tomorrow', first_name: 'Anna' });

  expect(ghl.contacts()).toMatchObject([{ firstName: 'Anna' }]);
  expect(ghl.notes()).toMatchObject([{ body: 'Call tomorrow', contactId: ghl.contacts()[0]!.id }]);
});

test('a child whose lost parent is under way waits for it: it asks once, however long that takes', async () => {
  const { ghl, start } = await aWorld({ ...withNotes, ghl: { timeout: '1500ms' } });
  const runner = await start();
  await tell(runner);
  ghl.deleteContact(ghl.contacts()[0]!.id);
  ghl.fail({ kind: 'hang', match: { operation: 'update-contact' } });

  await tell(runner, { note: 'Call tomorrow', first_name: 'Anna' });

  // The first, one that is refused, and the one that comes to stay.
  expect(operationsOf(ghl).filter((operation) => operation === 'create-note')).toHaveLength(3);
  expect(ghl.notes()).toMatchObject([{ body: 'Call tomorrow', contactId: ghl.contacts()[0]!.id }]);
});
