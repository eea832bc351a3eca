import { describe, expect, test } from 'vitest';
import { aBooking } from '../../support/a-config.ts';
import { worlds } from '../../support/world.ts';
import type { ScriptedSource } from '../../support/scripted-source.ts';

const aWorld = worlds();

const serverDate = '2026-05-01T12:00:00.000Z';
const answering = (source: ScriptedSource, rows: readonly object[], date = serverDate) =>
  source.script(() => ({ body: { data: rows }, headers: { date: new Date(date).toUTCString() } }));
const sinces = (source: ScriptedSource) => source.calls.map(({ query }) => query['since']);

test('a first read asks for everything', async () => {
  const { source, start } = await aWorld();
  const runner = await start();

  await runner.pass();

  expect(sinces(source)).toEqual([undefined]);
});

test("one record of 2030 does not end all reading: the cursor is never past the server's own clock", async () => {
  const { source, start } = await aWorld();
  const runner = await start();
  answering(source, [
    aBooking({ id: 1, updated_at: '2030-01-01T00:00:00Z' }),
    aBooking({ id: 2, updated_at: '2026-05-01T11:00:00Z' }),
  ]);

  await runner.pass();
  await runner.pass();

  expect(sinces(source)[1]).toBe('2026-05-01T11:55:00Z');
});

test('a server whose clock is set back is followed', async () => {
  const { source, start } = await aWorld();
  const runner = await start();
  answering(source, [aBooking({ id: 1, updated_at: '2026-05-01T11:30:00Z' })]);
  await runner.pass();
  answering(source, [], '2026-05-01T09:00:00Z');
  await runner.pass();

  await runner.pass();

  expect(sinces(source)).toEqual([undefined, '2026-05-01T11:25:00Z', '2026-05-01T08:55:00Z']);
});

test('an edit from while the clock was wrong is read a second time, and believed, though the clock is right again by then', async () => {
  const { ghl, source, start } = await aWorld();
  const runner = await start();
  const edited = aBooking({ id: 1, first_name: 'Edited', updated_at: '2026-05-01T11:02:00Z' });
  answering(source, [aBooking({ id: 1, updated_at: '2026-05-01T11:50:00Z' })]);
  await runner.pass();
  answering(source, [], '2026-05-01T11:00:00Z');
  await runner.pass();
  const headers = { date: new Date('2026-05-01T12:10:00Z').toUTCString() };
  source.script(({ query }) => ({
    body: { data: (query['since'] ?? '') < '2026-05-01T11:02:00Z' ? [edited] : [] },
    headers,
  }));

  await runner.pass();
  await runner.pass();

  expect(ghl.contacts()).toMatchObject([{ firstName: 'Edited' }]);
});

describe('`$since` is written as the source writes its times', () => {
  test.for([
    ['epoch seconds', 1_777_631_400, '1777631100'],
    ['epoch milliseconds', 1_777_631_400_123, '1777631100123'],
    ['epoch seconds as text', '1777631400', '1777631100'],
    ['ISO in UTC', '2026-05-01T10:30:00Z', '2026-05-01T10:25:00Z'],
    ['ISO with an offset', '2026-05-01T12:30:00+02:00', '2026-05-01T12:25:00+02:00'],
    ['ISO with an offset without a colon', '2026-05-01T05:30:00-0500', '2026-05-01T05:25:00-0500'],
    ['ISO with milliseconds', '2026-05-01T10:30:00.123Z', '2026-05-01T10:25:00.123Z'],
    ['ISO with microseconds', '2026-05-01T10:30:00.123456Z', '2026-05-01T10:25:00.123000Z'],
    ['SQL', '2026-05-01 10:30:00', '2026-05-01 10:25:00'],
    ['a day', '2026-05-01', '2026-04-30'],
  ] as const)('%s', async ([, updated_at, since]) => {
    const { source, start } = await aWorld();
    const runner = await start();
    answering(source, [aBooking({ id: 1, updated_at })]);

    await runner.pass();
    await runner.pass();

    expect(sinces(source)[1]).toBe(since);
  });
});

