import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { GHL_RESOURCES } from '../../src/catalog/resources.ts';
import { hoverAt, markedIn, offersAt, wordsOfOffers } from './ask-editor.ts';

const sync = (to: string, rest: string) => `version: 1
syncs:
  people:
    from: bookings
    to: ${to}
${rest}`;

const fieldsOf = (to: string) => offersAt(sync(to, '    fields:\n      |\n'));

test('an empty file is offered what a config holds', async () => {
  const offered = await offersAt('|');

  expect(offered).toEqual(expect.arrayContaining(['version', 'connections', 'sources', 'syncs', 'timezone']));
});

test('a new sync is offered both to and call', async () => {
  const offered = await offersAt('version: 1\nsyncs:\n  people:\n    |\n');

  expect(offered).toEqual(expect.arrayContaining(['from', 'to', 'call', 'fields', 'tags']));
});

test('to is offered every resource of HighLevel', async () => {
  const offered = await offersAt('version: 1\nsyncs:\n  people:\n    from: bookings\n    to: |\n');

  expect(offered).toEqual(GHL_RESOURCES.map((name) => `ghl.${name}`));
});

test('call is offered the operations, with what they do', async () => {
  const words = await wordsOfOffers('version: 1\nsyncs:\n  people:\n    from: bookings\n    call: |\n');

  expect(words['ghl.add-contact-to-workflow']).toBe('Start a workflow for a contact.');
  expect(Object.values(words)).not.toContain('');
});

test("fields are offered the resource's own, and no other's", async () => {
  expect(await fieldsOf('ghl.task')).toEqual(['title', 'body', 'dueDate', 'completed', 'assignedTo']);
  expect(await fieldsOf('ghl.contact')).toEqual(
    expect.arrayContaining(['firstName', 'email', 'dateOfBirth', 'customFields']),
  );
  expect(await fieldsOf('ghl.contact')).not.toContain('dueDate');
  expect(await fieldsOf('ghl.appointment')).toEqual(
    expect.arrayContaining(['calendarId', 'startTime', 'appointmentStatus']),
  );
  expect(await fieldsOf('ghl.appointment')).not.toContain('email');
  expect(await fieldsOf('ghl.opportunity')).toContain('customFields');
});

test('fields that stand already are not offered again', async () => {
  const offered = await offersAt(sync('ghl.contact', '    fields:\n      email: mail\n      |\n'));

  expect(offered).toContain('phone');
  expect(offered).not.toContain('email');
});

test('a HighLevel account may have any name', async () => {
  expect(await fieldsOf('london.task')).toContain('dueDate');
});

test("another API's resource is offered no field of HighLevel", async () => {
  expect(await fieldsOf('shop.order')).toEqual([]);
});

test('with is offered what the operation takes', async () => {
  const call = 'version: 1\nsyncs:\n  hello:\n    from: bookings\n    call: ghl.add-contact-to-workflow\n';

  const offered = await offersAt(`${call}    with:\n      |\n`);

  expect(offered).toContain('workflowId');
  expect(offered).not.toContain('appointmentStatus');
});

test.each([
  ['a method', 'sources:\n  a:\n    poll:\n      request:\n        method: |\n', ['GET', 'POST', 'PATCH']],
  ['a connection', 'connections:\n  a:\n    type: |\n', ['http', 'ghl']],
  [
    'credentials',
    'connections:\n  a:\n    type: http\n    auth:\n      type: |\n',
    ['form', 'bearer', 'oauth'],
  ],
  ['pages', 'sources:\n  a:\n    poll:\n      next: |\n', ['page', 'offset', 'cursor', 'link', 'none']],
  ['a resource to read', 'sources:\n  a:\n    resource: |\n', ['contact', 'task', 'appointment']],
])('%s is offered its words', async (_, text, words) => {
  const offered = await offersAt(`version: 1\n${text}`);

  expect(offered).toEqual(expect.arrayContaining(words));
});

test.each([
  ['onDelete', '    onDelete: |\n', ['ignore', 'delete', 'tag']],
  ['onLeave', '    onLeave: |\n', ['ignore', 'delete', 'tag']],
  ['on', '    fields:\n      email:\n        expr: mail\n        on: |\n', ['always', 'create', 'empty']],
  ['mode', '    mode: |\n', ['apply', 'report']],
  ['enabled', '    enabled: |\n', ['true', 'false']],
])('%s of a sync is offered its words', async (_, text, words) => {
  const offered = await offersAt(sync('ghl.contact', text));

  expect(offered).toEqual(expect.arrayContaining(words));
});

test("a value is offered what the target's field may be", async () => {
  const status = '    fields:\n      appointmentStatus:\n        value: |\n';

  const offered = await offersAt(sync('ghl.appointment', status));

  expect(offered).toEqual(['new', 'confirmed', 'cancelled', 'showed', 'noshow', 'invalid']);
});

test('a field that is true or false is offered both', async () => {
  expect(await offersAt(sync('ghl.task', '    fields:\n      completed: |\n'))).toEqual(['true', 'false']);
});

