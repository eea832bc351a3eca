import { describe, expect, test } from 'vitest';
import { sameContent } from '../../src/catalog/same-content.ts';

const same = (ours: string | number | boolean, theirs: unknown) =>
  sameContent({ field: ours }, { field: theirs }, ['field'], 'Europe/London');

describe('times', () => {
  test.each([
    ['2027-06-01T10:00:00+01:00', '2027-06-01T09:00:00.000Z'],
    ['2027-06-01T10:00:00+01:00', '2027-06-01 10:00:00'],
    ['2027-06-01T10:00:00+01:00', Date.parse('2027-06-01T09:00:00Z')],
    // A task's due date is written as people have it, and comes back as HighLevel has it.
    ['2027-06-01', '2027-06-01T00:00:00.000Z'],
    ['2027-06-01', '2027-05-31T23:00:00.000Z'],
    ['2027-06-01 10:00', '2027-06-01T10:00:00.000Z'],
    ['2027-06-01 10:00', '2027-06-01T10:00:00'],
  ])('%s is %s', (ours, theirs) => {
    expect(same(ours, theirs)).toBe(true);
  });

  test.each([
    ['2027-06-01T10:00:00+01:00', '2027-06-01T10:00:00Z'],
    ['2027-06-01', '2027-06-02T00:00:00.000Z'],
    ['2027-06-01 10:00', '2027-06-01T12:00:00.000Z'],
    ['2027-06-01', 'tomorrow'],
  ])('%s is not %s', (ours, theirs) => {
    expect(same(ours, theirs)).toBe(false);
  });
});

describe('texts', () => {
  test.each([
    ['Call back', '<p>Call  back</p>'],
    ['Tom & Jerry', '<p>Tom &amp; Jerry</p>'],
    ['guests < 50, please', '<p>guests &lt; 50, please</p>'],
    ["it's fine", 'it&#39;s fine'],
    ['one\ntwo', '<div>one<br/>two</div>'],
    ['with a mark', 'with a mark [bs:abcdefgh]'],
  ])('%s is %s', (ours, theirs) => {
    expect(same(ours, theirs)).toBe(true);
  });

  test.each([
    ['Call back', 'Call back soon'],
    ['Call back', null],
    ['a < b', 'a'],
  ])('%s is not %s', (ours, theirs) => {
    expect(same(ours, theirs)).toBe(false);
  });
});

test('numbers are the same as text, too', () => {
  expect(same(450, '450.00')).toBe(true);
  expect(same(0, '')).toBe(false);
});

test('what maps none of the fields is nobody', () => {
  expect(sameContent({}, { title: 'one' }, ['title'], 'UTC')).toBe(false);
});
