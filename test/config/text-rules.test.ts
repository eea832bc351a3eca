import { describe, expect, test } from 'vitest';
import type { Config } from '../../src/model/config.ts';
import type { Sync } from '../../src/model/sync.ts';
import { aConfig, load, loaded } from './load-config.ts';

/** What a field yields for a record. */
async function field(yaml: string, record: unknown, env = {}): Promise<unknown> {
  const config = await loaded(aConfig({ sync: `fields: { customFields: { any: ${yaml} } }` }), env);
  return syncOf(config).fields[0]!.value(record, {});
}

/** What the tag rules of a sync yield for a record. */
async function tags(yaml: string, record: unknown, env = {}): Promise<unknown[]> {
  const config = await loaded(aConfig({ sync: `tags: ${yaml}` }), env);
  return Promise.all(syncOf(config).tags.flatMap((rule) => rule.add.map((tag) => tag(record, {}))));
}

function syncOf(config: Config): Sync {
  return config.syncs.get('contacts')!;
}

async function form(yaml: string, env = {}): Promise<unknown> {
  const config = await loaded(
    aConfig({ poll: `{ request: { path: /b, form: { x: ${yaml} } }, records: data }` }),
    env,
  );
  const body = config.sources.get('bookings')!.poll!.request.body;
  return body?.type === 'form' ? body.fields['x']!(undefined, { since: '2026-01-01' }) : undefined;
}

async function json(yaml: string, env = {}): Promise<unknown> {
  const config = await loaded(
    aConfig({ poll: `{ request: { path: /b, json: ${yaml} }, records: data }` }),
    env,
  );
  const body = config.sources.get('bookings')!.poll!.request.body;
  return body?.type === 'json' ? body.value(undefined, { since: '2026-01-01' }) : undefined;
}

describe('rule 1: a property is an expression or text', () => {
  test('a field that is a string is an expression', async () => {
    expect(await field('first_name', { first_name: 'Ann' })).toBe('Ann');
  });

  test('a field that is a number or boolean is itself', async () => {
    expect(await field('5', {})).toBe(5);
    expect(await field('false', {})).toBe(false);
  });

  test('{ value } is any JSON verbatim', async () => {
    expect(await field('{ value: [1, { a: "{{ b }}" }, null] }', { b: 2 })).toEqual([
      1,
      { a: '{{ b }}' },
      null,
    ]);
  });

  test('{ text } is text with holes', async () => {
    expect(await field('{ text: "Hi {{ name }}" }', { name: 'Ann' })).toBe('Hi Ann');
  });

  test('{ expr } is an expression', async () => {
    expect(await field("{ expr: 'a + b' }", { a: 1, b: 2 })).toBe(3);
  });

  test('each takes on, and is otherwise always written', async () => {
    const config = await loaded(
      aConfig({
        sync: 'fields: { source: { value: a, on: create }, name: { text: b, on: always }, city: { expr: c } }',
      }),
    );

    expect(syncOf(config).fields.map(({ name, on }) => [name, on])).toEqual([
      ['source', 'create'],
      ['name', 'always'],
      ['city', 'always'],
    ]);
  });

  test('custom fields are fields by key or name', async () => {
    const config = await loaded(
      aConfig({ sync: 'fields: { email: email, customFields: { "Event date": a, x-size: 5 } }' }),
    );

    expect(syncOf(config).fields.map(({ name, custom }) => [name, custom])).toEqual([
      ['email', false],
      ['Event date', true],
      ['x-size', true],
    ]);
  });

  test('tags are texts, alone, in add, in lists and in remove', async () => {
    expect(await tags('[a, "b {{ c }}", { add: d }, { add: [e, f], remove: g }]', { c: 1 })).toEqual([
      'a',
      'b 1',
      'd',
      'e',
      'f',
    ]);
  });
});

