import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../src/engine/system-clock.ts';
import type { EventStory } from '../../src/engine/inspect/inspect-event.ts';
import type { ListedEvent } from '../../src/engine/inspect/inspect-list.ts';
import { openStore } from '../../src/store/open-store.ts';
import { aBooking, type ConfigWish } from '../support/a-config.ts';
import { command, commandJson, serving } from '../support/command.ts';
import { anIntent } from '../support/rows.ts';
import { until } from '../support/wait.ts';
import { operationsOf, worlds, type World } from '../support/world.ts';

const aWorld = worlds();

/** A size that is no number makes a record a dead letter, without a call. */
const strict: ConfigWish = {
  sync: { fields: { firstName: 'first_name', email: '$lowercase(email)', city: '$string($number(size))' } },
};
const bad = (id: number, more: object = {}) => aBooking({ id, size: 'big', ...more });
const good = (id: number, more: object = {}) => aBooking({ id, size: '3', ...more });

/** Records in the source, taken up by one `run`. */
async function ran(world: World, rows: readonly object[], ...args: string[]): Promise<number | null> {
  world.source.rows(rows);
  return (await command(world, 'run', ...args)).code;
}

async function list(world: World, ...args: string[]): Promise<ListedEvent[]> {
  const { code, json } = await commandJson(world, 'events', 'list', ...args);
  expect(code).toBe(0);
  return json as ListedEvent[];
}

const keysOf = (events: readonly ListedEvent[]) => events.map(({ key }) => key);

describe('events list', () => {
  test('shows dead letters and what waits, with what to do, and exits 0', async () => {
    const world = await aWorld(strict);
    await ran(world, [good(1), bad(2), bad(3)]);

    const events = await list(world);
    const { stdout, code } = await command(world, 'events', 'list');

    expect(keysOf(events).sort()).toEqual(['2', '3']);
    expect(events[0]).toEqual({
      id: expect.any(Number) as number,
      sync: 'contacts',
      key: expect.any(String) as string,
      state: 'dead',
      reason: expect.stringContaining('city') as string,
      remedy: expect.stringContaining('retry') as string,
      at: expect.stringMatching(/^\d{4}-.*Z$/) as string,
    });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ID +AT +STATE/);
    expect(stdout).toContain('→');
  });

  test('is filtered by state, sync, key, reason and time, and cut to a limit', async () => {
    const before = new Date().toISOString();
    const world = await aWorld({
      ...strict,
      syncs: {
        others: {
          from: 'bookings',
          key: '$lowercase(email)',
          when: 'id = 1',
          to: 'ghl.contact',
          fields: { email: 'email' },
        },
      },
    });
    await ran(world, [good(1), bad(2), bad(3)]);

    expect(keysOf(await list(world, '--state', 'done', '--sync', 'contacts'))).toEqual(['1']);
    expect(keysOf(await list(world, '--state', 'dead,done', '--key', '2'))).toEqual(['2']);
    expect(await list(world, '--reason', 'NUMBER')).toHaveLength(2);
    expect(await list(world, '--reason', '%')).toEqual([]);
    expect(await list(world, '--since', before)).toHaveLength(2);
    expect(await list(world, '--since', '1h', '--state', 'all', '--sync', 'others')).toHaveLength(3);
    expect(await list(world, '--since', '2999-01-01')).toEqual([]);
    expect(await list(world, '--limit', '1')).toHaveLength(1);
  });

  test('before anything ran there is nothing, and a wrong option is wrong usage', async () => {
    const world = await aWorld();

    expect(await list(world)).toEqual([]);
    for (const args of [
      ['--state', 'broken'],
      ['--since', 'yesterday'],
      ['--limit', '0'],
    ])
      expect((await command(world, 'events', 'list', ...args)).code).toBe(2);
    expect((await command(world, 'events', 'show', '7')).code).toBe(1);
    expect((await command(world, 'events')).code).toBe(2);
  });
});

