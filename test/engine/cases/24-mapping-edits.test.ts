import { describe, expect, test } from 'vitest';
import { PRIORITY } from '../../../src/model/event.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { aBooking } from '../../support/a-config.ts';
import { until } from '../../support/wait.ts';
import { operationsOf, worlds } from '../../support/world.ts';

const aWorld = worlds();

const edited = { fields: { firstName: '"Dear " & first_name', email: '$lowercase(email)' } };
const rows = (count: number) => Array.from({ length: count }, (_, id) => aBooking({ id }));

describe('an edited mapping flows to all stored records', () => {
  test('that came by webhook only: no poll will ever bring them again', async () => {
    const { ghl, start } = await aWorld({ source: { poll: undefined } });
    const before = await start();
    for (const data of rows(3)) await before.webhook({ type: 'booking.created', data });
    await before.idle();
    await before.stop();
    ghl.clear();

    const runner = await start({ config: { source: { poll: undefined }, sync: edited } });
    await runner.pass();

    expect(ghl.contacts().map(({ firstName }) => firstName)).toEqual(['Dear Ann', 'Dear Ann', 'Dear Ann']);
    expect(operationsOf(ghl)).toEqual(['update-contact', 'update-contact', 'update-contact']);
  });

  test('that lie outside of the window that is read', async () => {
    const window = { from: '-1d', to: '+1d', step: '2d' };
    const { ghl, source, start } = await aWorld({ poll: { window } });
    source.rows(rows(2));
    const before = await start();
    await before.pass();
    await before.stop();
    source.rows([]);

    const runner = await start({ config: { poll: { window }, sync: edited } });
    await runner.pass();

    expect(ghl.contacts().map(({ firstName }) => firstName)).toEqual(['Dear Ann', 'Dear Ann']);
  });

  test('also where what was edited is a table, a variable or a `let` of the source', async () => {
    const fields = { firstName: '$greeting & $table("names", "x", "?")', email: 'email' };
    const wish = (greeting: string, name: string) => ({
      top: { tables: { names: { x: name } } },
      source: { let: { greeting: `"${greeting} "` } },
      sync: { fields },
    });
    const { ghl, source, start } = await aWorld(wish('Dear', 'Ann'));
    source.rows(rows(1));
    for (const config of [wish('Dear', 'Ann'), wish('Hi', 'Ann'), wish('Hi', 'Anna')]) {
      const runner = await start({ config });
      await runner.pass();
      await runner.stop();
    }

    expect(ghl.contacts()).toMatchObject([{ firstName: 'Hi Anna' }]);
    expect(operationsOf(ghl)).toEqual(['create-contact', 'update-contact', 'update-contact']);
  });

  test('also to the children of a parent whose `when` was edited', async () => {
    const notes = { from: 'bookings', to: 'ghl.note', parent: 'contacts', quiet: '0ms', onLeave: 'delete' };
    const wish = (sync: object) => ({
      sync: { ...sync },
      syncs: { notes: { ...notes, fields: { body: 'note' } } },
    });
    const { ghl, source, start } = await aWorld(wish({}));
    source.rows([aBooking({ id: 1, note: 'a', vip: true }), aBooking({ id: 2, note: 'b' })]);
    const before = await start();
    await before.pass();
    await before.stop();

    const runner = await start({ config: wish({ when: 'vip' }) });
    await runner.pass();

    expect(ghl.notes().map(({ body }) => body)).toEqual(['a']);
    expect(ghl.contacts()).toHaveLength(2);
  });

  test('at low priority: a webhook goes first', async () => {
    const slow = { ghl: { rateLimit: { requests: 2, per: '60ms' } } };
    const { ghl, source, start } = await aWorld();
    source.rows(rows(60));
    const before = await start();
    await before.pass();
    await before.stop();
    ghl.clear();

    const runner = await start({ config: { ...slow, sync: edited } });
    const remapped = (await runner.events()).slice(60);
    await until(() => ghl.calls.length > 0);
    await runner.webhook({
      type: 'booking.updated',
      data: aBooking({ id: 59, first_name: 'Live', updated_at: '2026-06-01T10:00:00Z' }),
    });
    await until(() => ghl.contactByEmail('guest59@example.com')?.firstName === 'Dear Live');
    const calls = ghl.calls.length;
    await runner.idle();

    expect(new Set(remapped.map(({ priority }) => priority))).toEqual(new Set([PRIORITY.bulk]));
    expect(calls).toBeLessThan(40);
    expect(ghl.contacts().every(({ firstName }) => firstName?.startsWith('Dear'))).toBe(true);
  });

  test('once: the next start makes no event, and another pace is no edit', async () => {
    const { ghl, source, start } = await aWorld();
    source.rows(rows(3));
    const first = await start();
    await first.pass();
    await first.stop();
    const second = await start({ config: { sync: edited } });
    await second.pass();
    const events = (await second.events()).length;
    await second.stop();
    ghl.clear();

    const third = await start({ config: { sync: { ...edited, quiet: '5ms' } } });
    await third.pass();

    expect((await third.events()).length).toBe(events);
    expect(ghl.calls).toEqual([]);
  });

  test('also to what a create in doubt has made, where it is not wanted any more', async () => {
    const notes = {
      from: 'bookings',
      to: 'ghl.note',
      parent: 'contacts',
      quiet: '0ms',
      onLeave: 'delete',
      fields: { body: 'first_name' },
    };
    const { ghl, start } = await aWorld({ syncs: { notes } });
    const before = await start({ mayLeaveWork: true });
    ghl.fail({ kind: 'reset-after', match: { operation: 'create-note' } });
    await before.webhook({ type: 'booking.created', data: aBooking({ id: 1 }) });
    await until(async () => (await before.events()).some(({ reason }) => reason?.startsWith('in doubt')));
    await before.stop();
    const made = ghl.notes();

    const runner = await start({ config: { syncs: { notes: { ...notes, when: 'id = 2' } } } });
    await runner.pass();

    expect(made).toHaveLength(1);
    expect(ghl.notes()).toEqual([]);
  });

  test('of nobody who is gone: what was deleted stays deleted', async () => {
    const { ghl, start } = await aWorld({ sync: { onDelete: 'delete' } });
    const before = await start();
    await before.webhook({ type: 'booking.created', data: aBooking({ id: 1 }) });
    await before.idle();
    await before.webhook({
      type: 'booking.deleted',
      data: aBooking({ id: 1, deleted: true, updated_at: '2026-05-02T10:00:00Z' }),
    });
    await before.idle();
    await before.stop();

    const runner = await start({ config: { sync: { ...edited, onDelete: 'delete' } } });
    await runner.pass();

    expect(ghl.contacts()).toEqual([]);
  });
});

test.each(['$now()', '$millis()', '$random()', '($f := $now; $f())'])(
  'a mapping is a function of its record: %s is refused before anything runs',
  async (expression) => {
    const { configPath, writeConfig, env } = await aWorld();
    await writeConfig({ sync: { fields: { firstName: expression, email: 'email' } } });

    const { config, problems } = await loadConfig(configPath, { env });

    expect(config).toBeUndefined();
    expect(problems.map(({ severity }) => severity)).toContain('error');
    expect(JSON.stringify(problems)).toMatch(/\$(now|millis|random)/);
  },
);
