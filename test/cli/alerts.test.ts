import { expect, test } from 'vitest';
import { aBooking, type ConfigWish } from '../support/a-config.ts';
import { command } from '../support/command.ts';
import { aHook, aMailServer, type Hook } from '../support/receivers.ts';
import { until } from '../support/wait.ts';
import { worlds, type World } from '../support/world.ts';

const world = worlds();

const on = ['dead-letter', 'auth-failed', 'poll-failed', 'guard'];

function alerting(hook: Hook, top: object = {}): ConfigWish {
  return {
    top: { server: { port: 0 }, alerts: [{ on, notify: { type: 'webhook', url: hook.url } }], ...top },
  };
}

function refuseContacts(here: World, message: string): void {
  here.ghl.fail({
    kind: 'status',
    status: 422,
    body: { statusCode: 422, message: [message] },
    times: null,
    match: { operation: 'create-contact' },
  });
}

const causesOf = ({ got }: Hook) => got.map(({ json }) => json['cause']);

test('run sends what there is to tell before it ends, and says nothing when nothing is wrong', async () => {
  const hook = await aHook();
  const here = await world(alerting(hook));
  here.source.rows([aBooking({ id: 1 })]);
  await command(here, 'run');
  const before = hook.got.length;
  refuseContacts(here, 'not this one');
  here.source.rows([aBooking({ id: 2 })]);

  const { code } = await command(here, 'run');

  expect(before).toBe(0);
  expect(code).toBe(1);
  expect(causesOf(hook)).toEqual(['dead-letter']);
});

test('an alert by mail needs a mail server and nothing else', async () => {
  const server = await aMailServer();
  const notify = { type: 'email', to: 'ops@example.com', smtp: `smtp://127.0.0.1:${server.port}` };
  const here = await world({ top: { alerts: [{ on, notify }] } });
  here.source.script(() => ({ status: 500, body: {} }));

  await command(here, 'run', '--log-level', 'error');

  expect(server.mails.map(({ to }) => to)).toEqual([['ops@example.com']]);
  expect(server.mails[0]!.data).toContain('Subject: boothsync: a source can not be read: sources.bookings');
}, 60_000);

test('an alert that nobody took before kill -9 is sent by the next process, once', async () => {
  const hook = await aHook();
  hook.answer('hang');
  const here = await world(alerting(hook));
  refuseContacts(here, 'not this one');
  here.source.rows([aBooking({ id: 1 })]);
  const serve = here.spawn('serve');
  await until(() => hook.got.length > 0, `an alert: ${serve.output()}`);
  await serve.kill();
  hook.answer(200);
  hook.got.splice(0);

  const next = here.spawn('serve');
  await until(() => hook.got.length > 0, `the alert: ${next.output()}`);
  next.child.kill('SIGTERM');
  await next.ended;
  await command(here, 'run');

  expect(causesOf(hook)).toEqual(['dead-letter']);
}, 90_000);

test('a receiver that hangs holds up neither delivery nor the end', async () => {
  const hook = await aHook();
  hook.answer('hang');
  const here = await world(alerting(hook));
  refuseContacts(here, 'not this one');
  here.source.rows([aBooking({ id: 1 })]);
  const serve = here.spawn('serve');
  await until(() => hook.got.length > 0, `an alert: ${serve.output()}`);
  const stoppedAt = performance.now();

  serve.child.kill('SIGTERM');
  const { code } = await serve.ended;

  expect(code).toBe(0);
  expect(performance.now() - stoppedAt).toBeLessThan(10_000);
}, 60_000);

test.each([
  ['neither secrets nor personal data', 'mask', false],
  ['personal data where the config says so, and no secrets', 'show', true],
])('an alert holds %s', async (_, personalData, shown) => {
  const hook = await aHook();
  const here = await world(alerting(hook, { log: { personalData } }));
  const said = `ann@example.com and +44 20 7946 0018 are taken; you sent ${here.ghl.token} from ${hook.url}`;
  refuseContacts(here, said);
  here.source.rows([aBooking({ id: 1, email: 'ann@example.com' })]);

  const { stderr, stdout } = await command(here, 'run', '--log-level', 'trace');

  const told = hook.got.map(({ text }) => text).join('\n');
  expect(told).toContain('are taken');
  expect(told.includes('ann@example.com')).toBe(shown);
  expect(told.includes('7946 0018')).toBe(shown);
  expect(told).not.toContain(here.ghl.token);
  expect(told + stderr + stdout).not.toContain(hook.url);
});

test('an empty address turns an alert off', async () => {
  const here = await world({
    top: { alerts: [{ on, notify: { type: 'webhook', url: '${ALERT_URL:-}' } }] },
  });
  here.source.script(() => ({ status: 401, body: {} }));

  const { code, stderr } = await command(here, 'run', '--log-level', 'debug');

  expect(code).toBe(1);
  expect(stderr).not.toMatch(/alert/i);
});
