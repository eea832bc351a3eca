import { Command } from 'commander';
import { logOut, connectionToLogIn } from '../engine/tokens/login.ts';
import {
  readCredentials,
  readLogins,
  refreshNow,
  type Credential,
  type Login,
} from '../engine/tokens/logins.ts';
import { systemClock } from '../engine/system-clock.ts';
import { rotateKey } from '../engine/tokens/vault.ts';
import { hasStore, openStore } from '../store/open-store.ts';
import { loginCommand } from './auth-login.ts';
import { addCommonOptions, commonOptions, type CommonOptions } from './common-options.ts';
import { guarded } from './guarded.ts';
import { loadOrPrint } from './load-or-print.ts';
import { credentialLine, loginLine } from './login-lines.ts';
import { printable } from './print/print-problems.ts';
import { withTokenHands } from './token-hands.ts';

/** `boothsync auth`: OAuth's tokens; works beside a running `serve`. */
export function authCommand(): Command {
  const auth = new Command('auth').description('log in to connections with OAuth; the key that seals tokens');
  for (const command of [loginCommand(), statusCommand(), refreshCommand(), logoutCommand(), rotateCommand()])
    auth.addCommand(command.exitOverride().showSuggestionAfterError());
  return auth;
}

function statusCommand(): Command {
  return addCommonOptions(new Command('status'))
    .description('who is logged in and until when; which static credentials are due to be replaced')
    .argument('[connection]')
    .action(async (name: string | undefined, _options: unknown, command: Command) => {
      const options = commonOptions(command);
      await guarded(options.json, () => status(name, options));
    });
}

async function status(name: string | undefined, options: CommonOptions): Promise<number> {
  const config = await loadOrPrint(options, 'keep');
  if (!config) return 1;
  if (name !== undefined && !config.connections.has(name)) connectionToLogIn({ config }, name);
  const store = (await hasStore(config.store))
    ? await openStore(config.store, { clock: systemClock, owner: false })
    : undefined;
  try {
    const wanted = ({ connection }: { connection: string }) => name === undefined || connection === name;
    const logins = (await readLogins(config, 'default', store)).filter(wanted);
    const aged = store ? await readCredentials(config, 'default', store, systemClock.now()) : [];
    const credentials = aged.filter(wanted);
    process.stdout.write(
      options.json ? `${JSON.stringify({ logins, credentials })}\n` : renderAuth(logins, credentials),
    );
    return logins.every(({ state }) => state === 'logged in') ? 0 : 1;
  } finally {
    await store?.close();
  }
}

function renderAuth(logins: readonly Login[], credentials: readonly Credential[]): string {
  if (logins.length + credentials.length === 0) return 'no connection uses OAuth\n';
  return [...logins.map(loginLine), ...credentials.map(credentialLine)].map((line) => `${line}\n`).join('');
}

function refreshCommand(): Command {
  return addCommonOptions(new Command('refresh'))
    .description('get a new token now')
    .argument('<connection>')
    .action(async (name: string, _options: unknown, command: Command) => {
      const options = commonOptions(command);
      await guarded(options.json, () =>
        withTokenHands(options, async (hands) => {
          const done = await refreshNow(hands, name);
          const expiresAt =
            done.ok && done.expiresAt !== null ? new Date(done.expiresAt).toISOString() : null;
          if (options.json)
            process.stdout.write(`${JSON.stringify({ connection: name, ...done, expiresAt })}\n`);
          else if (done.ok)
            process.stdout.write(
              `refreshed: connection ${name}; the token ends ${expiresAt ?? 'some time'}\n`,
            );
          else process.stderr.write(`error  ${printable(`${done.reason}; ${done.remedy}`)}\n`);
          return done.ok ? 0 : 1;
        }),
      );
    });
}

function logoutCommand(): Command {
  return addCommonOptions(new Command('logout'))
    .description('forget the tokens of a connection')
    .argument('<connection>')
    .action(async (name: string, _options: unknown, command: Command) => {
      const options = commonOptions(command);
      await guarded(options.json, () =>
        withTokenHands(options, async (hands) => {
          connectionToLogIn(hands, name);
          const was = await logOut(hands, name);
          const words = was ? `logged out: connection ${name}` : `connection ${name} was not logged in`;
          process.stdout.write(
            options.json ? `${JSON.stringify({ connection: name, was })}\n` : `${words}\n`,
          );
          return 0;
        }),
      );
    });
}

function rotateCommand(): Command {
  return addCommonOptions(new Command('rotate-key'))
    .description('seal all tokens with BOOTHSYNC_NEW_KEY instead of BOOTHSYNC_KEY, also while a runner works')
    .action(async (_options: unknown, command: Command) => {
      const options = commonOptions(command);
      await guarded(options.json, () =>
        withTokenHands(options, async ({ config, store, clock }) => {
          const done = await store.write((tables) => rotateKey(tables, config.keys, clock.now()));
          const words = `tokens of ${done.tokens} connections are sealed with key ${done.to} now; put BOOTHSYNC_NEW_KEY in the place of BOOTHSYNC_KEY before the next start`;
          process.stdout.write(options.json ? `${JSON.stringify(done)}\n` : `${words}\n`);
          return 0;
        }),
      );
    });
}
