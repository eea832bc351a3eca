import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { validateFile } from '../../src/config/validate.ts';
import { aConfig, aFolder, load, loaded } from './load-config.ts';

describe('connections', () => {
  test('of type ghl have their address and limits built in', async () => {
    const config = await loaded(aConfig());

    expect(config.connections.get('ghl')).toMatchObject({
      type: 'ghl',
      baseUrl: 'https://services.leadconnectorhq.com',
      location: 'loc',
      auth: { type: 'bearer', token: 'pit-123' },
      rateLimit: { requests: 100, perMs: 10_000, daily: 200_000 },
      timeoutMs: 30_000,
    });
  });

  test.each([
    '{ type: bearer, token: "${TOKEN}" }',
    '{ type: header, name: x-key, value: "${TOKEN}" }',
    '{ type: header, fields: { x-key: "${TOKEN}" } }',
  ])('whose secret no header can hold are told so: %s', async (auth) => {
    const yaml = aConfig({ http: `{ type: http, baseUrl: https://booth.example, auth: ${auth} }` });

    for (const TOKEN of ['two\nlines', '“quoted”', 'nul\0']) {
      const { problems } = await load(yaml, { TOKEN });
      expect(problems).toMatchObject([{ code: 'bad-value', at: { start: yaml.indexOf('"${TOKEN}"') } }]);
      expect(JSON.stringify(problems)).not.toContain(JSON.stringify(TOKEN).slice(1, -1));
    }
  });

  test('of type http have no limit that they do not name, and no slash at the end', async () => {
    const config = await loaded(
      aConfig({ http: '{ type: http, baseUrl: "https://booth.example/api//", timeout: 5s }' }),
    );

    const booth = config.connections.get('booth')!;
    expect(booth).toMatchObject({
      baseUrl: 'https://booth.example/api',
      auth: { type: 'none' },
      timeoutMs: 5000,
    });
    expect(booth).not.toHaveProperty('rateLimit');
  });

  test.each([
    ['{ type: none }', { type: 'none' }],
    ['{ type: bearer, token: abc }', { type: 'bearer', token: 'abc' }],
    ['{ type: token, token: abc }', { type: 'bearer', token: 'abc' }],
    ['{ type: basic, username: a, password: b }', { type: 'basic', username: 'a', password: 'b' }],
    ['{ type: form, fields: { key: a, secret: b } }', { type: 'form', fields: { key: 'a', secret: 'b' } }],
    ['{ type: header, fields: { x-api-key: a } }', { type: 'header', fields: { 'x-api-key': 'a' } }],
    ['{ type: header, name: X-Key, value: a }', { type: 'header', fields: { 'X-Key': 'a' } }],
    ['{ type: query, name: key, value: 007 }', { type: 'query', fields: { key: '007' } }],
  ])('auth %s', async (auth, expected) => {
    const yaml = aConfig({
      http: `{ type: http, baseUrl: "http://x", auth: ${auth.replace('007', '"007"')} }`,
    });

    const config = await loaded(yaml);

    expect(config.connections.get('booth')!.auth).toEqual(expected);
  });

  test('an empty token is told, not sent', async () => {
    const { problems } = await load(
      aConfig({ ghl: '{ type: ghl, location: l, auth: { type: token, token: "${T}" } }' }),
      { T: '' },
    );

    expect(problems).toMatchObject([{ code: 'bad-value', message: '${T} is empty' }]);
  });

  test('webhooks are verified by hmac, with the usual defaults', async () => {
    const verify = '{ type: hmac, header: X-Signature, format: "t={timestamp},v1={signature}", secret: abc }';
    const config = await loaded(
      aConfig({
        http: `{ type: http, baseUrl: "http://x", webhook: { event: body.type, verify: ${verify} } }`,
      }),
    );

    expect(config.connections.get('booth')!.webhook!.verify).toEqual({
      type: 'hmac',
      algorithm: 'sha256',
      header: 'x-signature',
      encoding: 'hex',
      prefix: '',
      format: 't={timestamp},v1={signature}',
      signed: '{timestamp}.{body}',
      toleranceMs: 7_200_000,
      secrets: ['abc'],
    });
  });

  test('several secrets while one is rotated: an empty one is none', async () => {
    const verify = '{ type: token, header: X-Token, secrets: ["${NEW}", "${OLD:-}"] }';
    const yaml = aConfig({ http: `{ type: http, baseUrl: "http://x", webhook: { verify: ${verify} } }` });

    const config = await loaded(yaml, { NEW: 'new-secret' });

    expect(config.connections.get('booth')!.webhook!.verify).toEqual({
      type: 'token',
      header: 'x-token',
      secrets: ['new-secret'],
    });
  });
});

