import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aPlace, boothsync, CONFIG } from '../run-boothsync.ts';

const folder = join(import.meta.dirname);
const expected = (name: string) => readFileSync(join(folder, name), 'utf8');
const own = join(process.cwd(), 'sync.config.yaml');
const shop = join(folder, 'shop.yaml');

test('sync.config.yaml is told in words, without any environment', async () => {
  const { code, stdout, stderr } = await boothsync(['describe', '-c', own]);

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toBe(expected('sync.config.txt'));
});

test('and in Markdown with a diagram', async () => {
  const { code, stdout } = await boothsync(['describe', '-c', own, '--format', 'markdown']);

  expect(code).toBe(0);
  expect(stdout).toBe(expected('sync.config.md'));
});

test('resources of another API, OAuth, secrets in files and elements are told, too', async () => {
  const { code, stdout } = await boothsync(['describe', '-c', shop]);

  expect(code).toBe(0);
  expect(stdout).toBe(expected('shop.txt'));
});

test('as JSON each expression stands beside its words', async () => {
  const { stdout } = await boothsync(['describe', '-c', shop, '--json']);

  expect(JSON.parse(stdout)).toMatchObject({
    connections: [
      { connection: 'shop', auth: 'oauth', scopes: ['orders.read'], verify: 'hmac', dueAt: null },
      { connection: 'crm', rotateEvery: '30d' },
    ],
    sources: [{ source: 'orders', key: { expression: 'id', words: 'id' } }],
    syncs: [
      {
        sync: 'customers',
        fields: expect.arrayContaining([
          {
            field: 'email',
            from: { expression: '$lowercase(email)', words: 'email, in small letters' },
            on: 'create',
          },
        ]) as unknown,
      },
      { fields: [{ field: 'title' }, { from: { expression: '$num(price) * 100', words: null } }] },
    ],
    credentials: [],
  });
});

test('the value of a secret is in none of it, wherever it stands', async () => {
  const env = {
    NEW_SECRET: 'a-very-new-secret',
    CRM_TOKEN: 'crm-token-0815',
    CRM_URL: 'https://crm.example.com',
  };

  const outputs = await Promise.all(
    ['text', 'markdown', 'json'].map((format) =>
      boothsync(['describe', '-c', shop, '--format', format], { env }),
    ),
  );

  for (const { stdout, stderr } of outputs)
    expect(stdout + stderr).not.toMatch(/hunter2|fallback-secret|a-very-new-secret|crm-token-0815/);
});

test('once there is a store, it says when a credential is due', async () => {
  const rotating = CONFIG.replace('token: pit }', 'token: pit, rotateEvery: 90d }');
  const place = await aPlace({ 'sync.config.yaml': rotating });
  const before = await boothsync(['describe'], { cwd: place });
  await boothsync(['run'], { cwd: place }); // nothing answers there: it fails, and has a store

  const after = await boothsync(['describe', '--json'], { cwd: place });

  expect(before.stdout).toContain('to be replaced    every 90 days\n');
  const [, ghl] = (JSON.parse(after.stdout) as { connections: { since: string; dueAt: string }[] })
    .connections;
  expect(ghl!.since).toMatch(/^\d{4}-\d\d-\d\d$/);
  expect(Date.parse(ghl!.dueAt) - Date.parse(ghl!.since)).toBe(90 * 86_400_000);
});

test('a config that is wrong is told as by validate', async () => {
  const place = await aPlace({ 'sync.config.yaml': CONFIG.replace('email: email', 'emial: email') });

  const { code, stdout, stderr } = await boothsync(['describe'], { cwd: place });

  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain('did you mean "email"?');
});

test('a short list is shown itself, and an API that asks for nothing says so', async () => {
  const config = CONFIG.replace(/^syncs:/m, (block) =>
    [
      'syncs:',
      '  tell: { from: bookings, call: ghl.contacts.add-tags, parent: contacts, with: { tags: { value: [new, "very new"] } } }',
      block.slice('syncs:'.length),
    ].join('\n'),
  ).replace(/^connections:/m, 'connections:\n  open: { type: http, baseUrl: "https://open.example" }');
  const place = await aPlace({ 'sync.config.yaml': config });

  const { stdout } = await boothsync(['describe'], { cwd: place });

  expect(stdout).toMatch(/tags +\["new","very new"\]/);
  expect(stdout).toContain('proves itself by  nothing');
});
