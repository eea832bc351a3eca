import { expect, test } from 'vitest';
import { command } from '../support/command.ts';
import { worlds } from '../support/world.ts';

const world = worlds();

/** Sets a window's title, colours what follows, and draws a line of its own. */
const STEERS = '\u001b]0;owned\u0007\u001b[31m\rno trouble at all';
// eslint-disable-next-line no-control-regex -- these are what this is about
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/;

test('what records hold and APIs say does not steer the terminal, and is no markup of a plan', async () => {
  const here = await world({ sync: { key: '$string(id)' } });
  here.source.rows([{ id: `1${STEERS}`, email: 'ann@example.com', first_name: STEERS }]);
  const refused = { statusCode: 422, message: [`no: ${STEERS} ![x](http://elsewhere.test)`] };
  here.ghl.fail({
    kind: 'status',
    status: 422,
    body: refused,
    times: null,
    match: { operation: 'create-contact' },
  });
  const shown: string[] = [];
  const see = async (...words: string[]) => {
    const { stdout, stderr } = await command(here, ...words);
    shown.push(`${words.join(' ')}: ${stdout}${stderr}`);
  };

  await see('run');
  await see('status');
  await see('events', 'list');
  here.source.script(() => ({ status: 400, body: { message: `no: ${STEERS} ![x](http://elsewhere.test)` } }));
  await see('plan', '--format', 'markdown');
  await see('run');
  await see('check');

  expect(shown.filter((text) => CONTROL.test(text))).toEqual([]);
  for (const text of shown.slice(1, -1)) expect(text).toContain('no trouble at all');
  expect(shown[3]).toContain('!\\[x\\]');
});
