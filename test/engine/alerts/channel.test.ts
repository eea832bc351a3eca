import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openChannel, type Channel } from '../../../src/engine/alerts/channel.ts';
import { channelPlans } from '../../../src/engine/alerts/channel-plans.ts';
import type { AlertRule, Cause, Notify, Trouble } from '../../../src/model/alert.ts';
import type { Log } from '../../../src/model/log.ts';
import type { Store } from '../../../src/store/store.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { manualClock, type ManualClock } from '../../support/clocks.ts';
import { aHook, aMailServer, type Hook } from '../../support/receivers.ts';
import { until } from '../../support/wait.ts';

let folder: string;
let store: Store;
let clock: ManualClock;
let lines: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'boothsync-alerts-'));
  clock = manualClock();
  store = await openStore(`sqlite:${join(folder, 'sync.db')}`, { clock, owner: true });
  lines = [];
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const log = (): Log => {
  const add = (_: object, message: string) => void lines.push(message);
  return { debug: add, info: add, warn: add, error: add };
};

function open(notify: Notify, rule: Partial<AlertRule> = {}): Promise<Channel> {
  const rules = [{ on: ['dead-letter', 'lag'] as const, overMs: 600_000, ...rule, notify }];
  const [plan] = channelPlans(rules);
  return openChannel({ plan: plan!, tenant: 'default', store, clock, log: log(), clean: (text) => text });
}

const toHook = ({ url }: Hook, format: 'json' | 'slack' = 'json'): Notify => ({
  type: 'webhook',
  url,
  format,
});

async function happens(wish: Partial<Trouble> = {}, endedAt: number | null = clock.now()): Promise<void> {
  const trouble: Trouble = {
    cause: 'dead-letter',
    place: 'syncs.contacts',
    mark: '',
    message: '422: phone must be a <valid> phone number',
    remedy: 'correct the record & retry',
    command: 'boothsync events list --sync contacts',
    since: clock.now(),
    count: 1,
    ...wish,
  };
  await store.write((tables) => tables.alerts.add('default', trouble, clock.now(), endedAt));
}

const newest = (): Promise<ReadonlyMap<Cause, number>> => store.read.alerts.newest('default');

/** One look, and all that follows from it. */
async function look(channel: Channel): Promise<void> {
  const seen = lines.length;
  const before = JSON.stringify(await store.read.alertSends.all());
  channel.wake(await newest());
  for (let turn = 0; turn < 100; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 2));
    if (lines.length > seen || JSON.stringify(await store.read.alertSends.all()) !== before) return;
  }
}

test('a webhook gets what, where, since when, how many, what to do and what to type', async () => {
  const hook = await aHook();
  const channel = await open(toHook(hook));
  await happens({ count: 3 });

  await look(channel);

  expect(hook.got).toHaveLength(1);
  const [{ json, headers }] = hook.got as [(typeof hook.got)[number]];
  expect(json).toEqual({
    id: expect.stringMatching(/^[\w-]{16}$/) as string,
    cause: 'dead-letter',
    tenant: 'default',
    title: 'boothsync: events that can not be applied: syncs.contacts',
    text: [
      'boothsync: events that can not be applied: syncs.contacts',
      'syncs.contacts: 422: phone must be a <valid> phone number',
      '  since 2026-05-01T10:00:00.000Z, 3 of them',
      '  → correct the record & retry',
      '  $ boothsync events list --sync contacts',
    ].join('\n'),
    count: 3,
    sentAt: '2026-05-01T10:00:00.000Z',
    troubles: [
      {
        place: 'syncs.contacts',
        connection: null,
        source: null,
        sync: 'contacts',
        message: '422: phone must be a <valid> phone number',
        since: '2026-05-01T10:00:00.000Z',
        until: null,
        count: 3,
        remedy: 'correct the record & retry',
        command: 'boothsync events list --sync contacts',
      },
    ],
  });
  expect(headers).toMatchObject({ 'content-type': 'application/json', 'idempotency-key': json['id'] });
});

