import { expect, test } from 'vitest';
import { aBooking } from '../support/a-config.ts';
import { watchedClock } from '../support/clocks.ts';
import { until } from '../support/wait.ts';
import { worlds } from '../support/world.ts';

const aWorld = worlds();

const ANNALENA = aBooking({
  id: 1,
  first_name: 'Annalena',
  last_name: 'Mustermann',
  email: 'am@example.com',
});
const WORDS = 'can not save Annalena MUSTERMANN';

test.each([
  ['loses', {}, '***'],
  ['keeps, where the config shows it,', { log: { personalData: 'show' } }, 'Annalena MUSTERMANN'],
])('a lane that pauses %s what the API says of a person; the store keeps it', async (_, top, shown) => {
  const { ghl, source, start } = await aWorld({ top, ghl: { timeout: '20m' }, booth: { timeout: '20m' } });
  const runner = await start({ clock: watchedClock(50) });
  source.rows([ANNALENA]);
  const down = ghl.fail({ kind: 'status', status: 500, body: { message: WORDS }, times: Infinity });

  const pass = runner.pass();
  const paused = () => runner.log.lines.find(({ message }) => message.startsWith('lane paused'));
  await until(() => paused() !== undefined, 'a pause', 40_000);
  const [event] = await runner.events();
  down.remove();
  await pass;
  await until(async () => (await runner.states())[0] === 'done', 'its end', 40_000);

  expect(paused()!.message).toContain(shown);
  expect(runner.log.lines.filter(({ message }) => message.includes('MUSTERMANN')).length > 0).toBe(
    shown !== '***',
  );
  expect(event!.reason).toContain(WORDS);
});
