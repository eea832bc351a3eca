import { expect, test } from 'vitest';
import { aBooking } from '../support/a-config.ts';
import { watchedClock } from '../support/clocks.ts';
import { until } from '../support/wait.ts';
import { worlds } from '../support/world.ts';

const aWorld = worlds();

test('a runner that is stopped while the API says nothing ends within ten seconds; the next one finds what was made', async () => {
  const { ghl, source, start } = await aWorld({ ghl: { timeout: '30s' } });
  source.rows([1, 2, 3, 4].map((id) => aBooking({ id })));
  ghl.fail({ kind: 'hang-after', match: { operation: 'create-contact' }, times: 4 });
  const clock = watchedClock(20);
  const runner = await start({ clock, mayLeaveWork: true });
  const pass = runner.pass();
  await until(() => ghl.contacts().length === 4, 'four contacts');

  const began = clock.monotonic();
  await runner.stop();
  const tookMs = clock.monotonic() - began;
  await pass.catch(() => undefined);
  const next = await start({ clock: watchedClock(20) });
  await until(async () => (await next.states()).every((state) => state === 'done'), 'the end of all');

  expect(tookMs).toBeLessThan(10_000);
  expect(runner.log.lines.filter(({ message }) => message.startsWith('lane paused'))).toEqual([]);
  expect(await next.states()).toEqual(['done', 'done', 'done', 'done']);
  expect(ghl.contacts()).toHaveLength(4);
});
