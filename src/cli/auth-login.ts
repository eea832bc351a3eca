import { spawn } from 'node:child_process';
import { isCancel, text } from '@clack/prompts';
import { Command } from 'commander';
import { beginLogin, endLogin, type Begun, type LoggedIn } from '../engine/tokens/login.ts';
import type { TokenHands } from '../engine/tokens/open-tokens.ts';
import { isLoopback } from '../model/loopback.ts';
import { failure } from '../model/problem.ts';
import { listenForReturn } from '../server/callback.ts';
import { addCommonOptions, commonOptions, type CommonOptions } from './common-options.ts';
import { guarded } from './guarded.ts';
import { withTokenHands } from './token-hands.ts';

interface LoginOptions extends CommonOptions {
  readonly code?: string;
  readonly browser: boolean;
}

/** How long a person may take in the browser, in ms. */
const PATIENCE_MS = 600_000;

/** `boothsync auth login`. */
export function loginCommand(): Command {
  return addCommonOptions(new Command('login'))
    .description('grant access in a browser, and keep the tokens')
    .argument('<connection>', 'one whose auth is of type oauth')
    .option('--code <code>', 'the code, or the address that the browser ended at; - reads it from stdin')
    .option('--no-browser', 'print the address only')
    .action(async (name: string, _options: unknown, command: Command) => {
      const options = commonOptions(command) as unknown as LoginOptions;
      // Arguments can be read by everybody on this machine.
      if (options.code !== undefined) process.title = 'boothsync auth login';
      await guarded(options.json, () => withTokenHands(options, (hands) => login(hands, name, options)));
    });
}

async function login(hands: TokenHands, name: string, options: LoginOptions): Promise<number> {
  if (options.code !== undefined) {
    const given = options.code === '-' ? await readStdin() : options.code;
    return end(hands, name, given, options);
  }
  const begun = await beginLogin(hands, name);
  const returns = isHere(begun.login.redirectUri);
  const asks = process.stdin.isTTY && process.stderr.isTTY;
  if (!returns && !asks) return leaveOpen(name, begun, options);
  return end(hands, name, await waitForReturn(name, begun, { returns, asks }, options), options);
}

/** Nobody to ask and nowhere to listen: another command ends it. */
function leaveOpen(name: string, { url }: Begun, options: LoginOptions): number {
  const next = `boothsync auth login ${name} --code ADDRESS`;
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ connection: name, state: 'begun', url, next })}\n`
      : `open this address and grant access:\n\n  ${url}\n\nthen, with the address that the browser ended at: ${next}\n`,
  );
  return 1;
}

function tell({ json }: LoginOptions, words: string): void {
  (json ? process.stderr : process.stdout).write(`${words}\n`);
}

async function waitForReturn(
  name: string,
  { login, url }: Begun,
  { returns, asks }: { readonly returns: boolean; readonly asks: boolean },
  options: LoginOptions,
): Promise<string> {
  const done = new AbortController();
  // First, as the browser may be back at once.
  const callback = returns ? await listenForReturn(login.redirectUri, login.state) : undefined;
  tell(options, `open this address and grant access:\n\n  ${url}\n`);
  if (options.browser && process.stdout.isTTY) openBrowser(url);
  const late = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(tooLate(name)), PATIENCE_MS);
    done.signal.addEventListener('abort', () => clearTimeout(timer));
  });
  try {
    return await Promise.race([
      late,
      ...(callback ? [callback.returned] : []),
      ...(asks ? [ask(name, done.signal)] : []),
    ]);
  } finally {
    done.abort();
    await callback?.close();
  }
}

async function ask(name: string, signal: AbortSignal): Promise<string> {
  const message = 'the address that the browser ended at, or the code';
  const answer = await text({ message, signal, output: process.stderr });
  if (!isCancel(answer)) return answer;
  // The browser came back meanwhile: whoever waits has got that.
  if (signal.aborted) return new Promise<never>(() => undefined);
  throw failure('usage', 'the login was given up', `boothsync auth login ${name}`);
}

async function end(
  hands: TokenHands,
  name: string,
  returned: string,
  options: LoginOptions,
): Promise<number> {
  const done = await endLogin(hands, name, returned);
  const expiresAt = done.expiresAt === null ? null : new Date(done.expiresAt).toISOString();
  const result = { ...done, state: 'logged in', expiresAt };
  process.stdout.write(options.json ? `${JSON.stringify(result)}\n` : `${sentence(done, expiresAt)}\n`);
  if (done.missingScopes.length > 0)
    process.stderr.write(
      `warning  not granted: ${done.missingScopes.join(', ')}; add them to the app, then log in again\n`,
    );
  return 0;
}

function sentence({ connection, location, userType }: LoggedIn, expiresAt: string | null): string {
  const where = location === null ? '' : `, location ${location}`;
  const how = userType === 'Company' ? ", by a company's token" : '';
  const until = expiresAt === null ? '' : `; the token ends ${expiresAt} and is refreshed before that`;
  return `logged in: connection ${connection}${where}${how}${until}`;
}

function tooLate(name: string): Error {
  return failure(
    'usage',
    'nobody came back from the browser within 10 minutes',
    `boothsync auth login ${name}`,
  );
}

function isHere(redirectUri: string): boolean {
  const { protocol, hostname } = new URL(redirectUri);
  return protocol === 'http:' && isLoopback(hostname);
}

/** Where there is none, the printed address does it. */
function openBrowser(url: string): void {
  const openers: Readonly<Record<string, string>> = { darwin: 'open', win32: 'explorer' };
  const child = spawn(openers[process.platform] ?? 'xdg-open', [url], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}

async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8').trim();
}