describe('sources', () => {
  test('have the documented defaults', async () => {
    const config = await loaded(aConfig());

    const source = config.sources.get('bookings')!;
    expect(source).toMatchObject({ connection: 'booth', let: [], keepEmpty: false, partial: false });
    expect(source.poll).toMatchObject({
      overlapMs: 300_000,
      next: { type: 'none' },
      request: { method: 'GET' },
    });
    expect(source.poll).not.toHaveProperty('everyMs');
  });

  test('let names keep their order', async () => {
    const config = await loaded(aConfig({ source: 'key: id\n    let: { b: x, a: $b & "!", c: $a }' }));

    expect(config.sources.get('bookings')!.let.map(({ name }) => name)).toEqual(['b', 'a', 'c']);
  });

  test.each([
    ['page', { type: 'page', param: 'page', start: 1 }],
    ['offset', { type: 'offset', param: 'offset', start: 0 }],
    ['{ type: page, param: p, start: 0 }', { type: 'page', param: 'p', start: 0 }],
    [
      '{ type: cursor, value: c }',
      { type: 'cursor', param: 'cursor', value: expect.any(Function) as unknown },
    ],
    ['link', { type: 'link' }],
    ['{ type: link, value: c }', { type: 'link', value: expect.any(Function) as unknown }],
    ['none', { type: 'none' }],
  ])('next: %s', async (next, expected) => {
    const config = await loaded(aConfig({ poll: `{ request: { path: /b }, records: data, next: ${next} }` }));

    expect(config.sources.get('bookings')!.poll!.next).toEqual(expected);
  });

  test('a window without a step is read in one piece', async () => {
    const config = await loaded(
      aConfig({ poll: '{ window: { from: -1d, to: +2d }, request: { path: /b }, records: data }' }),
    );

    expect(config.sources.get('bookings')!.poll!.window).toEqual({
      fromMs: -86_400_000,
      toMs: 172_800_000,
      stepMs: 259_200_000,
    });
  });

  test('a request with a body is a POST unless told otherwise', async () => {
    const methods = [
      'json: { a: 1 }',
      'form: { a: 1 }',
      'multipart: { a: 1 }',
      'json: {}, method: PUT',
      'query: { a: 1 }',
    ].map(async (body) => {
      const config = await loaded(aConfig({ poll: `{ request: { path: /b, ${body} }, records: data }` }));
      return config.sources.get('bookings')!.poll!.request.method;
    });

    expect(await Promise.all(methods)).toEqual(['POST', 'POST', 'POST', 'PUT', 'GET']);
  });

  test('events are a name or several; none of them where all are taken, named or not', async () => {
    const http = '{ type: http, baseUrl: "http://x", webhook: { event: body.type, verify: { type: none } } }';
    const events = ['events: a.*, ', 'events: [a, b], ', ''].map(async (each) => {
      const config = await loaded(aConfig({ http, source: `key: id\n    webhook: { ${each}record: body }` }));
      return config.sources.get('bookings')!.webhook!.events;
    });

    expect(await Promise.all(events)).toEqual([['a.*'], ['a', 'b'], []]);
  });
});

