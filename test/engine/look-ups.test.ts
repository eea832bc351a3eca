import { expect, test } from 'vitest';
import { aBooking } from '../support/a-config.ts';
import { watchedClock } from '../support/clocks.ts';
import { until } from '../support/wait.ts';
import { operationsOf, worlds } from '../support/world.ts';

const aWorld = worlds();

test('a token that was refused for a moment says nothing of the location: where twins are allowed, none is made', async () => {
  const { ghl, start } = await aWorld({ ghl: { timeout: '60s' } });
  ghl.changeLocation({ allowDuplicateContact: true });
  ghl.addContact({ email: 'guest1@example.com' });
  for (const operation of ['get-location', 'create-contact'])
    ghl.fail({ kind: 'status', status: 401, body: { message: 'Invalid JWT' }, match: { operation } });
  const runner = await start({ clock: watchedClock(20) });

  await runner.webhook({ type: 'booking.created', data: aBooking({ id: 1 }) });
  await until(async () => (await runner.states()).at(-1) === 'done', 'the contact');

  expect(ghl.contacts()).toMatchObject([{ firstName: 'Ann' }]);
});

test.each([403, 404])('where calendars may not be listed (%i), what is named is an id', async (status) => {
  const visits = {
    from: 'bookings',
    to: 'ghl.appointment',
    parent: 'contacts',
    fields: { calendarId: { value: 'cal-7' }, startTime: { value: '2027-05-01T10:00:00Z' }, title: 'id' },
  };
  const { ghl, source, start } = await aWorld({ syncs: { visits } });
  ghl.fail({ kind: 'status', status, match: { operation: 'get-calendars' }, times: Infinity });
  ghl.fail({
    kind: 'status',
    status: 200,
    body: { id: 'made' },
    match: { operation: 'create-appointment' },
    times: Infinity,
  });
  source.rows([aBooking({ id: 1 }), aBooking({ id: 2 })]);
  const runner = await start();

  await runner.pass();

  const created = ghl.calls.filter(({ operation }) => operation === 'create-appointment');
  expect(created.map(({ body }) => (body as { calendarId: string }).calendarId)).toEqual(['cal-7', 'cal-7']);
  expect(operationsOf(ghl).filter((operation) => operation === 'get-calendars')).toHaveLength(1);
});
