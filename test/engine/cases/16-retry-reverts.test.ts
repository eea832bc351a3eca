import { describe, expect, test } from 'vitest';
import { retry } from '../../../src/engine/dead-letters.ts';
import { replay } from '../../../src/engine/intake/replay.ts';
import { aBooking } from '../../support/a-config.ts';
import { operationsOf, worlds, type Runner } from '../../support/world.ts';

const aWorld = worlds();

const booking = (version: number, wish: object = {}) =>
  aBooking({ id: 1, first_name: `v${version}`, updated_at: `2026-05-0${version}T10:00:00Z`, ...wish });

async function tell(runner: Runner, data: object): Promise<void> {
  await runner.webhook({ type: 'booking.updated', data });
  await runner.idle();
}

/** By hand, as the command line does it. */
async function byHand(act: typeof retry | typeof replay, runner: Runner, id: number): Promise<void> {
  await act(runner.engine.runtime, { names: [String(id)], filter: {} });
  runner.engine.lanes.forEach((lane) => lane.wake());
  await runner.idle();
}

/** v1 is refused by the API, v2 is not. */
async function v1DeadThenV2Done() {
  const { ghl, start } = await aWorld();
  const runner = await start();
  ghl.fail({ kind: 'status', status: 422, match: { method: 'POST', bodyIncludes: 'v1' } });
  await tell(runner, booking(1));
  const [dead] = await runner.events();
  await tell(runner, booking(2));
  return { ghl, runner, dead: dead! };
}

test('a newer state of the record ends the letter of the older one', async () => {
  const { ghl, runner, dead } = await v1DeadThenV2Done();

  const [first] = await runner.events();

  expect(dead.state).toBe('dead');
  expect(first).toMatchObject({ id: dead.id, state: 'superseded' });
  expect(ghl.contacts()).toMatchObject([{ firstName: 'v2' }]);
});

describe('v1 dead, v2 done', () => {
  test.each([
    ['retry', retry],
    ['replay', replay],
  ] as const)('%s of v1 reverts nothing and costs no call', async (_, act) => {
    const { ghl, runner, dead } = await v1DeadThenV2Done();
    ghl.clear();

    await byHand(act, runner, dead.id);

    expect(ghl.contacts()).toMatchObject([{ firstName: 'v2' }]);
    expect(ghl.calls).toEqual([]);
  });
});

describe('as recorded', () => {
  const asRecorded: typeof replay = (hands, selection) => replay(hands, selection, { asRecorded: true });

  test("a replay applies what the event brought, until the record's next change", async () => {
    const { ghl, runner, dead } = await v1DeadThenV2Done();

    await byHand(asRecorded, runner, dead.id);
    const then = ghl.contacts();
    await tell(runner, booking(3));

    expect(then).toMatchObject([{ firstName: 'v1' }]);
    expect(ghl.contacts()).toMatchObject([{ firstName: 'v3' }]);
  });

  test('a plain replay of what was applied as recorded applies the newest', async () => {
    const { ghl, runner, dead } = await v1DeadThenV2Done();
    await byHand(asRecorded, runner, dead.id);
    const last = (await runner.events()).at(-1)!;

    await byHand(replay, runner, last.id);

    expect(ghl.contacts()).toMatchObject([{ firstName: 'v2' }]);
  });

  test('a newer state that comes meanwhile wins, as over any other', async () => {
    const { ghl, runner, dead } = await v1DeadThenV2Done();
    await asRecorded(runner.engine.runtime, { names: [String(dead.id)], filter: {} });

    await tell(runner, booking(3));

    expect(ghl.contacts()).toMatchObject([{ firstName: 'v3' }]);
  });

  test('a record that is gone is not made again, and an event of the runner itself has none', async () => {
    const { ghl, runner, dead } = await v1DeadThenV2Done();
    await byHand(replay, runner, dead.id);
    const plain = (await runner.events()).at(-1)!;
    const names = (id: number) => ({ names: [String(id)], filter: {} });

    const none = await asRecorded(runner.engine.runtime, names(plain.id));
    await runner.webhook({ type: 'booking.updated', data: booking(4, { deleted: true }) });
    await runner.idle();
    const gone = await asRecorded(runner.engine.runtime, names(dead.id));

    expect(none).toMatchObject({
      replayed: 0,
      notes: [{ refused: true, text: expect.stringContaining('brought no record') as string }],
    });
    expect(gone).toMatchObject({
      replayed: 0,
      notes: [{ refused: true, text: expect.stringContaining('gone') as string }],
    });
    expect(ghl.contacts()).toMatchObject([{ firstName: 'v2' }]);
  });
});

test('a replay of an event that is done applies the newest, also where that is dead', async () => {
  const { ghl, start } = await aWorld();
  const runner = await start();
  await tell(runner, booking(1));
  ghl.fail({ kind: 'status', status: 422, match: { bodyIncludes: 'v2' } });
  await tell(runner, booking(2));
  const [first] = await runner.events();

  await byHand(replay, runner, first!.id);

  expect(ghl.contacts()).toMatchObject([{ firstName: 'v2' }]);
});

test('a retry of a record that was deleted since creates nothing', async () => {
  const { ghl, start } = await aWorld({ sync: { onDelete: 'delete' } });
  const runner = await start();
  ghl.fail({ kind: 'status', status: 422, times: 2, match: { method: 'POST' } });
  await tell(runner, booking(1));
  const [dead] = await runner.events();
  await tell(runner, booking(2, { deleted: true }));

  await byHand(retry, runner, dead!.id);
  await byHand(replay, runner, dead!.id);

  expect(ghl.contacts()).toEqual([]);
  expect(operationsOf(ghl).filter((operation) => operation === 'create-contact')).toHaveLength(1);
});

test('a retry of a dead letter whose record is still the newest applies it', async () => {
  const { ghl, start } = await aWorld();
  const runner = await start();
  ghl.fail({ kind: 'status', status: 422, match: { method: 'POST' } });
  await tell(runner, booking(1));
  const [dead] = await runner.events();

  await byHand(retry, runner, dead!.id);

  expect(ghl.contacts()).toMatchObject([{ firstName: 'v1' }]);
  expect((await runner.events()).map(({ id, state }) => [id, state])).toEqual([[dead!.id, 'done']]);
});
