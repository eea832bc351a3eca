import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkText } from '../../src/config/validate.ts';

const hire = readFileSync(new URL('./mistakes/hire.yaml', import.meta.url), 'utf8').replace(
  '    sample: hire.json\n',
  '',
);

function messagesOf(part: string, by: string): readonly string[] {
  expect(hire).toContain(part);
  const { problems } = checkText(
    '/c.yaml',
    hire.replace(part, () => by),
  );
  return problems.map(({ message }) => message);
}

test('a let that was taken out is told where it is first used, with the lines that use it too', () => {
  const messages = messagesOf("      person: '$lowercase(email ? email : phone)'\n", '');

  expect(messages).toEqual(['unknown variable $person, and so in line 63']);
});

test('a source that is called otherwise is told once', () => {
  const messages = messagesOf('  bookings:\n    connection', '  booking:\n    connection');

  expect(messages).toEqual(['unknown source "bookings", and so in lines 95, 109, 123 and 131']);
});

test('a function that is misspelt is told at each of its calls', () => {
  const part = 'email: $lowercase(email)\n      phone: $e164(phone)';

  const messages = messagesOf(part, 'email: $lowerCase(email)\n      phone: $lowerCase(phone)');

  expect(messages).toEqual(['unknown function $lowerCase', 'unknown function $lowerCase']);
});

test('a second sync to contacts that has no key is asked for one', () => {
  const tables = '\ntables:\n';
  const second = `  second: { from: bookings, to: ghl.contact, fields: { state: county } }\n`;

  expect(messagesOf(tables, `${second}${tables}`)).toEqual([expect.stringContaining('"second" has no key')]);
});
