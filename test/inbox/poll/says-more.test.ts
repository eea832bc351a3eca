import { expect, test } from 'vitest';
import { saysMore } from '../../../src/inbox/poll/says-more.ts';

const said = (body: unknown, headers: Readonly<Record<string, string>> = {}) => saysMore({ body, headers });

test.each([
  { data: [], has_more: true },
  { data: [], hasNextPage: true },
  { data: [], meta: { next_page: 2 } },
  { data: [], links: { next: 'https://api.example.com/rows?page=2' } },
  { data: [], _links: { next: { href: '/rows?page=2' } } },
  { data: [], paging: { nextPageToken: 'abc' } },
])('an answer that leads on says that there is more: %j', (body) => {
  expect(said(body)).toBe(true);
});

test.each([
  { data: [], has_more: false, next: null },
  { data: [{ next: 'of a record' }], next_cursor: '' },
  { data: [], meta: { next_page: 0, total: 5000 } },
  { data: [], nextSyncToken: 'abc' },
  [{ next: 2 }],
  null,
])('one that ends, or tells of something else, does not: %j', (body) => {
  expect(said(body)).toBe(false);
});

test('so does a Link header, for the next page alone', () => {
  expect(said([], { link: '<https://api.example.com/rows?page=2>; rel="next"' })).toBe(true);
  expect(said([], { link: '<https://api.example.com/rows?page=1>; rel="prev"' })).toBe(false);
});
