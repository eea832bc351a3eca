import { expect, test } from 'vitest';
import { startAlerts } from '../../../src/engine/alerts/start-alerts.ts';
import { aBooking, type ConfigWish } from '../../support/a-config.ts';
import { freePort } from '../../support/free-port.ts';
import { logIn, oauthConfig, oauthWish, writeKey } from '../../support/oauth-world.ts';
import { aHook, type Hook } from '../../support/receivers.ts';
import { until } from '../../support/wait.ts';
import { worlds, type Runner, type StartOptions, type World } from '../../support/world.ts';

const world = worlds();

const CAUSES = ['dead-letter', 'auth-failed', 'auth-due', 'quota', 'lag', 'poll-failed', 'guard'];

function alerting({ url }: Hook, wish: ConfigWish = {}, over = '10m'): ConfigWish {
  const alerts = [{ on: CAUSES, over, notify: { type: 'webhook', url } }];
  return { ...wish, top: { ...wish.top, alerts } };
}

/** A runner that alerts; its end sends what is left, as every end does. */
async function alert(here: World, options?: StartOptions): Promise<Runner & { end(): Promise<void> }> {
  const runner = await here.start(options);
  const alerts = startAlerts(runner.engine, (text) => text);
  const end = async () => {
    await runner.engine.stop();
    await alerts.stop(5_000);
    await runner.stop();
  };
  return { ...runner, end };
}

const toldOf = ({ got }: Hook) =>
  got.map(({ json }) => {
    const [first] = json['troubles'] as { place: string; message: string; command: string; count: number }[];
    return { cause: json['cause'], ...first! };
  });

const people = (count: number) => Array.from({ length: count }, (_, id) => aBooking({ id: id + 1 }));

test('a dead letter is told of within a second, once, also over restarts', async () => {
  const hook = await aHook();
  const here = await world(alerting(hook));
  here.source.rows([aBooking({ id: 1, email: 'no address' })]);
  const runner = await alert(here);
  await runner.pass();
  await until(() => hook.got.length > 0, 'the alert', 5_000);
  await runner.end();

  const second = await alert(here);
  await second.pass();
  await second.end();

  expect(toldOf(hook)).toMatchObject([
    {
      cause: 'dead-letter',
      sync: 'contacts',
      count: 1,
      command: 'boothsync events list --sync contacts',
    },
  ]);
});

test('a dead letter is told of again where it was retried and died again', async () => {
  const hook = await aHook();
  const here = await world(alerting(hook));
  here.source.rows([aBooking({ id: 1, email: 'no address' })]);
  const runner = await alert(here);
  await runner.pass();
  await runner.end();
  const second = await alert(here);
  const [dead] = await second.events();
  const { lane, targetKey } = dead!;

  await second.store.write((tables) => tables.events.retry(dead!, { lane, targetKey }, Date.now()));
  second.engine.lanes[0]!.wake();
  await until(async () => (await second.states())[0] === 'dead', 'its second death');
  await second.end();

  expect(toldOf(hook).map(({ cause }) => cause)).toEqual(['dead-letter', 'dead-letter']);
});

test('a webhook that no record can be taken out of is told of', async () => {
  const hook = await aHook();
  const here = await world(alerting(hook, { source: { webhook: { record: '$error("odd")' } } }));
  const runner = await alert(here);
  await runner.webhook({ type: 'booking.created', id: 'd1', data: {} });
  await runner.idle();
  await runner.end();

  expect(toldOf(hook)).toMatchObject([
    { cause: 'dead-letter', connection: 'booth', command: 'boothsync events show delivery:1' },
  ]);
});

test('a refused token is told of once, not per event, nor after a restart; and anew once it had worked', async () => {
  const hook = await aHook();
  const here = await world(alerting(hook));
  here.source.rows(people(20));
  const refuse = () => here.ghl.fail({ kind: 'status', status: 401, times: null });
  refuse();
  const first = await alert(here, { mayLeaveWork: true });
  void first.pass();
  await until(() => hook.got.length > 0, 'the alert');
  await first.end();
  const second = await alert(here, { mayLeaveWork: true });
  void second.pass();
  await until(() => second.engine.lanes[0]!.paused() !== null, 'a pause');
  await second.end();
  const beforeItWorked = hook.got.length;

  here.ghl.clearFaults();
  const third = await alert(here);
  await third.pass();
  await third.end();
  refuse();
  here.source.rows(
    people(20).map((one) => ({ ...one, first_name: 'Other', updated_at: '2027-01-01T00:00:00Z' })),
  );
  const fourth = await alert(here, { mayLeaveWork: true });
  void fourth.pass();
  await until(() => fourth.engine.lanes[0]!.paused() !== null, 'a pause');
  await fourth.end();

  expect(beforeItWorked).toBe(1);
  expect(toldOf(hook)).toMatchObject([
    { cause: 'auth-failed', connection: 'ghl', message: expect.stringContaining('401') as string },
    { cause: 'auth-failed', connection: 'ghl' },
  ]);
}, 60_000);

