import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { FindingJson } from '../../src/cli/print/print-findings.ts';
import { aBooking } from '../support/a-config.ts';
import { command, commandJson } from '../support/command.ts';
import { freePort } from '../support/free-port.ts';
import { oauthConfig, oauthWish, writeKey } from '../support/oauth-world.ts';
import { worlds, type World } from '../support/world.ts';

const world = worlds();

interface Checked {
  readonly code: number | null;
  readonly ok: boolean;
  readonly findings: readonly FindingJson[];
  readonly wrong: readonly FindingJson[];
  readonly calls: number;
}

async function aWorld(...given: Parameters<typeof world>): Promise<World> {
  const made = await world(...given);
  made.source.rows([aBooking({ id: 1 }), aBooking({ id: 2 }), aBooking({ id: 3 })]);
  return made;
}

async function check(here: World): Promise<Checked> {
  const { code, json } = await commandJson(here, 'check');
  const { ok, findings, calls } = json as Checked;
  return { code, ok, findings, calls, wrong: findings.filter(({ state }) => state === 'wrong') };
}

const customFields = { fields: { email: 'email', customFields: { event_date: 'day', Package: 'pack' } } };
const SCOPES = [
  'contacts.readonly',
  'contacts.write',
  'locations.readonly',
  'locations/customFields.readonly',
];

test('where all is well it says so, exits 0, writes nothing and asks for each list once', async () => {
  const here = await aWorld({ sync: customFields });

  const { code, ok, wrong, calls } = await check(here);

  expect({ code, ok, wrong }).toEqual({ code: 0, ok: true, wrong: [] });
  expect(here.ghl.calls.map(({ operation }) => operation).sort()).toEqual([
    'get-custom-fields',
    'get-duplicate-contact',
    'get-location',
  ]);
  expect(here.source.calls).toHaveLength(1);
  expect(calls).toBe(4);
});

test('a person reads a line for each thing, and what to do below what is wrong', async () => {
  const here = await aWorld({ ghl: { auth: { type: 'token', token: 'pit-of-yesterday' } } });

  const { code, stdout } = await command(here, 'check');

  expect(code).toBe(1);
  expect(stdout).toMatch(
    /^wrong {2}connection ghl: the token of connection ghl is refused \(401\): Invalid token: .*\n {7}→ make a new one in HighLevel/m,
  );
  expect(stdout).toMatch(/^ok {5}source bookings: answers with a page of 3 records/m);
  expect(stdout).toMatch(/1 wrong; 2 calls\n$/);
  expect(stdout).not.toContain('pit-of-yesterday');
});

