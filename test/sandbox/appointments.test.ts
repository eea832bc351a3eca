import { describe, expect, test } from 'vitest';
import { runningGhl } from './running-ghl.ts';

const { ghl, call } = runningGhl();
const path = '/calendars/events/appointments';

const anAppointment = (more: object = {}) => ({
  ...{ calendarId: ghl().calendarId, locationId: ghl().locationId },
  contactId: ghl().contactByEmail('a@example.com')?.id ?? ghl().addContact({ email: 'a@example.com' }).id,
  ...{ startTime: '2026-06-14T19:00:00+01:00', endTime: '2026-06-14T23:30:00+01:00', ...more },
});

const idOf = (got: { readonly body: Readonly<Record<string, unknown>> }) => String(got.body['id']);

describe('appointments', () => {
  test('a create is answered 200 with its id at the top', async () => {
    const got = await call('POST', path, anAppointment({ title: 'Ana & Joe' }));

    expect(got.status).toBe(200);
    expect(got.body).toMatchObject({
      ...{ id: expect.any(String) as string, title: 'Ana & Joe', appointmentStatus: 'confirmed' },
      startTime: '2026-06-14T19:00:00+01:00',
    });
    expect(got.body).not.toHaveProperty('dateAdded');
  });

  test.each([
    ['a time without an offset', { startTime: '2026-06-14T19:00:00' }],
    ['no start', { startTime: undefined }],
    ['an end before the start', { endTime: '2026-06-14T18:00:00+01:00' }],
    ['an unknown status', { appointmentStatus: 'completed' }],
    ['a rule without ignoreFreeSlotValidation', { rrule: 'RRULE:FREQ=DAILY;COUNT=2' }],
    ['an unknown property', { status: 'confirmed' }],
  ])('%s is refused by 422', async (_, wrong) => {
    const got = await call('POST', path, anAppointment(wrong));

    expect(got.status).toBe(422);
  });

  test('without an end it lasts one slot', async () => {
    await call('POST', path, anAppointment({ endTime: undefined }));

    const [made] = ghl().appointments();
    expect((made?.endMs ?? 0) - (made?.startMs ?? 0)).toBe(30 * 60_000);
  });

  test('one event has local times with an offset, the list of a contact has none', async () => {
    const body = anAppointment();
    const made = await call('POST', path, body);

    const event = await call('GET', `${path}/${idOf(made)}`);
    const list = await call('GET', `/contacts/${body.contactId}/appointments`);

    expect(event.body['event']).toMatchObject({ startTime: '2026-06-14T19:00:00+01:00', groupId: '' });
    expect(list.body['events']).toMatchObject([
      { id: idOf(made), startTime: '2026-06-14 19:00:00', endTime: '2026-06-14 23:30:00' },
    ]);
  });

  test('a taken slot is refused only where the calendar protects it', async () => {
    const guarded = ghl().addCalendar({ overlapProtection: true }).id;
    const open = [await call('POST', path, anAppointment()), await call('POST', path, anAppointment())];
    const first = await call('POST', path, anAppointment({ calendarId: guarded }));
    const second = await call('POST', path, anAppointment({ calendarId: guarded }));
    const forced = await call(
      'POST',
      path,
      anAppointment({ calendarId: guarded, ignoreFreeSlotValidation: true }),
    );

    expect(open.map((got) => got.status)).toEqual([200, 200]);
    expect([first.status, second.status, forced.status]).toEqual([200, 400, 200]);
    expect(second.body['message']).toBe('The slot you have selected is no longer available.');
  });

  test('a cancelled appointment frees its slot', async () => {
    const calendarId = ghl().addCalendar({ overlapProtection: true }).id;
    const first = await call('POST', path, anAppointment({ calendarId }));

    await call('PUT', `${path}/${idOf(first)}`, { appointmentStatus: 'cancelled' });
    const second = await call('POST', path, anAppointment({ calendarId }));

    expect(second.status).toBe(200);
  });

  test('moving the start keeps the length; PUT refuses contactId', async () => {
    const made = await call('POST', path, anAppointment());

    await call('PUT', `${path}/${idOf(made)}`, { startTime: '2026-06-15T10:00:00Z' });
    const wrong = await call('PUT', `${path}/${idOf(made)}`, { contactId: 'x' });

    const [moved] = ghl().appointments();
    expect((moved?.endMs ?? 0) - (moved?.startMs ?? 0)).toBe(4.5 * 3_600_000);
    expect(wrong.status).toBe(422);
  });

  test('a DELETE needs its empty body and is answered 201', async () => {
    const made = await call('POST', path, anAppointment());

    const bare = await call('DELETE', `/calendars/events/${idOf(made)}`);
    const gone = await call('DELETE', `/calendars/events/${idOf(made)}`, {});

    expect([bare.status, gone.status, gone.body['succeeded']]).toEqual([422, 201, true]);
    expect(ghl().appointments()).toEqual([]);
  });

  test('events of a window need milliseconds and a calendar, user or group', async () => {
    await call('POST', path, anAppointment());
    const day = Date.parse('2026-06-14T00:00:00Z');
    const window = `locationId=${ghl().locationId}&startTime=${day}&endTime=${day + 86_400_000}`;

    const found = await call('GET', `/calendars/events?${window}&calendarId=${ghl().calendarId}`);
    const open = await call('GET', `/calendars/events?${window}`);
    const iso = await call('GET', `/calendars/events?${window}&startTime=2026-06-14&calendarId=x`);

    expect(found.body['events']).toHaveLength(1);
    expect([open.status, iso.status]).toEqual([422, 422]);
  });
});

describe('block slots and appointment notes', () => {
  test('a block slot needs a calendar or a user, and takes the slot', async () => {
    const calendarId = ghl().addCalendar({ overlapProtection: true }).id;
    const times = { startTime: '2026-06-14T18:00:00Z', endTime: '2026-06-14T19:00:00Z' };
    const { locationId } = ghl();

    const open = await call('POST', '/calendars/events/block-slots', { locationId, ...times });
    const made = await call('POST', '/calendars/events/block-slots', { locationId, calendarId, ...times });
    const taken = await call('POST', path, anAppointment({ calendarId }));

    expect([open.status, made.status, taken.status]).toEqual([422, 201, 400]);
    expect(ghl().blockSlots()).toHaveLength(1);
  });

  test('notes of an appointment are read by limit and offset', async () => {
    const notes = `/calendars/appointments/${idOf(await call('POST', path, anAppointment()))}/notes`;
    for (const body of ['one', 'two', 'three']) await call('POST', notes, { body });

    const first = await call('GET', `${notes}?limit=2&offset=0`);
    const rest = await call('GET', `${notes}?limit=2&offset=2`);
    const bare = await call('GET', notes);
    const greedy = await call('GET', `${notes}?limit=21&offset=0`);

    expect(first.body).toMatchObject({ notes: [{ body: 'one' }, { body: 'two' }], hasMore: true });
    expect(rest.body).toMatchObject({ notes: [{ body: 'three' }], hasMore: false });
    expect([bare.status, greedy.status]).toEqual([422, 422]);
  });
});
