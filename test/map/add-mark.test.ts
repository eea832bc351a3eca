import { expect, test } from 'vitest';
import { addMark } from '../../src/map/add-mark.ts';
import type { Desired } from '../../src/model/desired.ts';

const MARK = '[bs:abcd1234]';
const desired = (wish: Partial<Desired>): Desired => ({
  sync: 'notes',
  always: { title: 'T' },
  onCreate: { color: 'red' },
  tags: { sticky: [], owned: [], remove: [] },
  ...wish,
});

test.for([
  ['always', { always: { body: 'Text', title: 'T' } }],
  ['onEmpty', { onEmpty: { body: 'Text', title: 'T' } }],
  ['onCreate', { onCreate: { body: 'Text', title: 'T' } }],
] as const)('the mark ends the text where it is mapped: %s', ([place, wish]) => {
  const before = desired(wish);

  expect(addMark(before, 'body', MARK)).toEqual({
    ...before,
    [place]: { body: `Text ${MARK}`, title: 'T' },
  });
});

test('a text that the mapping leaves alone gets the mark with the create only', () => {
  expect(addMark(desired({}), 'body', MARK)).toEqual(desired({ onCreate: { color: 'red', body: MARK } }));
  expect(addMark(desired({ onEmpty: { title: 'T' } }), 'body', MARK)).toEqual(
    desired({ onEmpty: { title: 'T' }, onCreate: { color: 'red', body: MARK } }),
  );
});

test('what is kept up has the mark, though it is also said on create', () => {
  const both = desired({ always: { body: 'Now' }, onCreate: { body: 'Then' } });

  expect(addMark(both, 'body', MARK)).toMatchObject({
    always: { body: `Now ${MARK}` },
    onCreate: { body: 'Then' },
  });
});

test.for([
  ['Text \n', `Text ${MARK}`],
  [' indented', ` indented ${MARK}`],
  ['', MARK],
  ['  ', MARK],
  [null, MARK],
  [7, `7 ${MARK}`],
  [`Text [bs:zzzz9999]`, `Text ${MARK}`],
  [`[bs:zzzz9999]`, MARK],
  [
    ['a', 'list'],
    ['a', 'list'],
  ],
] as const)('%j becomes %j', ([value, marked]) => {
  expect(addMark(desired({ always: { body: value } }), 'body', MARK).always['body']).toEqual(marked);
});