test('Slack gets a text, with its own signs escaped', async () => {
  const hook = await aHook();
  const channel = await open(toHook(hook, 'slack'));
  await happens();

  await look(channel);

  expect(Object.keys(hook.got[0]!.json)).toEqual(['text']);
  expect(hook.got[0]!.json['text']).toContain('must be a &lt;valid&gt; phone number');
  expect(hook.got[0]!.json['text']).toContain('the record &amp; retry');
});

test('the first alert of a cause leaves at once, further ones are gathered for five minutes', async () => {
  const hook = await aHook();
  const channel = await open(toHook(hook));
  await happens();
  await look(channel);
  for (let at = 0; at < 4; at++) {
    await clock.pass(60_000);
    await happens({ place: at % 2 === 0 ? 'syncs.contacts' : 'syncs.notes', count: 2 });
    await look(channel);
  }
  const atFourMinutes = hook.got.length;

  await clock.pass(60_000);
  await look(channel);
  await look(channel);

  expect(atFourMinutes).toBe(1);
  expect(hook.got).toHaveLength(2);
  expect(hook.got[1]!.json).toMatchObject({
    count: 8,
    troubles: [
      { sync: 'contacts', count: 4, since: '2026-05-01T10:01:00.000Z' },
      { sync: 'notes', count: 4 },
    ],
  });
});

test('another cause does not wait for what is gathered of the first', async () => {
  const hook = await aHook();
  const channel = await open(toHook(hook));
  await happens();
  await look(channel);

  await happens({ cause: 'lag', place: 'lane', mark: '600000' }, null);
  await look(channel);

  expect(hook.got.map(({ json }) => json['cause'])).toEqual(['dead-letter', 'lag']);
});

test('a receiver that refuses is tried again, later each time, and given up after twenty tries', async () => {
  const hook = await aHook();
  hook.answer(503);
  const channel = await open(toHook(hook));
  await happens();
  const waits: number[] = [];

  while (!lines.some((line) => line.includes('given up'))) {
    await look(channel);
    const [state] = await store.read.alertSends.all();
    const waitMs = Math.max(0, state!.nextAt - clock.now());
    waits.push(waitMs / 1000);
    // A moment too early nothing is sent.
    await clock.pass(Math.max(0, waitMs - 1));
    channel.wake(await newest());
    await clock.pass(1);
  }

  expect(hook.got).toHaveLength(20);
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, ...Array.from({ length: 10 }, () => 300), 0]);
  expect(new Set(hook.got.map(({ json }) => json['id'])).size).toBe(1);
});

test('what was not taken is sent by the next process, and what was is not', async () => {
  const hook = await aHook();
  const first = await open(toHook(hook));
  await happens({ message: 'told' });
  await look(first);
  hook.answer('hang');
  await clock.pass(300_000);
  await happens({ message: 'not taken' });
  first.wake(await newest());
  await until(() => hook.got.length === 2);
  first.stop();
  hook.answer(200);

  const second = await open(toHook(hook));
  await second.flush(await newest());
  const third = await open(toHook(hook));
  await third.flush(await newest());

  const told = hook.got.map(({ json }) => (json['troubles'] as { message: string }[])[0]!.message);
  expect(told).toEqual(['told', 'not taken', 'not taken']);
});

test('who is new is told what lasts, and nothing of what was over before', async () => {
  const hook = await aHook();
  await happens({ cause: 'lag', place: 'over', mark: '600000' }, clock.now());
  await happens({ cause: 'lag', place: 'lasting', mark: '600000' }, null);
  await clock.pass(1_000);

  const channel = await open(toHook(hook));
  await channel.flush(await newest());

  expect(
    hook.got.map(({ json }) => (json['troubles'] as { place: string }[]).map(({ place }) => place)),
  ).toEqual([['lasting']]);
});

test('who asks for a lag of an hour is not told of ten minutes', async () => {
  const hook = await aHook();
  const channel = await open(toHook(hook), { on: ['lag'], overMs: 3_600_000 });
  await happens({ cause: 'lag', place: 'lane', mark: '600000' }, null);
  await channel.flush(await newest());
  const before = hook.got.length;

  await happens({ cause: 'lag', place: 'lane', mark: '3600000' }, null);
  await channel.flush(await newest());

  expect([before, hook.got.length]).toEqual([0, 1]);
});

