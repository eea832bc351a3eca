import { describe, expect, test } from 'vitest';
import { aBooking } from '../support/a-config.ts';
import { watchedClock } from '../support/clocks.ts';
import { operationsOf, worlds } from '../support/world.ts';

const aWorld = worlds();

describe('a create whose answer tells no id', () => {
  const note = {
    from: 'bookings',
    to: 'ghl.note',
    parent: 'contacts',
    quiet: '0ms',
    fields: { body: 'note' },
  };
  const firms = { from: 'bookings', to: 'ghl.business', key: '$lowercase(firm)', fields: { name: 'firm' } };
  const telling = (body: object) =>
    ({ kind: 'status', status: 201, body, match: { operation: 'create-note' } }) as const;

  test('is never sent again where the list shows nothing of it: a person looks', async () => {
    const world = await aWorld({ syncs: { note }, ghl: { timeout: '2m' } });
    world.source.rows([aBooking({ id: 1, note: 'Call back' })]);
    world.ghl.fail(telling({ note: { body: 'Call back' } }));
    const runner = await world.start({ clock: watchedClock(20) });

    await runner.pass();

    expect(operationsOf(world.ghl).filter((name) => name === 'create-note')).toHaveLength(1);
    const dead = (await runner.events()).find(({ sync: of }) => of === 'note');
    expect(dead).toMatchObject({ state: 'dead' });
    expect(dead!.reason).toContain('not its id');
  });

  test.each(['buiseness', 'business'])(
    'of a business, as `%s`, is one: it is not looked for',
    async (name) => {
      const world = await aWorld({ syncs: { firms } });
      world.source.rows([aBooking({ id: 1, firm: 'Acme' })]);
      const body = { success: true, [name]: { id: 'b1', name: 'Acme' } };
      world.ghl.fail({ kind: 'status', status: 201, body, match: { operation: 'create-business' } });
      const runner = await world.start();

      await runner.pass();

      const asked = operationsOf(world.ghl).filter((operation) => operation.includes('business'));
      expect(asked).toEqual(['get-businesses-by-location', 'create-business']);
    },
  );
});
