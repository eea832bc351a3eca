import { describe, expect, test } from 'vitest';
import { mapRecord, routeRecord } from '../../src/map/map-record.ts';
import type { Field } from '../../src/model/sync.ts';
import { aSync, broken, constant, failing, prop, variable, warning } from '../support/syncs.ts';

const scope = { record: { id: 7, name: 'Ann', no: '' }, bindings: { event: 'booking.updated' } };
const field = (name: string, wish: Partial<Field> = {}): Field => ({
  name,
  custom: false,
  on: 'always',
  value: constant('x'),
  literal: false,
  ...wish,
});

describe('where a record goes', () => {
  test("is its own key's target, where the sync states none", async () => {
    expect(await routeRecord(aSync(), scope, 'r1')).toEqual({ type: 'to', key: 'r1' });
  });

  test("is the sync's key as text, of the record and its variables", async () => {
    expect(await routeRecord(aSync({ key: prop('id') }), scope, 'r1')).toEqual({ type: 'to', key: '7' });
    expect(await routeRecord(aSync({ key: variable('event') }), scope, 'r1')).toMatchObject({
      key: 'booking.updated',
    });
  });

  test('is nowhere while `when` does not hold, whatever its key', async () => {
    expect(await routeRecord(aSync({ when: prop('no'), key: failing('!') }), scope, 'r1')).toEqual({
      type: 'left',
    });
    expect(await routeRecord(aSync({ when: variable('event') }), scope, 'r1')).toMatchObject({ type: 'to' });
  });

  test('is a dead letter that names the sync, where there is no key', async () => {
    expect(await routeRecord(aSync({ key: prop('email') }), scope, 'r1')).toMatchObject({
      type: 'dead',
      reason: expect.stringMatching(/^no-key: .*nothing/) as string,
      remedy: expect.stringContaining('syncs.contacts') as string,
    });
  });
});

describe('the mapping of a record', () => {
  test('holds the fields by when they are written, custom ones by their full name', async () => {
    const sync = aSync({
      fields: [
        field('firstName', { value: prop('name') }),
        field('booked', { custom: true }),
        field('source', { on: 'create', value: variable('event') }),
        field('city', { on: 'empty' }),
      ],
    });

    expect(await mapRecord(sync, scope, 'r1')).toEqual({
      type: 'desired',
      key: 'r1',
      desired: {
        sync: 'contacts',
        always: { firstName: 'Ann', 'customFields.booked': 'x' },
        onCreate: { source: 'booking.updated' },
        onEmpty: { city: 'x' },
        tags: { sticky: [], owned: [], remove: [] },
      },
      warnings: [],
    });
  });

  test('leaves out what yields nothing, and keeps null, which clears', async () => {
    const sync = aSync({
      fields: [
        field('phone', { value: constant(undefined) }),
        field('city', { value: constant(null) }),
        field('state', { on: 'empty', value: constant(undefined) }),
      ],
    });

    const mapped = await mapRecord(sync, scope, 'r1');

    expect(mapped).toMatchObject({ desired: { always: { city: null } } });
    expect(mapped).not.toHaveProperty('desired.always.phone');
    expect(mapped).not.toHaveProperty('desired.onEmpty');
  });

  test('ends where the record does not belong, before its fields are looked at', async () => {
    const fields = [field('phone', { value: failing('!') })];

    expect(await mapRecord(aSync({ when: constant(false), fields }), scope, 'r1')).toEqual({ type: 'left' });
  });

  test('names the tags that it would be sent away with, where there are any', async () => {
    const sync = aSync({ onLeave: { type: 'tag', tag: prop('name') } });

    expect(await mapRecord(sync, scope, 'r1')).toMatchObject({ desired: { tags: { farewell: ['Ann'] } } });
    expect(await mapRecord(aSync(), scope, 'r1')).not.toHaveProperty('desired.tags.farewell');
  });

  test('tells which values were dropped, and of which field', async () => {
    const sync = aSync({
      fields: [field('phone', { value: warning('12 is no phone') })],
      tags: [{ add: [warning('no tag')], remove: [], owns: false }],
    });

    expect(await mapRecord(sync, scope, 'r1')).toMatchObject({
      warnings: ['phone: 12 is no phone', 'no tag'],
    });
  });
});

describe('an expression that fails', () => {
  test.for([
    ['when', { when: failing('$x is odd') }, '$x is odd'],
    ['key', { key: failing('$x is odd') }, '$x is odd'],
    ['a field', { fields: [field('phone', { value: failing('$x is odd') })] }, 'field phone: $x is odd'],
    [
      'a custom field',
      { fields: [field('p', { custom: true, value: failing('odd') })] },
      'field customFields.p: odd',
    ],
    ['a tag', { tags: [{ add: [failing('$x is odd')], remove: [], owns: false }] }, '$x is odd'],
    ['the `when` of a tag', { tags: [{ when: failing('odd'), add: [], remove: [], owns: false }] }, 'odd'],
  ] as const)('in %s is a dead letter with its words and a remedy', async ([, wish, reason]) => {
    expect(await mapRecord(aSync(wish), scope, 'r1')).toEqual({
      type: 'dead',
      reason,
      remedy: expect.stringContaining('retry') as string,
    });
  });

  test('otherwise than expressions do is a bug, not a dead letter', async () => {
    await expect(
      mapRecord(aSync({ fields: [field('phone', { value: broken })] }), scope, 'r1'),
    ).rejects.toThrow(TypeError);
    await expect(routeRecord(aSync({ when: broken }), scope, 'r1')).rejects.toThrow(TypeError);
  });
});