test('a login that has ended says the command to type', async () => {
  const hook = await aHook();
  const here = await world(oauthConfig(await freePort(), alerting(hook)), { oauth: oauthWish() });
  await writeKey(here);
  await logIn(here);
  const body = { error: 'invalid_grant', error_description: 'gone' };
  here.ghl.expireAccessTokens();
  here.ghl.fail({ kind: 'status', status: 400, body, times: null, match: { operation: 'get-access-token' } });
  here.source.rows(people(5));

  const runner = await alert(here, { mayLeaveWork: true });
  void runner.pass();
  await until(() => hook.got.length > 0, 'the alert');
  await runner.end();

  expect(toldOf(hook)).toMatchObject([
    {
      cause: 'auth-failed',
      connection: 'ghl',
      message: expect.stringContaining('invalid_grant') as string,
      command: 'boothsync auth login ghl',
    },
  ]);
});

test('a poll that fails is told of once; refused credentials are told of as such, too', async () => {
  const hook = await aHook();
  const here = await world(alerting(hook));
  here.source.script(() => ({ status: 401, body: { message: 'Unauthorised' } }));
  const runner = await alert(here);
  await runner.pass();
  await runner.pass();
  await runner.end();
  const second = await alert(here);
  await second.pass();
  await second.end();

  expect(toldOf(hook).sort((a, b) => String(a.cause).localeCompare(String(b.cause)))).toMatchObject([
    { cause: 'auth-failed', connection: 'booth', remedy: "see the connection's credentials" },
    { cause: 'poll-failed', source: 'bookings' },
  ]);
});

test('what a guard holds is told of without the keys of its records, and with the command that approves it', async () => {
  const hook = await aHook();
  const here = await world(alerting(hook, { source: { key: 'first_name' } }));
  here.source.rows(people(6).map((one, at) => ({ ...one, first_name: `Annalena-${at}` })));
  const runner = await alert(here);
  await runner.pass();
  here.source.rows([]);
  await runner.pass({ full: true });
  await runner.end();

  const [told] = toldOf(hook);
  expect(told).toMatchObject({ cause: 'guard', source: 'bookings', count: 6 });
  expect(told!.command).toMatch(/^boothsync run --approve [0-9a-f]{16}$/);
  expect(hook.got[0]!.text).not.toContain('Annalena');
  expect(runner.log.lines.map(({ message }) => message).join('\n')).not.toContain('Annalena');
});

test("a day's quota is told of when it is nearly used up, and once more when it is", async () => {
  const hook = await aHook();
  const here = await world(
    alerting(hook, { ghl: { rateLimit: { requests: 1000, per: '100ms', daily: 10 } } }),
  );
  here.source.rows(people(7));
  const runner = await alert(here);
  await runner.pass();
  await runner.end();
  here.source.rows(people(20));
  const second = await alert(here, { mayLeaveWork: true });
  void second.pass();
  await until(() => second.engine.lanes[0]!.paused()?.cause === 'quota', 'a pause');
  await second.end();

  expect(toldOf(hook).map(({ cause, message }) => [cause, message.split(' (')[0]])).toEqual([
    ['quota', expect.stringMatching(/^[89]0 % of the 10 calls of/)],
    ['quota', "the day's quota of 10 calls is used up"],
  ]);
});

test('events that wait for longer than `over` are told of, also while a paused lane tries none of them', async () => {
  const hook = await aHook();
  const here = await world(alerting(hook, {}, '1500ms'));
  here.ghl.fail({ kind: 'status', status: 503, times: null });
  here.source.rows(people(12));
  const runner = await alert(here, { mayLeaveWork: true });
  void runner.pass();
  await until(() => hook.got.length > 0, 'the alert');
  await runner.end();

  expect(toldOf(hook)).toMatchObject([{ cause: 'lag', command: 'boothsync status' }]);
}, 40_000);

test('a credential that is due to be replaced is told of', async () => {
  const hook = await aHook();
  const here = await world(
    alerting(hook, { ghl: { auth: { type: 'token', token: '${GHL_TOKEN}', rotateEvery: '1ms' } } }),
  );
  const runner = await alert(here);
  await until(() => hook.got.length > 0, 'the alert');
  await runner.end();

  expect(toldOf(hook)).toMatchObject([
    { cause: 'auth-due', connection: 'ghl', command: 'boothsync auth status' },
  ]);
});

test('who is told and does not answer holds up nothing', async () => {
  const hook = await aHook();
  hook.answer('hang');
  const here = await world(alerting(hook));
  here.source.rows([aBooking({ id: 1, email: 'no address' })]);
  const runner = await alert(here);
  await runner.pass();
  await until(() => hook.got.length > 0, 'the alert', 5_000);

  here.source.rows(people(30).map((one) => ({ ...one, updated_at: '2027-01-01T00:00:00Z' })));
  await runner.pass();

  expect(here.ghl.contacts().length).toBe(30);
  await runner.end();
});