test('a redirect is not followed: it could lead to anybody', async () => {
  const hook = await aHook();
  hook.answer(307);
  const channel = await open(toHook(hook));
  await happens();

  await look(channel);

  expect(lines).toEqual(['an alert could not be sent; it is tried again: it answered 307']);
});

test('a mail goes to all who are named, with a login', async () => {
  const server = await aMailServer();
  const smtp = `smtp://ops%40example.com:p%40ss@127.0.0.1:${server.port}`;
  const channel = await open({
    type: 'email',
    to: ['ann@example.com', 'joe@example.com'],
    from: 'ops@example.com',
    smtp,
  });
  await happens();

  await channel.flush(await newest());

  expect(lines).toEqual([]);
  expect(server.mails).toMatchObject([
    { from: 'ops@example.com', to: ['ann@example.com', 'joe@example.com'], login: 'ops@example.com:p@ss' },
  ]);
  expect(server.mails[0]!.data).toContain(
    'Subject: boothsync: events that can not be applied: syncs.contacts',
  );
  expect(server.mails[0]!.data).toContain('$ boothsync events list --sync contacts');
});

test('a mail server that takes the connection and says nothing is given up, and leaves nothing open', async () => {
  const server = await aMailServer({ mute: true });
  const channel = await open({
    type: 'email',
    to: ['ann@example.com'],
    from: 'ann@example.com',
    smtp: `smtp://127.0.0.1:${server.port}`,
  });
  await happens();
  const flushed = channel.flush(await newest());
  await new Promise((resolve) => setTimeout(resolve, 50));

  await clock.pass(10_000);
  await flushed;

  expect(lines).toEqual(['an alert could not be sent; it is tried again: no answer within 10 s']);
});

test('a command gets the alert as JSON on its standard input, and its arguments as they are', async () => {
  const script =
    'let t = ""; process.stdin.on("data", (c) => (t += c)).on("end", () => require("fs").writeFileSync("got.json", JSON.stringify([process.argv.slice(1), JSON.parse(t)])))';
  const run = [process.execPath, '-e', script, 'an argument; $(touch no)', '`x`'];
  const channel = await open({ type: 'command', run, folder });
  await happens();

  await channel.flush(await newest());

  expect(lines).toEqual([]);
  const [args, message] = JSON.parse(await readFile(join(folder, 'got.json'), 'utf8')) as [string[], object];
  expect(args).toEqual(['an argument; $(touch no)', '`x`']);
  expect(message).toMatchObject({ cause: 'dead-letter', count: 1 });
});

test.each([
  [
    'ends with an error',
    ['-e', 'console.error("no such room"); process.exit(3)'],
    'it ended with 3: no such room',
  ],
  ['is not there', undefined, 'ENOENT'],
])('a command that %s is tried again', async (_, args, words) => {
  const run = args ? [process.execPath, ...args] : ['/nowhere/at-all'];
  const channel = await open({ type: 'command', run, folder });
  await happens();

  await channel.flush(await newest());

  expect(lines).toEqual([expect.stringContaining(words)]);
});

test('a command that never ends is killed with all that it started', async () => {
  await writeFile(join(folder, 'hang.sh'), '#!/bin/sh\nsleep 600 &\necho $! > child.pid\nwait\n', {
    mode: 0o755,
  });
  const channel = await open({ type: 'command', run: ['./hang.sh'], folder });
  await happens();
  const flushed = channel.flush(await newest());
  const pidFile = () => readFile(join(folder, 'child.pid'), 'utf8').catch(() => '');
  await until(async () => (await pidFile()).endsWith('\n'), 'the command');
  const pid = (await pidFile()).trim();

  await clock.pass(10_000);
  await flushed;

  expect(lines).toEqual(['an alert could not be sent; it is tried again: no answer within 10 s']);
  await until(async () => !/\) [^Z]/.test(await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')));
});
