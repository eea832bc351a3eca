import { describe, expect, test } from 'vitest';
import { retry } from '../../../src/engine/dead-letters.ts';
import { replay } from '../../../src/engine/replay.ts';
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