test("what can't be read as a time is the cursor as it stands, without overlap, and a warning", async () => {
  const { source, start } = await aWorld();
  const runner = await start();
  answering(source, [aBooking({ id: 1, updated_at: 'rev-7' }), aBooking({ id: 2, updated_at: 'rev-9' })]);

  await runner.pass();
  await runner.pass();

  expect(sinces(source)[1]).toBe('rev-9');
  expect(
    runner.log.lines.filter(({ level }) => level === 'warn').map(({ message }) => message),
  ).toContainEqual(expect.stringContaining('updatedAt'));
});

test('the cursor outlives a restart', async () => {
  const { source, start } = await aWorld();
  const before = await start();
  answering(source, [aBooking({ id: 1, updated_at: '2026-05-01T11:30:00Z' })]);
  await before.pass();
  await before.stop();

  const runner = await start();
  await runner.pass();

  expect(sinces(source)[1]).toBe('2026-05-01T11:25:00Z');
});

test('a failed poll leaves the cursor where it was', async () => {
  const { source, start } = await aWorld({ poll: { next: { type: 'cursor', value: 'next' } } });
  const runner = await start({ random: () => 0 });
  answering(source, [aBooking({ id: 1, updated_at: '2026-05-01T10:00:00Z' })]);
  await runner.pass();
  source.script(({ query }) =>
    query['cursor'] === undefined
      ? { body: { data: [aBooking({ id: 2, updated_at: '2026-05-01T11:00:00Z' })], next: 'x' } }
      : { status: 500, body: {} },
  );
  await runner.pass();

  answering(source, []);
  await runner.pass();

  expect(sinces(source).at(-1)).toBe('2026-05-01T09:55:00Z');
  expect(await runner.states()).toEqual(['done', 'done']);
});

describe('an edit under a clock that was set back', () => {
  const first = aBooking({ id: 1, first_name: 'First', updated_at: '2026-05-01T11:00:00Z' });
  const edited = aBooking({ id: 1, first_name: 'Edited', updated_at: '2026-05-01T09:00:00Z' });

  test('is believed once two polls in a row have read it', async () => {
    const { ghl, source, start } = await aWorld();
    const runner = await start();
    answering(source, [first]);
    await runner.pass();
    answering(source, [edited]);

    await runner.pass();
    const doubted = ghl.contacts()[0]!.firstName;
    await runner.pass();

    expect([doubted, ghl.contacts()[0]!.firstName]).toEqual(['First', 'Edited']);
  });

  test('is believed by two full polls, too', async () => {
    const { ghl, source, start } = await aWorld();
    const runner = await start();
    answering(source, [first]);
    await runner.pass();
    answering(source, [edited]);

    await runner.pass({ full: true });
    await runner.pass({ full: true });

    expect(ghl.contacts()[0]!.firstName).toBe('Edited');
  });

  test('is not believed where the polls between disagree: a replica that lags now and then wins nothing', async () => {
    const { ghl, source, start } = await aWorld();
    const runner = await start();
    answering(source, [first]);
    await runner.pass();

    for (const rows of [[edited], [first], [edited], [first]]) {
      answering(source, rows);
      await runner.pass();
    }

    expect(ghl.contacts()[0]!.firstName).toBe('First');
    expect(await runner.events()).toHaveLength(1);
  });

  test('and after it was believed, edits go on as before', async () => {
    const { ghl, source, start } = await aWorld();
    const runner = await start();
    const again = aBooking({ id: 1, first_name: 'Again', updated_at: '2026-05-01T09:30:00Z' });

    for (const rows of [[first], [edited], [edited], [again]]) {
      answering(source, rows);
      await runner.pass();
    }

    expect(ghl.contacts()[0]!.firstName).toBe('Again');
  });
});
