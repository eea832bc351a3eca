import fc from 'fast-check';
import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import { keepFormat } from '../../../src/config/migrate/keep-format.ts';
import { lineMatches } from '../../../src/config/migrate/line-matches.ts';
import { migrate, type Migration, type Step } from '../../../src/config/migrate/migrate.ts';
import { CURRENT, STEPS } from '../../../src/config/migrate/steps.ts';
import { FROM_0 } from './version-0.ts';

function migrated(text: string, steps: readonly Step[] = [FROM_0], current = 1): Migration {
  return migrate([{ file: '/c.yaml', text, main: true }], steps, current);
}

function textOf(migration: Migration): string | undefined {
  return migration.type === 'migrated' ? migration.files[0]?.after : undefined;
}

const OLD = `# The booth's bookings.

version: 0   # of the language


accounts:    # who
    booth:   { type: http,   baseUrl: "http://x" }   # by key
    ghl:
        type: ghl       # the other one
        location: 'loc'
sources:
    bookings: {connection: booth, key: id}
syncs:
    contacts:
        # all of them
        source: bookings   # read every hour
        to: ghl.contact
        tags: booth customer
        fields:
            email: >-
                $lowercase(
                email)
            note: |
                source: bookings

                accounts
# the end
`;

test('only what the step changes is another, to the blank', () => {
  const after = textOf(migrated(OLD));

  expect(after).toBe(
    OLD.replace('version: 0   # of', 'version: 1 # of')
      .replace('accounts:    # who', 'connections: # who')
      .replace('source: bookings   # read', 'from: bookings # read')
      .replace('tags: booth customer', 'tags:\n            - booth\n            - customer'),
  );
});

test('a comment stays on the line of its key, and one below it stays below', () => {
  const text = `version: 0
accounts: # who
  # all of them
  ghl: # the other one

    # by hand
    type: ghl
syncs:
  # one for each
  contacts: # people
    source: bookings
    tags: # none yet
      # soon
`;

  const after = textOf(migrated(text));

  expect(after).toBe(
    text
      .replace('version: 0', 'version: 1')
      .replace('accounts', 'connections')
      .replace('source: bookings', 'from: bookings'),
  );
});

test('each version leads to the next', () => {
  const second: Step = {
    from: 1,
    config(document) {
      document.set('store', 'sqlite:x.db');
    },
  };

  const after = textOf(migrated(OLD, [second, FROM_0], 2));

  expect(parse(after!)).toMatchObject({
    version: 2,
    store: 'sqlite:x.db',
    syncs: { contacts: { from: 'bookings' } },
  });
});

test('syncs in files of their own are migrated with the config', () => {
  const main = { file: '/c.yaml', text: 'version: 0\naccounts: {}\nsyncs: [./s/*.yaml]\n', main: true };
  const bare = { file: '/s/a.yaml', text: 'a: # one\n  source: x # why\n', main: false };
  const named = { file: '/s/b.yaml', text: 'syncs:\n  b: { source: y }\n', main: false };
  const same = { file: '/s/c.yaml', text: 'c: {to:   z}\n', main: false };

  const migration = migrate([main, bare, named, same], [FROM_0], 1);

  expect(migration).toMatchObject({
    type: 'migrated',
    files: [
      { file: '/c.yaml', after: 'version: 1\nconnections: {}\nsyncs: [./s/*.yaml]\n' },
      { file: '/s/a.yaml', after: 'a: # one\n  from: x # why\n' },
      { file: '/s/b.yaml', after: 'syncs:\n  b: { from: y }\n' },
    ],
  });
});

test('line ends of Windows stay', () => {
  const after = textOf(migrated('version: 0\r\naccounts: {}   # none\r\n'));

  expect(after).toBe('version: 1\r\nconnections: {} # none\r\n');
});

describe('nothing is migrated, and a reason is given, where', () => {
  test('the config is of this version', () => {
    expect(migrate([{ file: 'c', text: 'version: 1\n', main: true }], STEPS, CURRENT)).toEqual({
      type: 'current',
      version: 1,
    });
  });

  test.each([
    [
      'it is newer',
      'version: 7\n',
      'bad-value',
      'version 7 is newer than this boothsync, which speaks version 1',
      9,
    ],
    ['no step leads on', 'version: -3\n', 'bad-value', 'nothing leads from version -3 to version -2', 9],
    ['it has no version', 'syncs: {}\n', 'missing-property', '"version" is missing', 0],
    ['its version is no number', '\nversion: one\n', 'bad-value', 'version one is no version', 10],
    ['it is no YAML', 'version: [\n', 'yaml', '', undefined],
  ])('%s', (_why, text, code, message, start) => {
    const migration = migrated(text);

    const problem = migration.type === 'wrong' ? migration.problems[0] : undefined;
    expect(problem).toMatchObject({ code, message: expect.stringContaining(message) as unknown });
    if (start !== undefined) expect(problem?.at?.start).toBe(start);
  });
});

const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd: 1', '', '  e', '# f'), { maxLength: 30 });

test('matching lines are equal and in order, for any two texts', () => {
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const matches = lineMatches(before, after);

      expect(matches.every(([b, a]) => before[b] === after[a])).toBe(true);
      for (const [at, [b, a]] of matches.entries())
        if (at > 0) expect(b > matches[at - 1]![0] && a > matches[at - 1]![1]).toBe(true);
    }),
  );
});

test('what was not migrated stays as people wrote it, and what was is as migrated, for any texts', () => {
  fc.assert(
    fc.property(lines, lines, lines, (original, before, after) => {
      const [o, b, a] = [original, before, after].map((text) => text.join('\n')) as [string, string, string];

      expect(keepFormat(o, b, b)).toBe(o);
      expect(keepFormat(b, b, a)).toBe(a);
    }),
  );
});
