import { describe, expect, test } from 'vitest';
import { seedIds } from '../../src/sandbox/ghl/seed-location.ts';
import { aBooking, type ConfigWish } from '../support/a-config.ts';
import { operationsOf, worlds, type World } from '../support/world.ts';

const aWorld = worlds();

const blocks = {
  from: 'bookings',
  to: 'ghl.block-slot',
  quiet: '0ms',
  fields: {
    calendarId: { value: seedIds.calendar },
    title: 'title',
    startTime: 'start',
    endTime: { value: '2027-05-01T18:00:00Z' },
  },
};
const booking = (wish: object = {}) =>
  aBooking({ id: 1, title: 'Fair', start: '2027-05-01T10:00:00Z', ...wish });

async function losesItsStore({ writeConfig, folder }: World, wish: ConfigWish): Promise<void> {
  await writeConfig({ ...wish, top: { ...wish.top, store: `sqlite:${folder}/after.db` } });
}

/** What the target holds, and where every event ended. */
async function stands(world: World, runner: Awaited<ReturnType<World['start']>>) {
  const slots = world.ghl.blockSlots().map(({ title, startMs }) => [title, new Date(startMs).toISOString()]);
  return { slots: slots.sort(), states: new Set(await runner.states()) };
}

describe('a block slot', () => {
  test('costs a look and a call, and one more whenever it changes, whatever changed of it', async () => {
    const world = await aWorld({ syncs: { blocks } });
    const runner = await world.start();
    world.source.rows([booking()]);
    await runner.pass();

    world.source.rows([booking({ start: '2027-05-01T11:00:00Z', updated_at: '2026-05-02T10:00:00Z' })]);
    await runner.pass();
    world.source.rows([
      booking({ start: '2027-05-01T11:00:00Z', title: 'Fête', updated_at: '2026-05-03T10:00:00Z' }),
    ]);
    await runner.pass();

    expect(await stands(world, runner)).toEqual({
      slots: [['Fête', '2027-05-01T11:00:00.000Z']],
      states: new Set(['done']),
    });
    expect(operationsOf(world.ghl).filter((one) => one.includes('block'))).toEqual([
      'get-blocked-slots',
      'create-block-slot',
      'edit-block-slot',
      'edit-block-slot',
    ]);
  });

  /** Three bookings, of which two are blocked in the same words, and a store that knows nothing of what was made of them. */
  async function thatLostItsStore(): Promise<{ world: World; held: readonly { readonly id: string }[] }> {
    const wish = { syncs: { blocks } };
    const world = await aWorld(wish);
    world.source.rows([booking(), booking({ id: 2 }), booking({ id: 3, title: 'Other' })]);
    const before = await world.start();
    await before.pass();
    await before.stop();
    const held = world.ghl.blockSlots();
    world.ghl.clear();
    await losesItsStore(world, wish);
    return { world, held };
  }

  test('is found again by a rebuild after the store was lost: two of the same words are two', async () => {
    const { world, held } = await thatLostItsStore();

    const rebuild = world.spawn('run', '--rebuild', '--json');
    const { code } = await rebuild.ended;

    expect(code, rebuild.output()).toBe(0);
    expect(held).toHaveLength(3);
    expect(world.ghl.blockSlots().map(({ id }) => id)).toEqual(held.map(({ id }) => id));
    expect(operationsOf(world.ghl)).not.toContain('create-block-slot');
  });

  test('is found again by a plain run on an empty store', async () => {
    const { world, held } = await thatLostItsStore();
    const runner = await world.start();

    await runner.pass();

    expect(world.ghl.blockSlots().map(({ id }) => id)).toEqual(held.map(({ id }) => id));
    expect(operationsOf(world.ghl)).not.toContain('create-block-slot');
    expect(new Set(await runner.states())).toEqual(new Set(['done']));
  });
});