describe('syncs', () => {
  test('have the documented defaults', async () => {
    const config = await loaded(aConfig());

    expect(config.syncs.get('contacts')).toMatchObject({
      source: 'bookings',
      enabled: true,
      connection: 'ghl',
      resource: 'contact',
      fields: [],
      tags: [],
      onDelete: { type: 'ignore' },
      onLeave: { type: 'ignore' },
      quietMs: 2000,
    });
  });

  test('a rule with else: remove owns its tags', async () => {
    const config = await loaded(
      aConfig({ sync: 'tags: [{ when: a, add: b, else: remove }, { add: c }, d]' }),
    );

    expect(config.syncs.get('contacts')!.tags.map(({ owns }) => owns)).toEqual([true, false, false]);
  });

  test('a mapping’s digest changes with what it depends on, and with nothing else', async () => {
    const base = aConfig({ sync: 'fields: { email: email }' });
    const digest = async (yaml: string, env = {}): Promise<string> =>
      (await loaded(yaml, env)).syncs.get('contacts')!.digest;
    const same = [
      base,
      base.replace('{ email: email }', '{ email: "email" } # a comment'),
      aConfig({ sync: 'fields: { email: email }\n    enabled: false\n    quiet: 9s\n    x-note: 1' }),
      aConfig({ sync: 'fields: { email: email }', top: 'server: { port: 1 }' }),
    ];
    const different = [
      aConfig({ sync: 'fields: { email: mail }' }),
      aConfig({ sync: 'fields: { email: email }', top: 'timezone: Europe/Paris' }),
      aConfig({ sync: 'fields: { email: email }', top: 'vars: { a: 1 }' }),
      aConfig({ sync: 'fields: { email: email }', source: 'key: id\n    let: { a: b }' }),
      aConfig({ sync: 'fields: { email: email }', source: 'key: ids' }),
    ];

    expect(new Set(await Promise.all(same.map((yaml) => digest(yaml)))).size).toBe(1);
    expect(new Set(await Promise.all([base, ...different].map((yaml) => digest(yaml)))).size).toBe(
      1 + different.length,
    );
  });
});

describe('the rest of the file', () => {
  test('has the documented defaults, with the store beside the config', async () => {
    const folder = aFolder(aConfig());

    const { config } = await loadConfig(join(folder, 'sync.config.yaml'), { env: {} });

    expect(config).toMatchObject({
      path: join(folder, 'sync.config.yaml'),
      timezone: 'UTC',
      hasTimezone: false,
      store: `sqlite:${join(folder, 'boothsync.db')}`,
      server: { host: '127.0.0.1', port: 8080, token: '', bodyLimitBytes: 1_048_576, backlog: 100_000 },
    });
  });

  test('credentials and what is named like one are secrets; short ones are not', async () => {
    const yaml = aConfig({
      top: 'server: { token: "${ADMIN}" }',
      http: '{ type: http, baseUrl: "https://${HOST_NAME}", auth: { type: basic, username: short, password: literal-password } }',
      ghl: '{ type: ghl, location: "${API_KEY}", auth: { type: token, token: "pit-${PART}" } }',
    });

    const config = await loaded(yaml, {
      ADMIN: 'admin-value',
      HOST_NAME: 'public.example',
      API_KEY: 'key-value',
      PART: 'part-value',
    });

    expect([...config.secrets].sort()).toEqual(
      [
        'admin-value',
        // As Basic sends it.
        Buffer.from('short:literal-password').toString('base64'),
        'key-value',
        'literal-password',
        'part-value',
        'pit-part-value',
      ].sort(),
    );
  });

  test('what a request bears as its proof is secret, too, as is whatever comes from a file, and the password of a store', async () => {
    const headers = '{ x-crm-auth: "${CRM_PROOF}", x-part: "${PART}", x-of-file: "${file:part.txt}" }';
    const yaml = aConfig({
      top: 'store: "postgres://db.example/sync?user=me&password=of%21the-store"',
      poll: `{ request: { path: /bookings, headers: ${headers} }, records: data }`,
    });

    const config = await loaded(
      yaml,
      { CRM_PROOF: 'proof-value', PART: 'public-value' },
      { 'part.txt': 'file-value' },
    );

    expect([...config.secrets].sort()).toEqual([
      'file-value',
      'of!the-store',
      'of%21the-store',
      'pit-123',
      'proof-value',
    ]);
  });

  test('a file that is not there is one problem', async () => {
    const { problems, config } = await loadConfig('/nowhere/sync.config.yaml', { env: {} });

    expect(config).toBeUndefined();
    expect(problems).toMatchObject([{ code: 'file-unreadable' }]);
  });

  test('validate needs no environment, and counts what is there', async () => {
    const folder = aFolder(aConfig({ http: '{ type: http, baseUrl: "${URL}" }' }));

    const { problems, counts } = await validateFile(join(folder, 'sync.config.yaml'));

    expect(problems).toEqual([]);
    expect(counts).toEqual({ connections: 2, sources: 1, syncs: 1 });
  });

  test('warnings keep nothing from running', async () => {
    const { config, problems } = await load(
      aConfig({ http: '{ type: http, baseUrl: "http://x", webhook: { event: body.type } }' }),
    );

    expect(config).toBeDefined();
    expect(problems).toMatchObject([
      { severity: 'warning', message: expect.stringContaining('not verified') as string },
    ]);
  });
});