describe('events show', () => {
  test('tells the record, the mapping, the target, the request and the answer, and no secret', async () => {
    const world = await aWorld();
    await ran(world, [aBooking({ id: 1 })]);
    world.ghl.fail({
      kind: 'status',
      status: 422,
      body: { message: 'no such name' },
      match: { operation: 'update-contact' },
    });
    const edited = aBooking({
      id: 1,
      first_name: 'Bo',
      note: world.ghl.token,
      updated_at: '2026-05-02T10:00:00Z',
    });
    expect(await ran(world, [edited])).toBe(1);
    const [dead] = await list(world);

    const { json } = await commandJson(world, 'events', 'show', String(dead!.id));
    const { stdout, code } = await command(world, 'events', 'show', `event:${String(dead!.id)}`);

    expect(json).toMatchObject({
      id: dead!.id,
      state: 'dead',
      reason: expect.stringContaining('no such name') as string,
      remedy: expect.stringContaining('retry') as string,
      record: { source: 'bookings', key: '1', gone: false, body: { first_name: 'Bo', note: '***' } },
      mapping: { type: 'target', desired: { always: { firstName: 'Bo', email: 'guest1@example.com' } } },
      target: {
        link: { id: world.ghl.contacts()[0]!.id, origin: 'created' },
        members: [{ sync: 'contacts', key: '1' }],
        intent: null,
      },
      journal: [
        {
          step: { type: 'update', fields: { firstName: 'Bo' } },
          answer: { message: expect.stringContaining('no such name') as string },
        },
      ],
    });
    expect(code).toBe(0);
    for (const part of ['first_name', 'guest1@example.com', 'update (firstName)', 'no such name', '→'])
      expect(stdout).toContain(part);
    expect(stdout + JSON.stringify(json)).not.toContain(world.ghl.token);
  });

  test('what is not there is a problem with a remedy', async () => {
    const world = await aWorld(strict);
    await ran(world, [bad(1)]);

    const { code, json } = await commandJson(world, 'events', 'show', '99');
    const text = await command(world, 'events', 'show', 'delivery:99');

    expect([code, text.code]).toEqual([1, 1]);
    expect(json).toMatchObject({ problems: [{ message: expect.stringContaining('99') as string }] });
    expect(text.stderr).toContain('delivery:99');
    expect(text.stderr).not.toContain('    at ');
  });
});