test.each([
  [
    'credentials',
    'connections:\n  a:\n    type: http\n    auth:\n      type: bearer\n      |\n',
    'auth bearer',
  ],
  ['a window', 'sources:\n  a:\n    poll:\n      window:\n        |\n', 'window'],
  ['who is told', 'alerts:\n  - notify:\n      type: webhook\n      |\n', 'notify webhook'],
  ['a call', 'connections:\n  a:\n    resources:\n      b:\n        create:\n          |\n', 'request'],
])('all that %s needs is offered by a name for people', async (_, text, name) => {
  const offered = await offersAt(`version: 1\n${text}`);

  expect(offered).toContain(name);
  expect(offered.filter((label) => label.includes('object('))).toEqual([]);
});

test.each(['schedule', 'full'])('%s is offered cron lines', async (name) => {
  const offered = await offersAt(`version: 1\nsources:\n  a:\n    poll:\n      ${name}: |\n`);

  expect(offered.map((line) => line.replaceAll('"', ''))).toContain('0 3 * * 0');
});

test.each([
  ['a value of the file', 'version: 1\ntime|zone: UTC\n', 'IANA time zone'],
  ['a map of names', 'version: 1\nsyn|cs: {}\n', 'The syncs, by name.'],
  ['a name', sync('ghl.contact', '').replace('people', 'peo|ple'), 'A sync that keeps a resource the same.'],
  ['a text', sync('ghl.contact', '').replace('to:', 't|o:'), 'The resource that is written: `<connection>'],
  ['an expression', sync('ghl.contact', '    wh|en: paid\n'), 'Expression on the record: other records'],
  ['a choice', sync('ghl.contact', '    mo|de: report\n'), 'nothing is written'],
  ['true or false', sync('ghl.contact', '    enab|led: false\n'), 'False: this sync does nothing'],
  ['a word or a map', sync('ghl.contact', '    onDe|lete: delete\n'), 'ignore, delete or { tag }.'],
  ['a list', sync('ghl.contact', '    ta|gs: [a]\n'), 'Tags to add and remove'],
  [
    'a rule in a list',
    sync('ghl.contact', '    tags: [{ add: a, el|se: remove }]\n'),
    'this rule owns the tags',
  ],
  ['a duration', sync('ghl.contact', '    qui|et: 2s\n'), 'Least time between two writes'],
  ['a cron line', 'version: 1\nsources: { a: { poll: { sche|dule: 0 3 * * 0 } } }\n', 'When, as a cron line'],
  ['a kind', 'version: 1\nconnections: { a: { ty|pe: ghl } }\n', 'This kind: ghl.'],
  [
    'a kind of credentials',
    'version: 1\nconnections: { a: { type: ghl, auth: { ty|pe: token } } }\n',
    'bearer',
  ],
  ['a note of their own', 'version: 1\nx-no|te: mine\n', 'Free: for anchors and notes.'],
  [
    'a field of HighLevel',
    sync('ghl.task', '    fields: { due|Date: day }\n'),
    'ISO 8601, with an offset or Z.',
  ],
  ['that it is required', sync('ghl.task', '    fields: { ti|tle: name }\n'), 'Required.'],
  ['that it is sent once', sync('ghl.contact', '    fields: { gen|der: sex }\n'), 'Only sent with a create.'],
  [
    "a field's choices",
    sync('ghl.opportunity', '    fields: { sta|tus: { value: won } }\n'),
    'open, won, lost',
  ],
  [
    'custom fields',
    sync('ghl.contact', '    fields: { custom|Fields: {} }\n'),
    'Custom fields, by key or name.',
  ],
  ["another API's field", sync('shop.order', '    fields: { to|tal: sum }\n'), 'One field: an expression'],
])('the editor explains %s', async (_, text, words) => {
  expect(await hoverAt(text)).toContain(words);
});

test.each([
  'sync.config.yaml',
  'examples/webhooks.config.yaml',
  'templates/boothbook.yaml',
  'templates/other.yaml',
])('nothing is underlined in %s', async (file) => {
  // Its first line would have the editor read the schema from there.
  const text = readFileSync(file, 'utf8').replace(/^# yaml-language-server:/, '#');

  expect(await markedIn(text)).toEqual([]);
});

test.each([
  ['a misspelt property', sync('ghl.contact', '    feilds: {}\n'), ['8: Property feilds is not allowed.']],
  [
    'a word that is none of the choices',
    sync('ghl.contact', '    onDelete: remove\n'),
    ['8: Value is not accepted. Valid values: "ignore", "delete".'],
  ],
  [
    'two ways to say it',
    sync('ghl.contact', '    call: ghl.add-tags\n'),
    ['7: Matches a schema that is not allowed.'],
  ],
])('%s is underlined', async (_, text, marks) => {
  const whole = text.replace('syncs:', 'connections: {}\nsources: {}\nsyncs:');

  expect(await markedIn(whole)).toEqual(marks);
});

test("another API's fields are never underlined", async () => {
  const text = sync('shop.task', '    fields: { total: sum, dueDate: { value: { day: 1 } } }\n');

  expect(await markedIn(text.replace('syncs:', 'connections: {}\nsources: {}\nsyncs:'))).toEqual([]);
});
