import fc from 'fast-check';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { loadConfig } from '../../src/config/load.ts';
import { checkText } from '../../src/config/validate.ts';
import type { Problem } from '../../src/model/problem.ts';
import { hostileJson, hostileText } from './hostile-values.ts';
import { aConfig } from '../support/a-config.ts';
import { seeded } from './seeded.ts';

const ROOT = join(import.meta.dirname, '../..');
const FILE = join(ROOT, 'fuzz.config.yaml');

/** Right configs, as text. */
const right = [
  readFileSync(join(ROOT, 'examples/webhooks.config.yaml'), 'utf8'),
  aConfig({ top: { server: { port: '${PORT}', token: '${TOKEN}' }, tables: { hire: { pb: 'Booth' } } } }),
  aConfig({
    sync: { tags: [{ when: 'email', add: 'a:{{ email }}', else: 'remove' }], onDelete: { tag: 'gone' } },
    syncs: {
      notes: {
        from: 'bookings',
        to: 'ghl.note',
        parent: 'contacts',
        fields: { body: { text: 'Hi {{ first_name }}' } },
      },
      go: {
        from: 'bookings',
        call: 'ghl.add-contact-to-workflow',
        parent: 'contacts',
        with: { workflowId: { value: 'w' } },
      },
    },
  }),
];

function expectProblems(problems: readonly Problem[], length: number): void {
  for (const { code, message, remedy, at } of problems) {
    expect(code).toMatch(/^[a-z-]+$/);
    expect(message).toMatch(/\w/);
    expect(remedy).toMatch(/\w/);
    expect(message.length + remedy.length).toBeLessThan(2_000);
    expect(`${message} ${remedy}`).not.toMatch(/\[object Object\]|Cannot read prop|is not a function/);
    // An end that is missing is told one past it.
    if (at?.file === FILE) expect(at.start >= 0 && at.start <= length && at.end >= at.start).toBe(true);
  }
}

/** Whether it is right. */
function expectChecked(text: string): boolean {
  const { root, problems } = checkText(FILE, text);

  expect(root !== undefined || problems.some(({ severity }) => severity === 'error')).toBe(true);
  expectProblems(problems, text.length);
  return problems.every(({ severity }) => severity !== 'error');
}

const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.nat(30),
  put: fc.oneof(
    hostileText,
    fc.constantFrom(
      '\n',
      '  ',
      '\t',
      ': ',
      ' #',
      '- ',
      '{',
      '}',
      '[',
      "'",
      '"',
      '&a ',
      '*a',
      '!!js ',
      '|',
      '>',
      '? ',
      '%',
      '---',
      '{{',
      '}}',
      '${',
      '<<: ',
    ),
  ),
});

test('4,000 configs whose text was torn: each is right, or says where it is wrong', () => {
  fc.assert(
    fc.property(fc.constantFrom(...right), fc.array(edit, { minLength: 1, maxLength: 4 }), (text, edits) => {
      const torn = edits.reduce((sofar, { at, cut, put }) => {
        const from = Math.floor(at * sofar.length);
        return sofar.slice(0, from) + put + sofar.slice(from + cut);
      }, text);

      expectChecked(torn);
    }),
    seeded(4_000),
  );
});

test('2,000 texts of any bytes: each says what it is not', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        hostileJson,
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.array(edit).map((edits) => edits.map(({ put }) => put).join('')),
      ),
      (text) => void expectChecked(text),
    ),
    seeded(2_000),
  );
});

interface Change {
  readonly at: number;
  readonly kind: 'replace' | 'remove' | 'rename' | 'add';
  readonly value: string;
  readonly name: string;
}

const expressionPart = fc.constantFrom(
  'a',
  '$',
  '$$',
  '%',
  '*',
  '**',
  '.',
  '..',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ':=',
  ';',
  ',',
  '?',
  ':',
  '~>',
  '|',
  '/a+/',
  '/(/',
  '"x"',
  "'",
  '1',
  '1e999',
  '-',
  '&',
  '=',
  '!=',
  'and',
  'in',
  '^',
  '<',
  '@$i',
  '#$i',
  '$string(',
  '$map(',
  '$eval("1")',
  '$now()',
  '$lookup(',
  'function($x){',
  '$x',
  '$$vars',
  '`',
  '\\',
  '{{',
  '}}',
  '/*',
  'λ',
);
const expression = fc.array(expressionPart, { maxLength: 12 }).map((parts) => parts.join(' '));

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  kind: fc.constantFrom('replace', 'replace', 'remove', 'rename', 'add'),
  value: fc.oneof(
    hostileJson,
    expression.map((source) => JSON.stringify(source)),
    fc.constantFrom(
      '"10m"',
      '"-1h"',
      '"99999999999d"',
      '"1e9ms"',
      '"every day"',
      '"* * * * *"',
      '"61 * * * *"',
      '"ghl.contact"',
      '"ghl.nothing"',
      '"sqlite:/x"',
      '"postgres://"',
      '"http://"',
      '"http://[::1"',
      '"{{ a }}"',
      '"${X:-"',
      '"${file:/nowhere}"',
      '"GB"',
      '"Europe/Nowhere"',
      '"1MiB"',
      '"5000YiB"',
    ),
  ),
  name: fc.oneof(
    hostileText,
    fc.constantFrom('type', 'key', 'from', 'to', 'value', 'x-free', 'call', 'parent', 'each', 'pair'),
  ),
});

/** Every place of a tree: whoever holds it, and its name there. */
function placesOf(value: unknown): { holder: Record<string, unknown>; name: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => [
    { holder: value as Record<string, unknown>, name },
    ...placesOf(member),
  ]);
}

/** JSON text put where a value was: it may hold what no value of JavaScript's can. */
function changed(tree: unknown, changes: readonly Change[]): string {
  const raw: string[] = [];
  const copy = structuredClone(tree);
  const hold = (value: string) => `raw value ${raw.push(value) - 1}`;
  for (const { at, kind, value, name } of changes) {
    const places = placesOf(copy);
    const place = places[Math.min(places.length - 1, Math.floor(at * places.length))];
    if (!place) continue;
    const before = place.holder[place.name];
    if (kind === 'replace') place.holder[place.name] = hold(value);
    else if (kind === 'add')
      Object.defineProperty(place.holder, name, {
        value: hold(value),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    else if (Array.isArray(place.holder)) place.holder.splice(Number(place.name), 1);
    else Reflect.deleteProperty(place.holder, place.name);
    if (kind === 'rename')
      Object.defineProperty(place.holder, name, {
        value: before,
        enumerable: true,
        configurable: true,
        writable: true,
      });
  }
  return JSON.stringify(copy, null, 1).replaceAll(/"raw value (\d+)"/g, (_, at: string) => raw[Number(at)]!);
}

test(
  '4,000 configs with wrong types, names and expressions: each is right and compiles, or says where it is wrong',
  { timeout: 300_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'boothsync-fuzz-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const path = join(folder, 'sync.config.yaml');
    const trees = right.map((text) => parse(text) as unknown);
    let compiled = 0;

    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...trees),
        fc.array(change, { minLength: 1, maxLength: 3 }),
        async (tree, changes) => {
          const text = changed(tree, changes);
          if (!expectChecked(text)) return;
          writeFileSync(path, text);

          const { config, problems } = await loadConfig(path, { env: {}, envFile: null, unset: 'keep' });

          expect(config !== undefined || problems.some(({ severity }) => severity === 'error')).toBe(true);
          expectProblems(problems, text.length);
          compiled += 1;
        },
      ),
      seeded(4_000),
    );

    expect(compiled).toBeGreaterThan(10);
  },
);
