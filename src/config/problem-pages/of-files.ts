import type { ProblemPage } from './page.ts';

/** The file itself, and its shape. */
export const OF_FILES = {
  'file-unreadable': {
    title: "A file can't be read",
    means:
      'The config, a file that its syncs are split into, a sample, or a file that ${file:…} names is not there, may not be read, or is no text in UTF-8.',
    remedy: 'Correct the path, which is relative to the config; save the file as UTF-8.',
    example: { part: 'sample: bookings.json', by: 'sample: boookings.json' },
  },
  'file-too-large': {
    title: 'The file is too large',
    means:
      'A config of more than 1 MiB, or of more than some 100,000 values, is refused unread: it would take too long.',
    remedy:
      'Keep data out of the config: records belong into the source, constants into a few vars and tables.',
    example: { part: 'version: 1\n', by: `version: 1\n# ${'x'.repeat(1024 * 1024)}\n` },
  },
  yaml: {
    title: 'This is no YAML, or YAML takes it for something else',
    means:
      'The file can\'t be taken apart. Often an expression holds a character that means something to YAML: ": ", " #", a quote, {, [, !, & or *.',
    remedy: 'Put the expression in single quotes, and write a single quote in it twice.',
    example: { part: `when: 'status = "Confirmed"'`, by: 'when: status = "Confirmed" ? true : false' },
  },
  'duplicate-key': {
    title: 'A name stands twice',
    means: 'Two lines of one map have the same name. YAML would keep one of the two and say nothing.',
    remedy: 'Keep one of them, or give one another name.',
    example: {
      part: 'email: $lowercase(email)',
      by: 'email: $lowercase(email)\n      email: mail',
    },
  },
  sample: {
    title: 'A sample holds no records',
    means:
      'The file that "sample" names is no JSON, or no list of objects. The fields of the source can\'t be known from it.',
    remedy: 'Write a list of records: [{ … }, { … }].',
    example: { part: 'sample: bookings.json', by: 'sample: sync.config.yaml' },
  },
  lock: {
    title: 'What is known of the location is not to be trusted',
    means: 'sync.lock.yaml is no file that boothsync pull has written, or the location has changed since.',
    remedy: 'Run boothsync pull, and commit what it writes.',
    example: { part: 'version: 1', by: 'version: 1', lock: 'connections: [ghl]\n' },
  },
  'api-document': {
    title: "An OpenAPI document can't be used",
    means:
      'The file that "openapi" names is not there, is no OpenAPI 3, or is known in part only. What it lacks is not checked.',
    remedy: 'Give it the path of a whole document, in YAML or JSON.',
    example: {
      part: 'rateLimit: { requests: 60, per: 1m }',
      by: 'rateLimit: { requests: 60, per: 1m }\n    openapi: ./bookings.json',
    },
  },
  'unknown-property': {
    title: 'A property is not known',
    means: 'The language has no property of this name here. It would have no effect, so it is refused.',
    remedy:
      'Take the name that the message proposes. For a note or an anchor of your own begin the name with x-.',
    example: { part: 'from: bookings\n    to: ghl.contact', by: 'form: bookings\n    to: ghl.contact' },
  },
  'wrong-type': {
    title: 'A value is of another type',
    means:
      "Text stands where a number is wanted, a map where text is, and so on; or an expression yields what its field, its operator or its function can't take.",
    remedy:
      'Write what the message asks for. In expressions $num(x), $string(x) and $yes(x) turn one into another.',
    example: { part: 'title: { text: "Call {{ first_name }}" }', by: 'title: $count(extras)' },
  },
  'missing-property': {
    title: 'A property is missing',
    means:
      'Something needs more than is written: a connection its address, a source its key, a task its parent.',
    remedy: 'Add the property under the name that the message points at.',
    example: { part: '    key: booking_id\n', by: '' },
  },
  'bad-value': {
    title: 'A value is not possible here',
    means:
      'It is of the right type, but none of the few that are allowed, out of range, or not of the form that is wanted.',
    remedy: 'Choose one that the message names.',
    example: { part: 'every: 10m', by: 'every: 10 minutes' },
  },
  'not-built-yet': {
    title: "Part of the language that this version can't run",
    means: 'The property is right, and a later version will do what it says.',
    remedy: 'Take it out until then; CHANGELOG.md tells what has come.',
    example: { part: 'tables:', by: 'tenants: { london: { vars: { CITY: London } } }\ntables:' },
  },
} as const satisfies Readonly<Record<string, ProblemPage>>;
