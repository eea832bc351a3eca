import { statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { failure, messageOf, type Problem } from '../model/problem.ts';
import { guarded, wrongUsage } from './guarded.ts';
import { ask } from './init/ask.ts';
import { completed, SOURCES, SYNCS, WAYS, type Choices, type SyncName } from './init/choices.ts';
import { nextCommands, renderNext } from './init/next-commands.ts';
import { starterFiles, type StarterFile } from './init/starter.ts';
import { inTheWay, writeStarter, type Written } from './init/write-starter.ts';
import { version } from './version.ts';

interface InitOptions extends Partial<Choices> {
  readonly force?: boolean;
  readonly json: boolean;
}

/** `boothsync init [dir]`: a first config that works, with all that goes with it. */
export function initCommand(): Command {
  return new Command('init')
    .description('write a first config, with its tests and all that goes with it; asks what is not said')
    .argument('[dir]', 'the folder, made where it is not there', '.')
    .addOption(
      new Option(
        '--source <source>',
        'where records come from; webhooks: BoothBook, which tells of changes',
      ).choices(SOURCES),
    )
    .option('--syncs <list>', `what they become: ${SYNCS.join(',')}`, syncList)
    .addOption(new Option('--as <way>', 'how it will run').choices(WAYS))
    .option('--force', 'overwrite what is there; never boothsync.key')
    .addOption(
      new Option('--format <format>', 'how the result is printed').choices(['text', 'json']).default('text'),
    )
    .option('--json', 'short for --format json')
    .action(async (dir: string, _options: unknown, command: Command) => {
      const options = command.optsWithGlobals<InitOptions & { format: string }>();
      const json = options.json || options.format === 'json';
      await guarded(json, () => init(dir, { ...options, json }));
    });
}

function syncList(text: string): readonly SyncName[] {
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !SYNCS.some((sync) => sync === name));
  if (unknown.length > 0)
    throw new InvalidArgumentError(`${unknown.join(', ')}: choose of ${SYNCS.join(', ')}`);
  return SYNCS.filter((sync) => names.includes(sync));
}

async function init(dir: string, options: InitOptions): Promise<number> {
  const folder = resolve(dir);
  // Nobody is asked in vain.
  const refused =
    notFolder(folder) ?? occupied(folder, dir, await starterFiles(completed(options), version), options);
  if (refused) return wrongUsage(refused, options.json);
  const asks = process.stdin.isTTY && process.stdout.isTTY && !options.json;
  const choices = asks ? await ask(options) : completed(options);
  if (!choices) return 130;
  const files = await starterFiles(choices, version);
  const written = await writeStarter(folder, files, options.force === true).catch((error: unknown) => {
    const message = `${dir} can't be written to: ${messageOf(error)}`;
    throw failure('file-unreadable', message, 'name another folder', error);
  });
  const next = nextCommands(relative(process.cwd(), folder), choices, process.env);
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ files: written.map(({ path, state }) => ({ path, state })), next: next.map(({ command }) => command) }, null, 2)}\n`
      : `${written.map((file) => lineOf(file, folder)).join('\n')}\n\n${renderNext(next)}\n`,
  );
  return 0;
}

/** A file where the folder would be, or one above it. */
function notFolder(folder: string): Problem | undefined {
  const there = statSync(folder, { throwIfNoEntry: false });
  if (there?.isDirectory()) return undefined;
  if (!there) return dirname(folder) === folder ? undefined : notFolder(dirname(folder));
  const message = `${relative(process.cwd(), folder)} is a file, and a config goes into a folder`;
  return { code: 'usage', severity: 'error', message, remedy: 'name another, or move the file away' };
}

function occupied(
  folder: string,
  dir: string,
  files: readonly StarterFile[],
  { force }: InitOptions,
): Problem | undefined {
  const there = force === true ? [] : inTheWay(folder, files);
  if (there.length === 0) return undefined;
  const message = `${there.join(', ')} ${there.length === 1 ? 'is' : 'are'} in ${dir} already: nothing was written`;
  const remedy = 'name another folder, or overwrite with --force';
  return { code: 'usage', severity: 'error', message, remedy };
}

function lineOf({ path, state, means }: Written, folder: string): string {
  const shown = relative(process.cwd(), resolve(folder, path));
  const why = state === 'kept' ? 'it was there' : means;
  return `${state.padEnd(7)}  ${shown}  (${why})`;
}
