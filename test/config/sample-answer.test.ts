import { expect, test } from 'vitest';
import { takenFromAnswer } from '../../src/config/sample-answer.ts';
import { readingOf } from '../../src/config/reading.ts';

const { root } = readingOf(
  '/c.yaml',
  `connections:
  crm: { type: http, baseUrl: "https://crm.example", webhook: { event: body.type, id: body.id } }
sources:
  bookings:
    key: id
    poll: { records: bookings.* }
  leads:
    connection: crm
    key: id
    webhook: { events: [lead.*], record: body.data.object }
  deals:
    key: '"crm-" & id'
    poll: { records: results }
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

test('a key that joins what is missing to a text is no sign of a record', async () => {
  expect(await takenFromAnswer(root!, 'deals', [{ results: [{ id: 1 }] }])).toEqual([{ id: 1 }]);
  expect(await takenFromAnswer(root!, 'deals', [{ id: 1, results: [] }])).toEqual([{ id: 1, results: [] }]);
});

test('an answer without records gives none', async () => {
  expect(await takenFromAnswer(root!, 'leads', [{ type: 'lead.created', data: { object: [] } }])).toEqual([]);
});

test("a delivery's own id is not its record's", async () => {
  const delivery = { id: 'evt_1', type: 'lead.created', data: { object: { id: 1 } } };

  expect(await takenFromAnswer(root!, 'leads', [delivery])).toEqual([{ id: 1 }]);
  expect(await takenFromAnswer(root!, 'leads', [{ ...delivery, type: 'other' }])).toEqual([
    { ...delivery, type: 'other' },
  ]);
});

test('several answers, or deliveries, stand for the records of all; a record among them for itself', async () => {
  const pages = [{ bookings: { 7: { id: 7 } } }, { bookings: { 8: { id: 8 } } }];
  const mixed = [{ bookings: { 7: { id: 7 } } }, { id: 8 }];

  expect(await takenFromAnswer(root!, 'bookings', pages)).toEqual([{ id: 7 }, { id: 8 }]);
  expect(await takenFromAnswer(root!, 'bookings', mixed)).toEqual(mixed);
});

test('what has the key is a record itself', async () => {
  const record = { id: 7, bookings: { 1: { id: 1 } } };

  expect(await takenFromAnswer(root!, 'bookings', [record])).toEqual([record]);
});