describe('events retry', () => {
  test('after the cause is mended it is applied, and nothing is there twice', async () => {
    const world = await aWorld();
    const fault = world.ghl.fail({
      kind: 'status',
      status: 422,
      times: Infinity,
      match: { operation: 'create-contact', bodyIncludes: 'guest2@' },
    });
    expect(await ran(world, [aBooking({ id: 1 }), aBooking({ id: 2 })])).toBe(1);
    const [dead] = await list(world);
    fault.remove();

    const retried = await commandJson(world, 'events', 'retry', String(dead!.id));
    const again = await ran(world, [aBooking({ id: 1 }), aBooking({ id: 2 })]);

    expect(retried).toEqual({ code: 0, json: { retried: 1, superseded: 0, notes: [] } });
    expect(again).toBe(0);
    expect(
      world.ghl
        .contacts()
        .map(({ email }) => email)
        .sort(),
    ).toEqual(['guest1@example.com', 'guest2@example.com']);
    expect(await list(world)).toEqual([]);
    const { json } = await commandJson(world, 'events', 'show', String(dead!.id));
    expect(json).toMatchObject({ state: 'done' });
    expect(JSON.stringify(json)).toContain('retried by hand');
  });

  test('beside a running serve it is taken up within seconds', async () => {
    const world = await aWorld({ ...strict, top: { server: { port: 0 } } });
    const server = await serving(world);
    onTestFinished(async () => {
      await server.stop();
    });
    world.ghl.fail({ kind: 'status', status: 422, match: { operation: 'update-contact' } });
    const send = async (data: object) => {
      const answer = await fetch(`${server.url}/webhooks/booth`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ type: 'booking.updated', data }),
      });
      expect(answer.ok).toBe(true);
    };
    await send(good(1));
    await until(() => world.ghl.contacts().length === 1);
    await send(good(1, { first_name: 'Bo', updated_at: '2026-05-02T10:00:00Z' }));
    await until(async () => (await list(world)).some(({ state }) => state === 'dead'));

    const { code, stdout } = await command(world, 'events', 'retry', '--all');

    expect([code, stdout.split('\n')[0]]).toEqual([0, '1 retried, 0 superseded']);
    expect(stdout).not.toContain('nothing runs now');
    await until(() => world.ghl.contacts()[0]!.firstName === 'Bo');
    expect(await server.stop()).toBe(0);
  });

  test('applies the newest state: v1 dead, v2 done, retry of v1 reverts nothing', async () => {
    const world = await aWorld({ ...strict, sync: { ...strict.sync, when: '$not(hidden = true)' } });
    await ran(world, [bad(1)]);
    const [dead] = await list(world);
    await ran(world, [good(1, { first_name: 'v2', updated_at: '2026-05-02T10:00:00Z' })]);

    const { code, json } = await commandJson(world, 'events', 'retry', String(dead!.id));

    expect(code).toBe(1);
    const text = expect.stringContaining(`events replay ${String(dead!.id)}`) as string;
    expect(json).toEqual({ retried: 0, superseded: 0, notes: [{ id: dead!.id, refused: true, text }] });
    expect((await command(world, 'events', 'replay', String(dead!.id))).code).toBe(0);
    expect(await ran(world, [])).toBe(0);
    expect(world.ghl.contacts()).toMatchObject([{ firstName: 'v2' }]);
    expect(operationsOf(world.ghl)).toEqual(['create-contact']);
  });

  test('takes all that a filter leaves, and nothing without one', async () => {
    const world = await aWorld({
      ...strict,
      syncs: {
        others: {
          from: 'bookings',
          key: '"x" & id',
          to: 'ghl.contact',
          fields: { email: '$error("never")' },
        },
      },
    });
    await ran(world, [bad(1), bad(2), good(3)]);

    const none = await command(world, 'events', 'retry');
    const both = await command(world, 'events', 'retry', '1', '--all');
    const strange = await command(world, 'events', 'retry', '--sync', 'nobody');
    const filtered = await commandJson(world, 'events', 'retry', '--sync', 'contacts', '--reason', 'number');
    const rest = await commandJson(world, 'events', 'retry', '--since', '1h');
    const nothing = await commandJson(world, 'events', 'retry', '--all');

    expect([none.code, both.code, strange.code]).toEqual([2, 2, 1]);
    expect(none.stderr).toContain('--all');
    expect(filtered).toMatchObject({ code: 0, json: { retried: 2 } });
    expect(rest).toMatchObject({ code: 0, json: { retried: 3 } });
    expect(nothing).toMatchObject({ code: 0, json: { retried: 0 } });
    expect((await list(world)).map(({ state }) => state)).toEqual(Array(5).fill('pending'));
  });

  test('where a newer event of the record waits, that one goes and the letter is superseded', async () => {
    const world = await aWorld(strict);
    await ran(world, [bad(1)]);
    await command(world, 'events', 'retry', '--all');
    const runner = await world.start({ mayLeaveWork: true });
    const [event] = await runner.events();
    await runner.stop();
    const store = await openStore(world.storeUrl, { clock: systemClock, owner: true });
    await store.write((tables) =>
      tables.events.add(
        [
          { ...event!, state: 'dead' },
          { ...event!, state: 'dead' },
        ],
        1,
      ),
    );
    await store.close();

    const { code, json } = await commandJson(world, 'events', 'retry', '--all');

    expect([code, json]).toEqual([0, { retried: 1, superseded: 2, notes: [] }]);
  });

  test('where a newer event has applied the record since, it says so and reverts nothing', async () => {
    const world = await aWorld(strict);
    await ran(world, [bad(1)]);
    await ran(world, [good(1, { first_name: 'v2', updated_at: '2026-05-02T10:00:00Z' })]);
    // As when v2 arrives while v1 is on its way: then it supersedes nothing.
    const database = new DatabaseSync(world.storeUrl.replace(/^sqlite:/, ''));
    database.exec("update events set state = 'dead', reason = 'v1' where id = 1");
    database.close();

    const { code, json } = await commandJson(world, 'events', 'retry', '1');
    await ran(world, []);

    const text = expect.stringContaining('event 2') as string;
    expect([code, json]).toEqual([
      0,
      { retried: 1, superseded: 0, notes: [{ id: 1, refused: false, text }] },
    ]);
    expect(await list(world)).toEqual([]);
    expect(world.ghl.contacts()).toMatchObject([{ firstName: 'v2' }]);
    expect(operationsOf(world.ghl)).toEqual(['create-contact']);
  });

  test('an id that is nobody’s leaves all as it was', async () => {
    const world = await aWorld(strict);
    await ran(world, [bad(1)]);
    const [dead] = await list(world);

    const { code } = await command(world, 'events', 'retry', String(dead!.id), '99');

    expect(code).toBe(1);
    expect((await list(world))[0]).toMatchObject({ id: dead!.id, state: 'dead' });
  });

  test('takes the records out of a dead delivery once more', async () => {
    const world = await aWorld({
      source: { webhook: { events: ['booking.*'], record: '$error("not yet")' } },
    });
    const runner = await world.start();
    await runner.webhook({ type: 'booking.updated', data: aBooking({ id: 1 }), token: 'x' });
    await runner.idle();
    await runner.stop();
    const [dead] = await list(world);
    expect(dead).toMatchObject({ id: 'delivery:1', sync: null, key: 'booth', state: 'dead' });
    const shown = await commandJson(world, 'events', 'show', 'delivery:1');
    await world.writeConfig({});

    const retried = await commandJson(world, 'events', 'retry', 'delivery:1');
    await ran(world, []);

    expect(shown.json).toMatchObject({ connection: 'booth', raw: { body: { type: 'booking.updated' } } });
    expect(retried).toMatchObject({ code: 0, json: { retried: 1 } });
    expect(world.ghl.contacts()).toHaveLength(1);
    expect(await list(world)).toEqual([]);
  });
});

