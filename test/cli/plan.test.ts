import { expect, test } from 'vitest';
import type { Plan } from '../../src/engine/plan/plan.ts';
import { aBooking } from '../support/a-config.ts';
import { command, commandJson, serving } from '../support/command.ts';
import { operationsOf, worlds, type World } from '../support/world.ts';

const aWorld = worlds();

async function planJson(world: World, ...args: string[]): Promise<Plan> {
  const { code, json } = await commandJson(world, 'plan', ...args);
  expect(code).toBe(0);
  return json as Plan;
}

test('an approved plan is applied; another one by then is refused, and nothing of it is sent', async () => {
  const world = await aWorld();
  world.source.rows([aBooking({ id: 1 })]);
  const first = await planJson(world);
  world.source.rows([aBooking({ id: 1 }), aBooking({ id: 2 })]);

  const refused = await commandJson(world, 'run', '--approve', first.hash);
  const sent = operationsOf(world.ghl);
  const second = await planJson(world);
  const applied = await commandJson(world, 'run', '--approve', second.hash);

  expect(refused).toMatchObject({ code: 1, json: { calls: 0, refused: { hash: second.hash } } });
  expect(sent).toEqual([]);
  expect(applied).toMatchObject({ code: 0, json: { events: { done: 2 } } });
  expect(applied.json).toMatchObject({ calls: second.calls });
});

test('the log of a refused approval tells of no work that was only planned', async () => {
  const world = await aWorld();
  world.source.rows([aBooking({ id: 1 })]);

  const { code, stderr } = await command(world, 'run', '--approve', 'p-0123456789abcdef');

  expect(code).toBe(1);
  expect(stderr).toContain('nothing was sent');
  expect(stderr).not.toContain('created');
});

test('a plan of a full read goes past the guard that it was approved for', async () => {
  const world = await aWorld({ sync: { onDelete: 'delete' } });
  world.source.rows([1, 2, 3].map((id) => aBooking({ id })));
  await command(world, 'run');
  world.source.rows([aBooking({ id: 3 })]);

  const plan = await planJson(world, '--full');
  const { code } = await command(world, 'run', '--approve', plan.hash);

  expect(plan.summary.delete).toBe(2);
  expect(code).toBe(0);
  expect(world.ghl.contacts()).toHaveLength(1);
});

test('it works beside a running service, as text and for a pull request', async () => {
  const world = await aWorld({ top: { server: { port: 0 } }, poll: { every: undefined } });
  world.source.rows([aBooking({ id: 1 })]);
  await command(world, 'run');
  const service = await serving(world);
  world.source.rows([aBooking({ id: 1, first_name: 'Bea', updated_at: '2026-05-02T10:00:00Z' })]);

  const text = await command(world, 'plan');
  const markdown = await command(world, 'plan', '--format', 'markdown');

  expect(text.stdout).toContain('update contacts contact guest1@example.com\n    firstName: "Ann" → "Bea"\n');
  expect(text.stdout).toMatch(/1 call \(1 update-contact\), at least 0 s under the limit/);
  expect(markdown.stdout).toContain('| create | update | tag |');
  expect(markdown.stdout).toContain('firstName: "A***" → "B***"');
  expect(markdown.stdout).not.toMatch(/guest1@example\.com|Ann|Bea/);
  expect(await service.stop()).toBe(0);
});

test('a source that can not be read makes no plan of nothing: it says so and exits 1', async () => {
  const world = await aWorld();
  world.source.script(() => ({ status: 401, body: { message: 'who are you' } }));

  const { code, json } = await commandJson(world, 'plan');

  expect(code).toBe(1);
  expect((json as Plan).problems).toEqual([expect.stringContaining('401')]);
});
