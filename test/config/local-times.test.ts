import { expect, test } from 'vitest';
import { aConfig } from '../support/a-config.ts';
import { loaded } from './load-config.ts';

const env = { SOURCE_URL: 'http://source', GHL_URL: 'http://ghl', GHL_TOKEN: 't', GHL_LOCATION_ID: 'loc' };

async function startOf(to: string, at: unknown, field = 'startTime'): Promise<unknown> {
  const fields = { calendarId: { value: 'any' }, startTime: 'at', endTime: 'at', title: 'at' };
  const visits = {
    from: 'bookings',
    to,
    fields,
    ...(to === 'ghl.appointment' ? { parent: 'contacts' } : {}),
  };
  const yaml = aConfig({ top: { timezone: 'Europe/London' }, syncs: { visits } });
  const config = await loaded(yaml, env);
  const mapped = config.syncs.get('visits')!.fields.find(({ name }) => name === field)!;
  return mapped.value({ at }, {});
}

test.each([
  ['2026-06-14 19:00', '2026-06-14T19:00:00+01:00'],
  ['2026-12-14T19:00:00', '2026-12-14T19:00:00+00:00'],
  // The clock skips it: it goes forward.
  ['2026-03-29 01:30', '2026-03-29T02:30:00+01:00'],
  [1781460000, '2026-06-14T19:00:00+01:00'],
])('an appointment at %s starts with the offset of the config’s zone', async (at, expected) => {
  expect(await startOf('ghl.appointment', at)).toBe(expected);
});

test.each(['2026-06-14T19:00:00Z', '2026-06-14T19:00:00.000+02:00', 'soon', undefined])(
  '%s stays as it is',
  async (at) => {
    expect(await startOf('ghl.appointment', at)).toBe(at);
  },
);

test('so it is with what blocks a slot', async () => {
  expect(await startOf('ghl.block-slot', '2026-06-14 19:00', 'endTime')).toBe('2026-06-14T19:00:00+01:00');
});

test('other fields are not touched', async () => {
  expect(await startOf('ghl.appointment', '2026-06-14 19:00', 'title')).toBe('2026-06-14 19:00');
});
