import { expect, test } from 'vitest';
import { seedIds } from '../../src/sandbox/ghl/seed-location.ts';
import { aBooking } from '../support/a-config.ts';
import { operationsOf, worlds, type World } from '../support/world.ts';

const aWorld = worlds();

const sync = (to: string, fields: object, more: object = {}) => ({
  from: 'bookings',
  to: `ghl.${to}`,
  quiet: '0ms',
  fields,
  ...more,
});
const times = { startTime: '2026-07-01T18:00:00Z', endTime: '2026-07-01T23:00:00Z' };
const atThatTime = { startTime: 'startTime', endTime: 'endTime', calendarId: { value: seedIds.calendar } };
const syncs = {
  firms: sync('business', { name: 'firm' }, { key: '$lowercase(firm)' }),
  deals: sync(
    'opportunity',
    { pipelineId: { value: seedIds.pipeline }, name: 'deal' },
    { parent: 'contacts' },
  ),
  appointments: sync('appointment', { ...atThatTime, title: '"Booth"' }, { parent: 'contacts' }),
  remarks: sync('appointment-note', { body: 'remark' }, { parent: 'appointments' }),
  setups: sync('block-slot', { ...atThatTime, title: '"Setup"' }),
};

/** Made by a person, or by an earlier life of the store. */
async function make({ ghl }: World, path: string, body: object): Promise<string> {
  const answer = await fetch(`${ghl.url}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${ghl.token}`,
      version: path.startsWith('/calendars') ? '2021-04-15' : '2021-07-28',
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBeLessThan(300);
  return ((await answer.json()) as { readonly id?: string }).id ?? '';
}

test('on an empty store, what stands beyond the first page of its list is found; so is what has no parent', async () => {
  const world = await aWorld({ syncs });
  const { ghl } = world;
  const locationId = ghl.locationId;
  const { id: contactId } = ghl.addContact({ email: 'ann@example.com', firstName: 'Ann' });
  const event = { ...times, locationId, calendarId: seedIds.calendar };
  const booth = { ...event, contactId, title: 'Booth', ignoreFreeSlotValidation: true };
  const appointmentId = await make(world, '/calendars/events/appointments', booth);
  await make(world, '/calendars/events/block-slots', { ...event, title: 'Setup' });
  for (let at = 1; at <= 101; at += 1) await make(world, '/businesses/', { locationId, name: `Firm ${at}` });
  const deal = { locationId, contactId, pipelineId: seedIds.pipeline, status: 'open' };
  for (let at = 1; at <= 21; at += 1) await make(world, '/opportunities/', { ...deal, name: `Deal ${at}` });
  const remarks = `/calendars/appointments/${appointmentId}/notes`;
  for (let at = 1; at <= 21; at += 1) await make(world, remarks, { body: `Remark ${at}` });
  const last = { firm: 'Firm 101', deal: 'Deal 21', remark: 'Remark 21' };
  world.source.rows([aBooking({ id: 1, email: 'ann@example.com', ...last, ...times })]);
  ghl.clear();

  const runner = await world.start();
  await runner.pass();

  const creates = operationsOf(ghl).filter((name) => name.startsWith('create-'));
  expect(creates).toEqual(['create-contact']);
  expect(ghl.businesses()).toHaveLength(101);
  expect(ghl.opportunities()).toHaveLength(21);
  expect(ghl.appointmentNotes(appointmentId)).toHaveLength(21);
  expect(ghl.blockSlots()).toHaveLength(1);
});