describe('rule 2: variables', () => {
  test('come from the file’s vars before the environment', async () => {
    const config = await loaded(
      aConfig({ top: 'vars: { HOST: one }', http: '{ type: http, baseUrl: "https://${HOST}" }' }),
      {
        HOST: 'two',
      },
    );

    expect(config.connections.get('booth')!.baseUrl).toBe('https://one');
  });

  test.each([
    [{}, 'https://two'],
    [{ HOST: '' }, 'https://two'],
    [{ HOST: 'one' }, 'https://one'],
  ])('have a default, also for an empty one: %j', async (env, expected) => {
    const config = await loaded(aConfig({ http: '{ type: http, baseUrl: "https://${HOST:-two}" }' }), env);

    expect(config.connections.get('booth')!.baseUrl).toBe(expected);
  });

  test('are not looked for in names, comments or x-* keys', async () => {
    await loaded(aConfig({ top: 'x-note: "${NOBODY}" # ${NOBODY}' }));
  });

  test('are never replaced twice', async () => {
    expect(await form('"${A}"', { A: '${B} $${C}', B: 'wrong' })).toBe('${B} $${C}');
  });

  test('can’t bring YAML in', async () => {
    expect(await form('"${A}"', { A: '"\n b: 1 # {' })).toBe('"\n b: 1 # {');
  });

  test('can’t bring holes in', async () => {
    expect(await form('"{${A}"', { A: '{ $since }} {{ $since }}' })).toBe('{{ $since }} {{ $since }}');
    expect(await json('{ a: "${A}" }', { A: '{{ $since }}' })).toEqual({ a: '{{ $since }}' });
  });

  test('are not replaced inside holes', async () => {
    expect(await form('\'${A} {{ "${A}" & $since }}\'', { A: 'x' })).toBe('x ${A}2026-01-01');
  });

  test('are not replaced inside expressions: a warning says so', async () => {
    const { config, problems } = await load(aConfig({ sync: 'fields: { source: \'"${A}"\' }' }), { A: 'x' });

    expect(await syncOf(config!).fields[0]!.value({}, {})).toBe('${A}');
    expect(problems.map(({ code, severity }) => [code, severity])).toEqual([['expression', 'warning']]);
  });

  test('expressions see $vars, which holds vars only', async () => {
    const config = await loaded(
      aConfig({ top: 'vars: { CITY: Leeds }', sync: "fields: { city: '$vars.CITY & $vars.HOME' }" }),
      {
        HOME: '/root',
      },
    );

    expect(await syncOf(config).fields[0]!.value({}, {})).toBe('Leeds');
  });

  test('take the type that the property wants', async () => {
    const config = await loaded(
      aConfig({
        top: 'server: { port: "${PORT}", backlog: "${BACKLOG}", bodyLimit: "${LIMIT}" }',
        sync: 'enabled: "${ON}"\n    onDelete: "${GONE}"\n    quiet: "${QUIET}"',
      }),
      { PORT: '9000', BACKLOG: '7', LIMIT: '2KiB', ON: 'false', GONE: 'delete', QUIET: '5s' },
    );

    expect(config.server).toMatchObject({ port: 9000, backlog: 7, bodyLimitBytes: 2048 });
    expect(syncOf(config)).toMatchObject({ enabled: false, onDelete: { type: 'delete' }, quietMs: 5000 });
  });

  test.each([
    ['server: { port: "${X}" }', 'http'],
    ['server: { port: "${X}" }', '70000'],
    ['server: { bodyLimit: "${X}" }', 'big'],
    ['store: "${X}"', 'boothsync.db'],
    ['timezone: "${X}"', 'Mars/Olympus'],
  ])('that don’t fit are told at their place: %s = %s', async (top, X) => {
    const { problems, config } = await load(aConfig({ top }), { X });

    expect(config).toBeUndefined();
    expect(problems).toMatchObject([
      { code: 'bad-value', at: { start: `version: 1\n${top}`.indexOf('"${X}"') } },
    ]);
  });

  test('$${ is a literal ${', async () => {
    expect(await form('"$${A} ${A}"', { A: 'x' })).toBe('${A} x');
  });

  test('${file:PATH} reads a file beside the config, without the line end at its end', async () => {
    const config = await loaded(
      aConfig({ ghl: '{ type: ghl, location: l, auth: { type: token, token: "${file:token.txt}" } }' }),
      {},
      {
        'token.txt': 'pit-from-file\n',
      },
    );

    expect(config.connections.get('ghl')!.auth).toEqual({ type: 'bearer', token: 'pit-from-file' });
    expect(config.secrets).toContain('pit-from-file');
  });

  test('${file:PATH} that is not there is told at its place', async () => {
    const yaml = aConfig({ http: '{ type: http, baseUrl: "http://${file:none.txt}" }' });

    const { problems } = await load(yaml);

    expect(problems).toMatchObject([{ code: 'file-unreadable', at: { start: yaml.indexOf('${file') } }]);
  });

  test('.env beside the config is read, and the environment wins', async () => {
    const yaml = aConfig({ http: '{ type: http, baseUrl: "https://${A}.${B}" }' });

    const config = await loaded(yaml, { B: 'process' }, { '.env': 'A=file # a comment\nB="file"\n' });

    expect(config.connections.get('booth')!.baseUrl).toBe('https://file.process');
  });

  test('an env file that was named must be there', async () => {
    const { problems } = await load(aConfig(), {}, {}, { envFile: '/nowhere/.env' });

    expect(problems).toMatchObject([{ code: 'file-unreadable', at: { file: '/nowhere/.env' } }]);
  });

  test('all that are unset are told at once, each once at its first place', async () => {
    const yaml = aConfig({
      http: '{ type: http, baseUrl: "${URL}" }',
      ghl: '{ type: ghl, location: "${LOCATION}", baseUrl: "${URL}", auth: { type: token, token: "x${TOKEN}" } }',
    });

    const { problems } = await load(yaml);

    expect(problems.map(({ code, at }) => [code, yaml.slice(at!.start, at!.end)])).toEqual([
      ['unset-variable', '${URL}'],
      ['unset-variable', '${LOCATION}'],
      ['unset-variable', '${TOKEN}'],
    ]);
  });

  test('that are unset can be kept, for commands that need no environment', async () => {
    const { config, problems } = await load(
      aConfig({ sync: 'fields: { source: { value: "${A}" } }' }),
      {},
      {},
      { unset: 'keep' },
    );

    expect(problems).toEqual([]);
    expect(await syncOf(config!).fields[0]!.value({}, {})).toBe('${A}');
  });

  test('that are kept need not fit', async () => {
    const top = 'server: { port: "${PORT}" }\nstore: "${STORE}"';
    const http = '{ type: http, baseUrl: "${URL}" }';

    const { config, problems } = await load(aConfig({ top, http }), {}, {}, { unset: 'keep' });

    expect(problems).toEqual([]);
    expect(config!.server.port).toBe(8080);
  });

  test('written as a shell has them are literal text, with a warning', async () => {
    const { config, problems } = await load(
      aConfig({ ghl: '{ type: ghl, location: $LOCATION, auth: { type: token, token: abc } }' }),
    );

    expect(config!.connections.get('ghl')!.location).toBe('$LOCATION');
    expect(problems).toMatchObject([{ code: 'bad-value', severity: 'warning' }]);
  });
});

