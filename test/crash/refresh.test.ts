import { expect, test } from 'vitest';
import { command, commandJson } from '../support/command.ts';
import { freePort } from '../support/free-port.ts';
import { holdWrites } from '../support/hold-writes.ts';
import { logIn, oauthConfig, oauthWish, writeKey } from '../support/oauth-world.ts';
import { until } from '../support/wait.ts';
import { worlds, type World } from '../support/world.ts';

const world = worlds();

async function loggedIn(wish: Parameters<typeof oauthWish>[0] = {}): Promise<World> {
  const here = await world(oauthConfig(await freePort()), { oauth: oauthWish(wish) });
  await writeKey(here);
  expect(await logIn(here)).toMatchObject({ code: 0 });
  here.source.rows([{ id: 1, email: 'ann@example.com' }]);
  return here;
}

const refresh = { operation: 'get-access-token', bodyIncludes: '"refresh_token"' };
const refreshes = ({ ghl }: World) =>
  ghl.calls.filter(
    ({ operation, body }) =>
      operation === 'get-access-token' && JSON.stringify(body).includes('"refresh_token"'),
  );

/** Where the runner is killed, each with what brings it there and what takes that away again. */
const POINTS: Record<
  string,
  (here: World) => { reached: () => boolean | Promise<boolean>; after?: () => Promise<void> }
> = {
  'before the request is applied': (here) => {
    const fault = here.ghl.fail({ kind: 'hang', match: refresh });
    return { reached: () => fault.used() === 1 };
  },
  'between what the server does and its answer': (here) => {
    const fault = here.ghl.fail({ kind: 'hang-after', match: refresh });
    return { reached: () => fault.used() === 1 && here.ghl.oauthCounts().rotated === 1 };
  },
  'between the answer and the commit': (here) => {
    here.ghl.fail({ kind: 'slow', delayMs: 300, match: refresh });
    let free: (() => Promise<void>) | undefined;
    return {
      reached: async () => {
        // The intent is durable, the request is on its way: now nobody can write the answer.
        if (!free && refreshes(here).length === 1) free = await holdWrites(here.storeUrl);
        return here.ghl.oauthCounts().rotated === 1 && refreshes(here)[0]?.status === 200;
      },
      after: async () => free?.(),
    };
  },
};

test.each(['run', 'serve', 'auth refresh ghl'])(
  'kill -9 of `%s` at any point of a refresh: the next run goes on with a token of its own',
  async (words) => {
    for (const [point, arm] of Object.entries(POINTS)) {
      const here = await loggedIn();
      if (words === 'serve')
        await here.writeConfig({ ...(await configOf(here)), top: { server: { port: 0 } } });
      here.ghl.expireAccessTokens();
      const { reached, after } = arm(here);

      const killed = here.spawn(...words.split(' '));
      await until(
        async () => (await reached()) || killed.child.exitCode !== null,
        `${words} at: ${point}: ${killed.output()}`,
      );
      // The answer has to get there before the kill.
      if (after) await new Promise((resolve) => setTimeout(resolve, 150));
      await killed.kill();
      await after?.();
      const run = await commandJson(here, 'run');

      expect({ point, ...run }).toMatchObject({ point, code: 0, json: { events: { done: 1 } } });
      expect(here.ghl.contacts()).toHaveLength(1);
      expect(here.ghl.oauthCounts()).toEqual({ rotated: 1, reused: 0 });
    }
  },
  180_000,
);

test('a token that was used up before the kill, where no grace gives it again, comes back by a reconnection', async () => {
  const here = await loggedIn({ graceMs: -1 });
  here.ghl.expireAccessTokens();
  here.ghl.fail({ kind: 'hang-after', match: refresh });

  const killed = here.spawn('run');
  await until(() => here.ghl.oauthCounts().rotated === 1, 'the refresh');
  await killed.kill();
  const run = await commandJson(here, 'run');

  expect(run).toMatchObject({ code: 0, json: { events: { done: 1 } } });
  expect(here.ghl.calls.filter(({ operation }) => operation === 'reconnect')).toHaveLength(1);
});

test('where that is not to be had either, it says that a person has to log in, and nothing is lost', async () => {
  const here = await loggedIn({ graceMs: -1, reconnect: false });
  here.ghl.expireAccessTokens();
  here.ghl.fail({ kind: 'hang-after', match: refresh });

  const killed = here.spawn('run');
  await until(() => here.ghl.oauthCounts().rotated === 1, 'the refresh');
  await killed.kill();
  const run = await command(here, 'run');
  await logIn(here);
  const again = await commandJson(here, 'run');

  expect(run).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('boothsync auth login ghl') as string,
  });
  expect(again).toMatchObject({ code: 0, json: { events: { done: 1 } } });
});

async function configOf(here: World) {
  const { readFile } = await import('node:fs/promises');
  const { connections } = JSON.parse(await readFile(here.configPath, 'utf8')) as {
    connections: { ghl: Readonly<Record<string, unknown>> };
  };
  return { ghl: connections.ghl };
}
