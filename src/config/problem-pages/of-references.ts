import type { ProblemPage } from './page.ts';

/** What a config refers to, and the whole of it. */
export const OF_REFERENCES = {
  'unknown-connection': {
    title: 'There is no such connection',
    means: 'A source or a sync names a connection that does not stand under "connections".',
    remedy: 'Correct the name, or add the connection.',
    example: { part: 'connection: booth', by: 'connection: boot' },
  },
  'unknown-source': {
    title: 'There is no such source',
    means: 'A sync reads from a source that does not stand under "sources".',
    remedy: 'Correct the name, or add the source.',
    example: { part: 'from: bookings\n    to: ghl.contact', by: 'from: booking\n    to: ghl.contact' },
  },
  'unknown-sync': {
    title: 'There is no such sync',
    means: 'A parent, or $result(…), names a sync that does not stand under "syncs".',
    remedy: 'Correct the name, or add the sync.',
    example: { part: 'parent: contacts', by: 'parent: contact' },
  },
  'unknown-table': {
    title: 'There is no such table',
    means: '$table looks into a table that does not stand under "tables".',
    remedy: 'Correct the name, or add the table.',
    example: { part: '$table("towns"', by: '$table("town"' },
  },
  'unknown-resource': {
    title: 'The connection has no such resource',
    means:
      '"to" names a connection and what of it is written, such as ghl.contact. This connection has nothing of that name.',
    remedy: 'Correct the name; for a connection of type http, declare it under "resources".',
    example: { part: 'to: ghl.task', by: 'to: ghl.tasks' },
  },
  'unknown-operation': {
    title: 'The API has no such operation',
    means:
      '"call" names an operation by its id. HighLevel has none of that id, or several parts of it have one.',
    remedy: 'Correct the id, or name the part: ghl.contacts.add-tags.',
    example: {
      part: 'tables:',
      by: '  welcome:\n    from: bookings\n    call: ghl.add-contact-to-workflows\n    parent: contacts\n    with: { workflowId: { value: abc } }\ntables:',
    },
  },
  'unknown-field': {
    title: 'The target has no such field',
    means: 'HighLevel would refuse the whole record, or drop the field without a word.',
    remedy:
      'Take the name that the message proposes. Fields that your account has defined itself stand under customFields.',
    example: { part: 'email: $lowercase(email)', by: 'emial: $lowercase(email)' },
  },
  'missing-field': {
    title: 'A field is missing that a create needs',
    means:
      'HighLevel makes no such thing without it: no task without title and dueDate, no appointment without calendar and start.',
    remedy: 'Map the field.',
    example: { part: '      dueDate: $zoned(event_date & " 09:00")\n', by: '' },
  },
  'not-in-location': {
    title: 'The location has no such thing',
    means:
      'A custom field, calendar, user, pipeline or the like is not in the location, as boothsync pull has found it: sync.lock.yaml lists what is there.',
    remedy: 'Correct the name, or make it in HighLevel and run boothsync pull again.',
    example: {
      part: 'email: $lowercase(email)',
      by: 'email: $lowercase(email)\n      customFields: { evnt_date: event_date }',
      lock: 'version: 1\nconnections:\n  ghl:\n    location: { id: abc, name: Booths }\n    customFields:\n      - { id: f1, name: Event date, key: contact.event_date, type: DATE }\n',
    },
  },
  'unknown-event': {
    title: 'No such event comes',
    means:
      'HighLevel sends no event of this name, so that the source would never hear of anything; or an expression compares $event with one that its source does not take, so that the comparison is never true.',
    remedy:
      'Choose one of the events that HighLevel sends, such as ContactCreate (where there is none, poll), or that stand under webhook.events.',
    example: {
      part: 'syncs:',
      by: '  people:\n    connection: ghl\n    key: id\n    webhook: { events: [ContactCreated], record: body }\nsyncs:\n  leads: { from: people, to: ghl.contact, key: email, fields: { email: email } }',
    },
  },
  'create-only': {
    title: 'A field that is only written once',
    means:
      'HighLevel takes the field with a create and refuses it in an update: what changes later is not sent.',
    remedy: 'Say that it is meant: { expr: …, on: create }; or take it out.',
    example: {
      part: 'email: $lowercase(email)',
      by: 'email: $lowercase(email)\n      companyName: first_name',
    },
  },
  cycle: {
    title: 'Syncs wait for each other',
    means:
      "A parent must be there before its child. These are each other's parents, so that none could ever be written.",
    remedy: 'Name as parent a sync whose targets can be made first.',
    example: { part: 'parent: contacts', by: 'parent: tasks' },
  },
  'written-twice': {
    title: 'Two syncs write one field',
    means:
      'Both write the same field of the same targets. The newest record wins, whichever it is, and they may overwrite each other again and again.',
    remedy: 'Let one of them write it, or let one write it with on: create.',
    example: {
      part: 'tables:',
      by: '  leads: { from: bookings, to: ghl.contact, fields: { email: $lowercase(email), city: town } }\ntables:',
    },
  },
  'missing-scope': {
    title: 'A scope is missing, or is none',
    means:
      'The syncs call operations that the token would not be allowed to: HighLevel would answer 401. Or auth.scopes names a scope that HighLevel does not have.',
    remedy: 'Add the scope to auth.scopes, and log in again, as a token keeps the scopes that it was given.',
    example: {
      part: 'auth: { type: token, token: "${GHL_TOKEN:-pit}" }',
      by: 'auth: { type: oauth, clientId: a, clientSecret: "${SECRET:-}", scopes: [contacts.readonly] }',
    },
  },
  'poll-pace': {
    title: 'A poll asks for more calls than its limit allows',
    means: 'One round of polling takes longer than the time until the next one, so that it never catches up.',
    remedy:
      'Poll less often, read a shorter window in longer steps, or raise rateLimit where the API allows more.',
    example: {
      part: 'every: 10m\n      request: { path: /bookings }\n',
      by: "every: 1m\n      window: { from: -1d, to: +100d, step: 1d }\n      request: { path: /bookings, query: { start: '{{ $date($from) }}', end: '{{ $date($to) }}' } }\n",
    },
  },
  secret: {
    title: 'A secret stands in the file',
    means:
      'The config lives in git, and who can read it can use the secret. It is told by its form, or by where it stands.',
    remedy:
      'Write ${NAME}, put the value into .env or the environment, and replace the secret, as it has been seen.',
    example: { part: 'token: "${GHL_TOKEN:-pit}"', by: 'token: pit-00000000-1111-4222-8333-444444444444' },
  },
  unused: {
    title: 'Something is not used',
    means:
      'Nothing reads this source, looks into this table, or names this connection. Often another name was meant somewhere.',
    remedy: 'Use it, or remove it.',
    example: { part: 'tables:', by: 'tables:\n  rooms: { a: Attic }' },
  },
} as const satisfies Readonly<Record<string, ProblemPage>>;
