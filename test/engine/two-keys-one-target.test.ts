import { expect, test } from 'vitest';
import { aBooking } from '../support/a-config.ts';
import { worlds } from '../support/world.ts';

const aWorld = worlds();

test('two keys that take over one contact at the same moment: one gets it, the other is told whose it is', async () => {
  const { ghl, source, start } = await aWorld(
    { sync: { key: 'email ? $lowercase(email) : phone' } },
    { latencyMs: () => 20 },
  );
  ghl.addContact({ firstName: 'By Hand', email: 'dan@example.com', phone: '+447700900003' });
  source.rows([
    aBooking({ id: 1, email: 'dan@example.com', phone: '+447700900003', first_name: 'Dan' }),
    aBooking({ id: 2, email: '', phone: '+447700900003', first_name: 'Daniel' }),
  ]);
  const runner = await start();

  await runner.pass();

  expect(ghl.contacts()).toHaveLength(1);
  expect((await runner.states()).sort()).toEqual(['dead', 'done']);
  expect((await runner.events()).find(({ state }) => state === 'dead')?.reason).toContain('belongs to');
  expect(runner.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
});
