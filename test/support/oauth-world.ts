import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OAuthWish } from '../../src/sandbox/ghl/oauth.ts';
import type { ConfigWish } from './a-config.ts';
import type { Process, World } from './world.ts';
import { until } from './wait.ts';

export const CLIENT_SECRET = 'client-s3cret-of-the-app';

/** A ghl connection with OAuth whose login returns to this port. */
export function oauthConfig(port: number, wish: ConfigWish = {}): ConfigWish {
  const auth = {
    type: 'oauth',
    clientId: 'sandbox-client',
    clientSecret: CLIENT_SECRET,
    redirectUri: `http://localhost:${port}/callback`,
    scopes: ['contacts.readonly', 'contacts.write'],
    authorizeUrl: '${GHL_URL}/v2/oauth/chooselocation',
  };
  return { ...wish, ghl: { auth, ...wish.ghl } };
}

export function oauthWish(wish: OAuthWish = {}): OAuthWish {
  return { clientSecret: CLIENT_SECRET, ...wish };
}

/** The key file that `init` makes. */
export async function writeKey(world: World): Promise<string> {
  const key = randomBytes(32).toString('base64');
  await writeFile(join(world.folder, 'boothsync.key'), `${key}\n`, { mode: 0o600 });
  return key;
}

/** The whole login: the command, and a person who grants access in a browser. */
export async function logIn(
  world: World,
  connection = 'ghl',
): Promise<{ code: number | null; output: string }> {
  const login = world.spawn('auth', 'login', connection);
  const url = await printedUrl(login);
  await fetch(url);
  const { code } = await login.ended;
  return { code, output: login.output() };
}

export async function printedUrl(login: Process): Promise<string> {
  const find = () => /^ *(http:\S+chooselocation\S*|http:\S+authorize\S*)$/m.exec(login.output())?.[1];
  await until(() => find() !== undefined || login.child.exitCode !== null, `an address in ${login.output()}`);
  const url = find();
  if (url === undefined) throw new Error(`no address in: ${login.output()}`);
  return url;
}
