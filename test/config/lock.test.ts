import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { validateFile } from '../../src/config/validate.ts';
import { renderLock } from '../../src/config/lock/render-lock.ts';
import { driftOf } from '../../src/config/lock/drift.ts';
import type { LockedLocation } from '../../src/model/lock.ts';
import type { Problem } from '../../src/model/problem.ts';
import { aFolder } from './load-config.ts';

/** `▶` stands before the character that the one problem must point at. */
const MARK = '▶';

const LOCATION: LockedLocation = {
  id: 'loc1',
  name: 'Booths',
  lists: {
    customFields: [
      { id: 'f1', name: 'Event date', key: 'contact.event_date', type: 'DATE' },
      { id: 'f2', name: 'Size', key: 'contact.size', type: 'SINGLE_OPTIONS', options: ['Small', 'Large'] },
      {
        id: 'f3',
        name: 'Extras',
        key: 'contact.extras',
        type: 'MULTIPLE_OPTIONS',
        options: ['Props', 'Album'],
      },
      { id: 'f4', name: 'Guests', key: 'contact.guests', type: 'NUMERICAL' },
      { id: 'f5', name: 'Venue', key: 'opportunity.venue', type: 'TEXT' },
    ],
    calendars: [{ id: 'cal1', name: 'Weddings' }],
    users: [{ id: 'u1', name: 'Sam Host' }],
    tags: ['booked'],
    pipelines: [
      { id: 'p1', name: 'Sales', stages: [{ id: 's1', name: 'New' }] },
      { id: 'p2', name: 'Hire', stages: [{ id: 's2', name: 'Booked' }] },
    ],
    workflows: [{ id: 'w1', name: 'Welcome' }],
  },
};

const HEAD = `version: 1
connections:
  booth: { type: http, baseUrl: "https://booth.example" }
  ghl: { type: ghl, location: "\${GHL_LOCATION_ID}", auth: { type: token, token: "\${GHL_TOKEN}" } }
sources:
  bookings: { connection: booth, key: id, poll: { every: 10m, request: { path: /b }, records: data } }
syncs:
`;

function contact(custom: string, more = ''): string {
  return `${HEAD}  contacts:\n    from: bookings\n    to: ghl.contact\n    fields: { email: email${more}, customFields: { ${custom} } }\n`;
}

function beside(sync: string): string {
  return `${HEAD}  contacts: { from: bookings, to: ghl.contact, fields: { email: email } }\n  other:\n    from: bookings\n    parent: contacts\n    ${sync}\n`;
}

async function validate(
  yaml: string,
  lock = renderLock(new Map([['ghl', LOCATION]])),
): Promise<readonly Problem[]> {
  const folder = aFolder(yaml, { 'sync.lock.yaml': lock });
  return (await validateFile(join(folder, 'sync.config.yaml'))).problems;
}

test.each([
  ['an unknown custom field', contact('▶evnt_date: day'), 'not-in-location', 'did you mean "event_date"?'],
  ["another model's custom field", contact('▶venue: place'), 'not-in-location', 'venue'],
  ['an option that is none', contact('size: { value: ▶Smal }'), 'bad-value', 'did you mean "Small"?'],
  [
    'an option of an expression',
    contact(`size: '▶big ? "Large" : "tiny"'`.replace('▶big ? "Large" : ', 'big ? "Large" : ▶')),
    'bad-value',
    '"tiny"',
  ],
  [
    'one of several options',
    contact('extras: { value: ▶[Props, Ablum] }'),
    'bad-value',
    'did you mean "Album"?',
  ],
  ['text for a number', contact('guests: ▶$string(guests)'), 'wrong-type', '$num'],
  ['an unknown user', contact('size: size', ', assignedTo: { value: ▶u2 }'), 'not-in-location', 'u1'],
  [
    'a user by name',
    contact('size: size', ', assignedTo: { value: ▶Sam Host }'),
    'not-in-location',
    'write u1',
  ],
  [
    'an unknown calendar',
    beside('to: ghl.appointment\n    fields: { calendarId: { value: ▶Wedings }, startTime: at }'),
    'not-in-location',
    'did you mean "Weddings"?',
  ],
  [
    'an unknown pipeline',
    beside('to: ghl.opportunity\n    fields: { name: name, pipelineId: { value: ▶Sale } }'),
    'not-in-location',
    'did you mean "Sales"?',
  ],
  [
    'a stage of another pipeline',
    beside(
      'to: ghl.opportunity\n    fields: { name: name, pipelineId: { value: Sales }, pipelineStageId: { value: ▶s2 } }',
    ),
    'not-in-location',
    's1 (New)',
  ],
  [
    'an unknown workflow of an action',
    beside('call: ghl.add-contact-to-workflow\n    with: { workflowId: { value: ▶w2 } }'),
    'not-in-location',
    'w1 (Welcome)',
  ],
])('%s is found at its place', async (_, marked, code, word) => {
  const at = marked.indexOf(MARK);

  const problems = await validate(marked.replace(MARK, ''));

  expect(problems.map((one) => [one.code, one.severity, one.at?.start])).toEqual([[code, 'error', at]]);
  expect(`${problems[0]!.message} ${problems[0]!.remedy}`).toContain(word);
});