describe('a ghl connection', () => {
  test('a scope that is missing is named, with the list that wants it', async () => {
    const here = await aWorld(
      { sync: customFields },
      { scopes: SCOPES.filter((scope) => !scope.includes('customFields')) },
    );

    const { code, wrong } = await check(here);

    expect(code).toBe(1);
    expect(wrong).toEqual([
      {
        about: 'custom fields of ghl',
        state: 'wrong',
        message: expect.stringContaining('lacks the scope locations/customFields.readonly (401)') as string,
        remedy: expect.stringContaining('add locations/customFields.readonly') as string,
      },
    ]);
  });

  test('a scope that no list needs is asked for by a read of its own', async () => {
    const here = await aWorld({}, { scopes: ['contacts.write', 'locations.readonly'] });

    const { wrong } = await check(here);

    expect(wrong.map(({ message }) => message)).toEqual([
      expect.stringContaining('lacks the scope contacts.readonly (401)'),
    ]);
  });

  test('without locations.readonly the rest is asked all the same', async () => {
    const here = await aWorld(
      { sync: customFields },
      { scopes: SCOPES.filter((scope) => scope !== 'locations.readonly') },
    );

    const { code, findings } = await check(here);

    expect(code).toBe(0);
    expect(findings).toContainEqual(
      expect.objectContaining({
        state: 'note',
        message: expect.stringContaining('locations.readonly') as string,
      }),
    );
  });

  test.each([['with'], ['without']])(
    'a token %s locations.readonly of another location is told as that',
    async (word) => {
      const scopes = word === 'with' ? SCOPES : SCOPES.filter((scope) => scope !== 'locations.readonly');
      const here = await aWorld(
        { sync: customFields, ghl: { location: 'AnotherLocation00001' } },
        { scopes },
      );

      const { code, wrong } = await check(here);

      expect(code).toBe(1);
      expect(wrong[0]?.message).toContain(
        'has no access (403): The token does not have access to this location',
      );
      expect(wrong[0]?.remedy).toContain('AnotherLocation00001');
    },
  );

  test('what the mappings name is looked for, and told at its place', async () => {
    const here = await aWorld({
      sync: {
        fields: { email: 'email', assignedTo: { value: 'Sam Host' }, customFields: { evnt_date: 'day' } },
      },
    });

    const { code, wrong } = await check(here);

    expect(code).toBe(1);
    expect(wrong).toMatchObject([
      { about: 'names', message: 'assignedTo takes the id of a user, not its name "Sam Host"' },
      { about: 'names', message: 'the location has no custom field "evnt_date"' },
    ]);
    expect(wrong[0]?.remedy).toBe('write SandboxUser000000001');
    expect(wrong[1]?.remedy).toContain('did you mean "event_date"?');
    expect(wrong.every(({ line }) => line !== undefined && line > 1)).toBe(true);
  });

  test('the workflow and the calendar of actions and appointments must be there', async () => {
    const here = await aWorld({
      syncs: {
        visits: {
          from: 'bookings',
          to: 'ghl.appointment',
          parent: 'contacts',
          fields: { calendarId: { value: 'Weddings' }, startTime: 'starts' },
        },
        welcome: {
          from: 'bookings',
          call: 'ghl.add-contact-to-workflow',
          parent: 'contacts',
          with: { workflowId: { value: 'Welcome' } },
        },
      },
    });

    const { wrong } = await check(here);

    expect(wrong.map(({ message }) => message)).toEqual([
      'the location has no calendar "Weddings"',
      'workflowId takes the id of a workflow, not its name "Welcome"',
    ]);
  });

  test('an OAuth connection that nobody has logged in to says how to', async () => {
    const here = await aWorld(oauthConfig(await freePort()), { oauth: oauthWish({}) });
    await writeKey(here);

    const { wrong } = await check(here);

    expect(wrong).toMatchObject([
      {
        message: expect.stringContaining('nobody has logged in') as string,
        remedy: 'boothsync auth login ghl',
      },
    ]);
    expect(here.ghl.calls).toHaveLength(0);
  });
});

describe('whoever answers, or does not', () => {
  test('a host where nobody listens', async () => {
    const here = await aWorld({ ghl: { baseUrl: `http://127.0.0.1:${await freePort()}` } });

    const { code, wrong } = await check(here);

    expect(code).toBe(1);
    expect(wrong).toMatchObject([
      { about: 'connection ghl', message: expect.stringContaining('ECONNREFUSED') as string },
    ]);
  });

  test('a web site in the place of the API', async () => {
    const here = await aWorld();
    here.source.script(() => ({ headers: { 'content-type': 'text/html' }, body: '<html>Log in</html>' }));

    const { wrong } = await check(here);

    expect(wrong).toMatchObject([
      {
        about: 'source bookings',
        message: expect.stringContaining('is not the API of connection booth') as string,
      },
    ]);
  });

  test('one that takes the call and never answers', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      silent.close();
      silent.closeAllConnections();
    });
    const { port } = silent.address() as AddressInfo;
    const here = await aWorld({ booth: { baseUrl: `http://127.0.0.1:${port}`, timeout: '300ms' } });

    const { wrong } = await check(here);

    expect(wrong).toMatchObject([{ message: expect.stringContaining('within 0.3 s') as string }]);
  });

  test('one that speaks no TLS behind https', async () => {
    const here = await aWorld();
    await here.writeConfig({ ghl: { baseUrl: here.ghl.url.replace('http:', 'https:') } });

    const { wrong } = await check(here);

    expect(wrong).toMatchObject([
      { message: expect.stringContaining('has no safe line to https://') as string },
    ]);
  });

  test('one that stumbles once is asked again', async () => {
    const here = await aWorld();
    const answers = [503, 200];
    here.source.script(() => ({ status: answers.shift() ?? 200, body: { data: [aBooking({ id: 1 })] } }));

    const { code } = await check(here);

    expect(code).toBe(0);
  });
});