describe('events discard', () => {
  test('ends a dead letter; `run --full` takes its record up again, a plain `run` does not', async () => {
    const world = await aWorld(strict);
    await ran(world, [bad(1), bad(2)]);

    const discarded = await commandJson(world, 'events', 'discard', '--key', '1');
    const left = await list(world);
    const skipped = await list(world, '--state', 'skipped');
    await ran(world, [bad(1), bad(2)]);
    const afterPlain = await list(world, '--key', '1');
    await ran(world, [bad(1), bad(2)], '--full');
    const afterFull = await list(world, '--key', '1');

    expect(discarded).toEqual({ code: 0, json: { discarded: 1, notes: [] } });
    expect(keysOf(left)).toEqual(['2']);
    expect(skipped).toMatchObject([{ key: '1', state: 'skipped', reason: 'discarded by hand' }]);
    expect(afterPlain).toEqual([]);
    expect(afterFull).toMatchObject([{ key: '1', state: 'dead' }]);
  });

  test('what is discarded and applied since is not taken up by each `run --full`', async () => {
    const world = await aWorld(strict);
    await ran(world, [bad(1)]);
    await command(world, 'events', 'discard', '--all');
    await ran(world, [good(1, { updated_at: '2026-05-02T10:00:00Z' })]);

    await ran(world, [good(1, { updated_at: '2026-05-02T10:00:00Z' })], '--full');

    expect(await list(world, '--state', 'all')).toHaveLength(2);
  });

  test('leaves a create in doubt open, unless told to forget it', async () => {
    const world = await aWorld(strict);
    await ran(world, [bad(1), bad(2)]);
    const account = `${world.ghl.url}#${world.ghl.locationId}`;
    const store = await openStore(world.storeUrl, { clock: systemClock, owner: true });
    await store.write(async (tables) => {
      for (const id of [1, 2])
        await tables.intents.put(
          anIntent({ event: id, targetKey: `${account}|contact||guest${String(id)}@example.com` }),
        );
    });
    await store.close();
    const intentOf = async (key: string) => {
      const [event] = await list(world, '--key', key, '--state', 'all');
      const { json } = await commandJson(world, 'events', 'show', String(event!.id));
      return (json as EventStory).target!.intent;
    };

    const kept = await commandJson(world, 'events', 'discard', '--key', '1');
    const forgotten = await commandJson(world, 'events', 'discard', '--key', '2', '--forget-intent');

    const text = expect.stringContaining('--forget-intent') as string;
    expect(kept).toMatchObject({ code: 0, json: { discarded: 1, notes: [{ refused: false, text }] } });
    expect(forgotten).toEqual({ code: 0, json: { discarded: 1, notes: [] } });
    expect([await intentOf('1'), await intentOf('2')]).toEqual([expect.objectContaining({ event: 1 }), null]);
  });
});

describe('events replay', () => {
  test('sends a record through again, once, without a call where nothing changed', async () => {
    const world = await aWorld();
    await ran(world, [aBooking({ id: 1 })]);
    await ran(world, [aBooking({ id: 1, first_name: 'Bo', updated_at: '2026-05-02T10:00:00Z' })]);
    const calls = operationsOf(world.ghl).length;

    const replayed = await commandJson(world, 'events', 'replay', '--sync', 'contacts');
    const twice = await commandJson(world, 'events', 'replay', '1', '2');
    await ran(world, []);

    expect(replayed).toEqual({ code: 0, json: { replayed: 1, waiting: 0, notes: [] } });
    expect(twice).toEqual({ code: 0, json: { replayed: 0, waiting: 1, notes: [] } });
    expect((await list(world, '--state', 'all')).map(({ state }) => state)).toEqual(['done', 'done', 'done']);
    expect(operationsOf(world.ghl)).toHaveLength(calls);
    expect(world.ghl.contacts()).toMatchObject([{ firstName: 'Bo' }]);
  });

  test('a dead letter that is replayed is a letter no more', async () => {
    const world = await aWorld(strict);
    await ran(world, [bad(1)]);

    await command(world, 'events', 'replay', '--state', 'dead');

    expect(await list(world)).toMatchObject([{ key: '1', state: 'pending' }]);
  });

  test('what has not ended is refused', async () => {
    const world = await aWorld(strict);
    await ran(world, [bad(1)]);
    await command(world, 'events', 'retry', '--all');

    const pending = await commandJson(world, 'events', 'replay', '1');

    expect(pending.code).toBe(1);
    expect(pending.json).toMatchObject({ notes: [{ text: expect.stringContaining('pending') as string }] });
  });
});