test.each([
  [
    'custom fields by key, full key, name and id, in any case',
    contact('event_date: a, contact.size: size, "extras": b, Event Date: c, f4: d'),
  ],
  ['one value of a field of several', contact('extras: { value: Props }')],
  ['what only the record knows', contact('size: size, extras: extras', ', assignedTo: owner')],
  [
    'what only the environment knows',
    contact('size: { value: "${SIZE}" }', ', assignedTo: { value: "${OWNER}" }'),
  ],
  [
    'a calendar by name',
    beside('to: ghl.appointment\n    fields: { calendarId: { value: weddings }, startTime: at }'),
  ],
  [
    'a stage of its pipeline',
    beside(
      'to: ghl.opportunity\n    fields: { name: name, pipelineId: { value: Hire }, pipelineStageId: { value: s2 } }',
    ),
  ],
])('%s is right', async (_, yaml) => {
  expect(await validate(yaml)).toEqual([]);
});

describe('a lock', () => {
  const names = contact('nonsense: a');

  test('that is not there judges nothing', async () => {
    const { problems } = await validateFile(join(aFolder(names), 'sync.config.yaml'));

    expect(problems).toEqual([]);
  });

  test('whose token could not read a list judges nothing of that list', async () => {
    const { calendars, users } = LOCATION.lists;
    const lists = { calendars: calendars!, users: users! };

    expect(await validate(names, renderLock(new Map([['ghl', { ...LOCATION, lists }]])))).toEqual([]);
  });

  test('without the connection says so, and what to do', async () => {
    const problems = await validate(names, renderLock(new Map()));

    expect(problems).toMatchObject([{ code: 'lock', severity: 'warning' }]);
    expect(problems[0]!.remedy).toContain('boothsync pull');
  });

  test('of another location than the config names says so, and judges nothing', async () => {
    const problems = await validate(names.replace('"${GHL_LOCATION_ID}"', 'loc2'));

    expect(problems).toMatchObject([
      { code: 'lock', severity: 'warning', message: expect.stringContaining('loc1') as string },
    ]);
  });

  test('of another location than the environment names says so where something runs', async () => {
    const folder = aFolder(contact('event_date: a'), {
      'sync.lock.yaml': renderLock(new Map([['ghl', LOCATION]])),
    });

    const load = (id: string) =>
      loadConfig(join(folder, 'sync.config.yaml'), { env: { GHL_LOCATION_ID: id, GHL_TOKEN: 'pit-1234' } });

    expect((await load('loc1')).problems).toEqual([]);
    expect(await load('loc2')).toMatchObject({
      config: {},
      problems: [{ code: 'lock', severity: 'warning' }],
    });
  });

  test('judges what the environment filled in, by the name of the variable', async () => {
    const yaml = contact('size: size', ', assignedTo: { value: "${OWNER}" }');
    const folder = aFolder(yaml, { 'sync.lock.yaml': renderLock(new Map([['ghl', LOCATION]])) });
    const env = { GHL_LOCATION_ID: 'loc1', GHL_TOKEN: 'pit-1234', OWNER: 'a-user-of-old' };

    const { problems } = await loadConfig(join(folder, 'sync.config.yaml'), { env });

    expect(problems).toMatchObject([
      { code: 'not-in-location', message: 'the location has no user ${OWNER}' },
    ]);
  });

  test.each([
    ['left by a merge', '<<<<<<< HEAD\nversion: 1\n'],
    ['empty', ''],
    ['a list', '- 1\n'],
    ['of a later version', 'version: 2\nconnections: {}\n'],
    [
      'with a list of another form',
      'version: 1\nconnections: { ghl: { location: { id: a, name: b }, calendars: [Weddings] } }\n',
    ],
    ['without an id', 'version: 1\nconnections: { ghl: { location: { name: b } } }\n'],
  ])('%s is told as one that pull writes anew', async (_, text) => {
    const problems = await validate(names, text);

    expect(problems).toMatchObject([
      { code: 'lock', severity: 'error', remedy: expect.stringContaining('boothsync pull') as string },
    ]);
    expect(problems[0]!.at?.file).toMatch(/sync\.lock\.yaml$/);
  });
});

test('drift names what is new, gone, renamed and otherwise changed', () => {
  const now: LockedLocation = {
    ...LOCATION,
    lists: {
      ...LOCATION.lists,
      calendars: [
        { id: 'cal1', name: 'Big weddings' },
        { id: 'cal2', name: 'Fairs' },
      ],
      users: [],
      customFields: LOCATION.lists.customFields!.map((field) =>
        field.id === 'f2' ? { ...field, options: ['Small'] } : field,
      ),
    },
  };

  const drift = driftOf(LOCATION, now);

  expect(drift).toEqual([
    { list: 'customFields', changes: ['field "Size" has changed'] },
    {
      list: 'calendars',
      changes: ['calendar "Fairs" is new', 'calendar "Weddings" is called "Big weddings" now'],
    },
    { list: 'users', changes: ['user "Sam Host" is gone'] },
  ]);
});