describe('a source', () => {
  test.each([
    [
      'a key that is refused',
      { status: 401, body: { message: 'who are you' } },
      'is refused (401): who are you',
    ],
    ['records under another name', { body: { items: [{ id: 1 }] } }, 'holds things under items'],
    [
      'records in a map',
      { body: { result: { bookings: { 7: { id: 7 } } } } },
      'holds things under result.bookings',
    ],
    ['records without a key', { body: { data: [{ nr: 1 }, { nr: 2 }] } }, 'yields nothing for any of them'],
    ['some without a key', { body: { data: [{ id: 1 }, { nr: 2 }] } }, '1 of them have no key'],
    ['one key for all', { body: { data: [{ id: 1 }, { id: 1 }, { id: 1 }] } }, 'all have one key'],
  ])('%s is wrong', async (_, answer, words) => {
    const here = await aWorld();
    here.source.script(() => answer);

    const { code, wrong } = await check(here);

    expect(code).toBe(1);
    expect(wrong).toMatchObject([
      { about: 'source bookings', message: expect.stringContaining(words) as string },
    ]);
  });

  test('one that has nothing at this moment is no fault', async () => {
    const here = await aWorld();
    here.source.rows([]);

    const { code, findings } = await check(here);

    expect(code).toBe(0);
    expect(findings).toContainEqual(expect.objectContaining({ about: 'source bookings', state: 'note' }));
  });

  test('of a window the dates of today are asked for', async () => {
    const window = { from: '-400d', to: '+400d', step: '100d' };
    const request = { path: '/bookings', query: { from: '{{ $from }}', to: '{{ $to }}' } };
    const here = await aWorld({ poll: { window, request } });

    await check(here);

    const [call] = here.source.calls;
    expect(here.source.calls).toHaveLength(1);
    expect(Date.parse(call!.query['from']!)).toBeLessThan(Date.now());
    expect(Date.parse(call!.query['to']!)).toBeGreaterThan(Date.now());
  });
});

test('a store that is none is told, and the connections are asked all the same', async () => {
  const here = await aWorld();
  const file = join(here.folder, 'broken.db');
  await writeFile(file, 'this is no database, and longer than a header of one would have to be: no database');
  await here.writeConfig({ top: { store: `sqlite:${file}` } });

  const { code, findings } = await check(here);

  expect(code).toBe(1);
  expect(findings[0]).toMatchObject({ about: 'store', state: 'wrong' });
  expect(findings).toContainEqual(expect.objectContaining({ about: 'connection ghl', state: 'ok' }));
});

test('a connection that only writes is knocked at, and no more is claimed', async () => {
  const here = await aWorld();
  const resources = { customer: { create: { path: '/customers' } } };
  await here.writeConfig({
    connections: { crm: { type: 'http', baseUrl: here.source.url, resources } },
    syncs: {
      customers: {
        from: 'bookings',
        to: 'crm.customer',
        fields: { name: { expr: 'first_name', on: 'create' } },
      },
    },
  });

  const { findings } = await check(here);

  expect(findings).toContainEqual(
    expect.objectContaining({
      about: 'connection crm',
      state: 'note',
      message: expect.stringContaining('the token was not tried') as string,
    }),
  );
});
