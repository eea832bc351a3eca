import { expect, test } from 'vitest';
import { takenFromAnswer } from '../../src/config/sample-answer.ts';
import { readingOf } from '../../src/config/reading.ts';

const { root } = readingOf(
  '/c.yaml',
  `sources:
  bookings:
    key: id
    poll: { records: bookings.* }
  leads:
    key: id
    webhook: { events: [lead.*], record: body.data.object }
`,
);

test('a sample that is a whole answer stands for the records that the poll takes out of it', async () => {
  const answer = { result: 'success', bookings: { 7: { id: 7 }, 8: { id: 8 } } };

  expect(await takenFromAnswer(root!, 'bookings', [answer])).toEqual([{ id: 7 }, { id: 8 }]);
});

test('a sample that is a delivery stands for its record', async () => {
  const delivery = { type: 'lead.created', data: { object: { id: 1 } } };

  expect(await takenFromAnswer(root!, 'leads', [delivery])).toEqual([{ id: 1 }]);
});

test('an answer without records gives none', async () => {
  expect(await takenFromAnswer(root!, 'leads', [{ type: 'lead.created', data: { object: [] } }])).toEqual([]);
});

test('what has the key is a record itself', async () => {
  const record = { id: 7, bookings: { 1: { id: 1 } } };

  expect(await takenFromAnswer(root!, 'bookings', [record])).toEqual([record]);
});