describe('rule 3: text', () => {
  test('that is one hole keeps the value’s type', async () => {
    expect(await json('{ a: "{{ 5 }}", b: "n {{ 5 }}" }')).toEqual({ a: 5, b: 'n 5' });
  });

  test('that is one hole with nothing yields nothing', async () => {
    expect(await form('"{{ $missing }}"'.replace('$missing', 'missing'))).toBeUndefined();
  });

  test('inside longer text nothing is empty, but a tag is then not added', async () => {
    expect(await form('"a {{ missing }}"')).toBe('a ');
    expect(await tags('["event:{{ missing }}"]', {})).toEqual([undefined]);
  });

  test('a list gives several tags', async () => {
    expect(await tags('["{{ names }}"]', { names: ['a', 'b'] })).toEqual([['a', 'b']]);
  });

  test('a hole ends at the first }} outside strings and braces', async () => {
    expect(await form(`'{{ {"a": {"b": "}}"}}.a.b }}!'`)).toBe('}}!');
  });

  test('a number is as it was written', async () => {
    expect(await form('1.50')).toBe('1.50');
  });
});

describe('rule 4: nothing, null, empty', () => {
  test('empty: keep switches the cleaning off', async () => {
    const kept = await loaded(aConfig({ source: 'key: id\n    empty: keep' }));
    const cleaned = await loaded(aConfig());

    expect([kept, cleaned].map((config) => config.sources.get('bookings')!.keepEmpty)).toEqual([true, false]);
  });

  test('{ value: null } clears a field', async () => {
    expect(await field('{ value: null }', {})).toBe(null);
  });

  test('a bare field is an error that names the way out', async () => {
    const { problems } = await load(aConfig({ sync: 'fields: { phone: }' }));

    expect(problems).toMatchObject([
      { code: 'wrong-type', remedy: expect.stringContaining('{ value: null }') as string },
    ]);
  });
});

describe('rule 8: quoting', () => {
  test.each(['when: a ? "x" : b', 'when: "a" & b', 'when: *a', 'when: !a', 'when: [a].b', 'when: `a` = 1'])(
    '%s: the error says to use single quotes',
    async (sync) => {
      const { problems } = await load(aConfig({ sync }));

      expect(problems).toMatchObject([
        { code: 'yaml', remedy: expect.stringMatching(/single quotes/) as string },
      ]);
    },
  );

  test('the remedy writes the value as it must be', async () => {
    const { problems } = await load(aConfig({ sync: `when: a = "it's" ? b : c` }));

    expect(problems[0]!.remedy).toBe(`put an expression in single quotes: 'a = "it''s" ? b : c'`);
  });
});
