import { describe, expect, test } from 'vitest';
import { checkText } from '../../src/config/validate.ts';

/** A connection with a customer and its orders; `▶` stands where the one problem must point. */
function aCrm(resource: string, sync: string): string {
  return `version: 1
connections:
  crm:
    type: http
    baseUrl: https://crm.example
    resources:
      customer:
        create: { path: /customers, id: data.id }
        update: { method: PUT, path: "/customers/{id}" }
      other:
        ${resource}
sources:
  bookings: { connection: crm, key: id, poll: { request: { path: /b }, records: data } }
syncs:
  customers: { from: bookings, to: crm.customer, fields: { anything: name } }
  written: { from: bookings, ${sync} }
`;
}

function problemsOf(marked: string) {
  const text = marked.replace('▶', '');
  return checkText('sync.config.yaml', text).problems.map((problem) => ({
    ...problem,
    at: problem.at?.start,
  }));
}

describe('a resource of any REST API', () => {
  const whole =
    'create: { path: "/customers/{customerId}/orders" }\n        delete: { path: "/orders/{id}" }';

  test('takes any field, and the id of its parent in its path', () => {
    const sync =
      'to: crm.other, parent: customers, onDelete: delete, fields: { title: { value: x, on: create } }';

    expect(problemsOf(aCrm(whole, sync))).toEqual([]);
  });

  test.each([
    ['tags', whole, 'to: crm.other, parent: customers, ▶tags: [vip]', 'has no tags'],
    ['a farewell tag', whole, 'to: crm.other, parent: customers, onDelete: { ▶tag: gone }', 'has no tag'],
    ['no create', 'update: { path: "/others/{id}" }', 'to: crm.other, fields: { a: b }', 'has no "create"'],
    ['no delete', 'create: { path: /others }', 'to: crm.other, onDelete: ▶delete', 'has no "delete"'],
    [
      'no parent for its path',
      whole.replace('"/customers', '"/customers').replace('{customerId}', '▶{customerId}'),
      'to: crm.other',
      'nothing fills {customerId}',
    ],
    ['an id that is not there yet', 'create: { path: "/others/▶{id}" }', 'to: crm.other', 'no {id} yet'],
    ['no such resource', 'create: { path: /others }', 'to: crm.▶othr', 'unknown resource'],
  ])('%s is told', (_, resource, sync, words) => {
    const marked = aCrm(resource, sync);

    const [problem, ...others] = problemsOf(marked).filter(({ severity }) => severity === 'error');

    expect(others).toEqual([]);
    expect(problem!.message).toContain(words);
    if (marked.includes('▶')) expect(problem!.at).toBe(marked.indexOf('▶'));
  });

  test('without an update: a warning, where its fields may change', () => {
    const sync = 'to: crm.other, fields: { title: name }';

    expect(problemsOf(aCrm('create: { path: /others }', sync))).toMatchObject([
      { severity: 'warning', message: expect.stringContaining('no "update"') as string },
    ]);
  });
});
