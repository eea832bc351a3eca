import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type TestContext } from 'vitest';
import { environment, someBookings } from './bookings.ts';
import { SECRET, startBookingApi } from './booking-apis.ts';
import { isRecord } from './http.ts';
import { boothsync, folder } from './program.ts';
import { listOf } from './senders.ts';
import { startStrictGhl, TOKEN } from './strict-ghl.ts';

const stack = /\n\s+at .+:\d+:\d+/;

async function place({ onTestFinished }: Pick<TestContext, 'onTestFinished'>): Promise<string> {
  const { path, remove } = await folder();
  onTestFinished(remove);
  return path;
}

test.concurrent('validate needs no environment: each config of this folder is right', async (context) => {
  const cwd = await place(context);
  const configs = (await readdir(cwd)).filter((name) => name.endsWith('.yaml'));
  expect(configs.length).toBeGreaterThanOrEqual(7);
  const check = async (config: string): Promise<void> => {
    const ended = await boothsync(cwd, ['validate', '-c', config], {});
    expect({ config, code: ended.code, stderr: ended.stderr }).toEqual({ config, code: 0, stderr: '' });
    const named = await boothsync(cwd, ['validate', config, '--format', 'json'], {});
    const errors = listOf(named.json['problems']).filter(({ severity }) => severity === 'error');
    expect({ config, code: named.code, errors }).toEqual({ config, code: 0, errors: [] });
  };
  await Promise.all(configs.map(check));
});

test.concurrent.for(['run', 'serve'])(
  '%s with an unset variable exits 1 with place and remedy, and no stack',
  async (command, context) => {
    const cwd = await place(context);

    const ended = await boothsync(cwd, [command, '-c', 'rest.yaml'], { SHOP_URL: 'http://127.0.0.1:9' });

    const said = `${ended.stdout}${ended.stderr}`;
    expect(ended.code).toBe(1);
    expect(said).toMatch(/rest\.yaml:\d+:\d+/);
    expect(said).toContain('GHL_TOKEN');
    expect(said).toContain('SHOP_SECRET');
    expect(said).not.toMatch(stack);
    const asJson = await boothsync(cwd, [command, '-c', 'rest.yaml', '--json'], {});
    expect(asJson.code).toBe(1);
    const problems = listOf(asJson.json['problems']);
    expect(problems.length).toBeGreaterThanOrEqual(4);
    for (const problem of problems) {
      expect(problem).toMatchObject({ severity: 'error', file: 'rest.yaml' });
      for (const name of ['code', 'message', 'remedy']) expect(typeof problem[name]).toBe('string');
      for (const name of ['line', 'column']) expect(typeof problem[name]).toBe('number');
    }
  },
);

test.concurrent(
  'wrong usage exits 2, a config that is not there 1, both without a stack',
  async (context) => {
    const cwd = await place(context);

    const usage = await boothsync(cwd, ['run', '--no-such-option'], {});
    const unknown = await boothsync(cwd, ['jump'], {});
    const missing = await boothsync(cwd, ['run', '-c', 'nowhere.yaml'], {});
    const noSync = await boothsync(cwd, ['run', 'nobody', '-c', 'rest.yaml'], {});

    expect([usage.code, unknown.code]).toEqual([2, 2]);
    expect(missing.code).toBe(1);
    expect([1, 2]).toContain(noSync.code);
    for (const ended of [usage, unknown, missing, noSync])
      expect(`${ended.stdout}${ended.stderr}`).not.toMatch(stack);
  },
);

test.concurrent(
  'run and status print one JSON document of the promised form, without secrets',
  async (context) => {
    const cwd = await place(context);
    const [api, ghl] = await Promise.all([startBookingApi('rest', someBookings(3)), startStrictGhl()]);
    context.onTestFinished(async () => {
      await Promise.all([api.close(), ghl.close()]);
    });
    const env = {
      ...environment,
      SHOP_URL: api.url,
      SHOP_SECRET: SECRET,
      GHL_URL: ghl.url,
      GHL_TOKEN: TOKEN,
    };

    const run = await boothsync(cwd, ['run', '-c', 'rest.yaml', '--json'], env);
    const status = await boothsync(cwd, ['status', '-c', 'rest.yaml', '--json'], env);

    expect(run.code).toBe(0);
    expect(run.json).toEqual({
      events: { done: 3, skipped: 0, superseded: 0, waiting: 0, dead: 0 },
      calls: ghl.calls.length,
      seconds: expect.any(Number) as number,
    });
    expect(status.code).toBe(0);
    expect(Object.keys(status.json)).toEqual(expect.arrayContaining(['lanes', 'sources', 'deadLetters']));
    expect(status.json['deadLetters']).toEqual([]);
    expect(listOf(status.json['lanes']).length).toBeGreaterThanOrEqual(1);
    expect(JSON.stringify(status.json['sources'])).toContain('reservations');
    for (const ended of [run, status]) {
      expect(`${ended.stdout}${ended.stderr}`).not.toContain(TOKEN);
      expect(`${ended.stdout}${ended.stderr}`).not.toContain(SECRET);
    }
    expect(isRecord(run.json['events'])).toBe(true);
  },
);

test.concurrent(
  'an API that is not there fails the run with 1, says which, and loses nothing',
  async (context) => {
    const cwd = await place(context);
    const [api, ghl] = await Promise.all([startBookingApi('rest', someBookings(3)), startStrictGhl()]);
    context.onTestFinished(async () => {
      await Promise.all([api.close(), ghl.close()]);
    });
    const env = { ...environment, SHOP_SECRET: SECRET, GHL_URL: ghl.url, GHL_TOKEN: TOKEN };

    const down = await boothsync(cwd, ['run', '-c', 'rest.yaml', '--json'], {
      ...env,
      SHOP_URL: 'http://127.0.0.1:9',
    });
    expect(down.code).toBe(1);
    expect(`${down.stdout}${down.stderr}`).toContain('reservations');
    expect(`${down.stdout}${down.stderr}`).not.toMatch(stack);
    const refused = await boothsync(cwd, ['run', '-c', 'rest.yaml', '--json'], {
      ...env,
      SHOP_URL: api.url,
      SHOP_SECRET: 'wrong-one',
    });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('401');
    await rm(join(cwd, '.env'), { force: true });
    const up = await boothsync(cwd, ['run', '-c', 'rest.yaml', '--json'], { ...env, SHOP_URL: api.url });
    expect(up.code).toBe(0);
    expect(ghl.contacts.size).toBe(3);
  },
);
