import { describe, expect, test } from 'vitest';
import { readBody } from '../../src/inbox/read-body.ts';

const nested = (levels: number) => Buffer.from('['.repeat(levels) + ']'.repeat(levels));

describe('the body of a delivery', () => {
  test('is JSON in UTF-8', () => {
    expect(readBody(Buffer.from('{"name":"Zoë"}'))).toEqual({ type: 'body', body: { name: 'Zoë' } });
  });

  test.for([
    ['bytes that are no UTF-8: they would be lost', Buffer.from('{"name":"Zo\xeb"}', 'latin1')],
    ['no JSON', Buffer.from('name=Zoe')],
    ['nothing', Buffer.alloc(0)],
  ] as const)('is unreadable where it is %s', ([, raw]) => {
    expect(readBody(raw)).toEqual({ type: 'unreadable', message: 'the body is not JSON in UTF-8' });
  });

  test('has 200 levels at most', () => {
    expect(readBody(nested(200))).toMatchObject({ type: 'body' });
    expect(readBody(nested(201))).toEqual({
      type: 'unreadable',
      message: 'the body is nested deeper than 200 levels',
    });
  });
});
