import { expect, test } from 'vitest';
import { aBooking } from '../support/a-config.ts';
import { worlds } from '../support/world.ts';

const aWorld = worlds();

test('a poll that a stop breaks off is no failure, and the next start reads all of it', async () => {
  const world = await aWorld({
    poll: { request: { path: '/bookings' }, records: 'data', next: { type: 'page', param: 'page' } },
  });
  const rows = [aBooking({ id: 1 }), aBooking({ id: 2 }), aBooking({ id: 3 })];
  const runner = await world.start({ mayLeaveWork: true });
  let stopped: Promise<void> | undefined;
  world.source.script(({ query }) => {
    const page = Number(query['page']);
    if (page === 2) stopped ??= runner.stop();
    return { body: { data: rows.slice(page - 1, page) } };
  });
  await runner.pass();
  await stopped;

  expect(runner.log.lines.filter(({ level }) => level !== 'info')).toEqual([]);

  const next = await world.start();
  await next.pass();
  expect(
    world.ghl
      .contacts()
      .map(({ email }) => email)
      .sort(),
  ).toEqual(rows.map(({ email }) => email));
});
