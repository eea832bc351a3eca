import { expect, test } from 'vitest';
import { inWords } from '../../src/expression/words.ts';

test.each([
  ['email', 'email'],
  ['venue.name', 'venue.name'],
  ['$lowercase(email ? email : phone)', '(email, else phone), in small letters'],
  ['a ?? b', 'a, else b'],
  ['first & " " & last', 'first " " last'],
  [
    'status = "Cancelled" ? "cancelled" : "confirmed"',
    '"cancelled" where status is "Cancelled", else "confirmed"',
  ],
  ['$table("hire", type, "Other")', 'what table "hire" says of type, else "Other"'],
  ['$person', 'person'],
  ['$zoned(start, "Europe/Paris")', 'start, as a time of "Europe/Paris" with its offset'],
  [
    '$zoned(day & " " & end, { "after": start })',
    '(day " " end), as a time with its offset, on the next day where it would not be after start',
  ],
  ['$record.event_name', 'event_name of the whole record'],
  ['$vars.REGION', 'the constant REGION'],
])('%s is read as %s', (expression, words) => {
  expect(inWords(expression, 'value')).toBe(words);
});

test.each([
  ['customer_notes', 'customer_notes is set'],
  ['$exists($person)', 'person is there'],
  ['$not($exists(x))', 'x is not there'],
  ['$not(paid)', 'paid is not set'],
  ['$not(status = "Draft")', 'status is not "Draft"'],
  ['status != "Draft"', 'status is something other than "Draft"'],
  ['status in ["a", "b"]', 'status is one of "a", "b"'],
  ['a and (b or c)', 'a is set and (b is set or c is set)'],
  ['$event = "x.deleted"', 'the event is "x.deleted"'],
  ['status = "New" and $not($before.status = "New")', 'status is "New" and status before is not "New"'],
  ['$before', 'the record was there before'],
  ['paid and $not($exists($before))', 'paid is set and the record was not there before'],
])('the condition %s is read as %s', (expression, words) => {
  expect(inWords(expression, 'condition')).toBe(words);
});

test.each([
  'packages[0].name',
  'total - 3',
  'items[price > 3]',
  '$map(a, function($x) { $x })',
  '($a := 1; $a)',
  '(',
])('%s is not simple, and stays as it stands', (expression) => {
  expect(inWords(expression, 'value')).toBeUndefined();
});
