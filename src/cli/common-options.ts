import { Option, type Command } from 'commander';

/** The options that every command with a config has. */
export interface CommonOptions {
  readonly config: string;
  readonly envFile?: string;
  readonly logLevel?: string;
  readonly json: boolean;
}

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'];

export function addCommonOptions(command: Command, formats: readonly string[] = ['text', 'json']): Command {
  return command
    .option('-c, --config <file>', 'the config', 'sync.config.yaml')
    .option('--env-file <file>', 'environment to read instead of .env beside the config')
    .addOption(new Option('--log-level <level>', 'what is logged on stderr').choices(LOG_LEVELS))
    .addOption(new Option('--format <format>', 'how the result is printed').choices(formats).default('text'))
    .option('--json', 'short for --format json');
}

/** Of commands that read no environment and log nothing: a script may give all commands the same options. */
export function addUnheededOptions(command: Command): Command {
  return command
    .option('--env-file <file>', 'taken, and not read: no environment is needed')
    .addOption(new Option('--log-level <level>', 'taken: nothing is logged').choices(LOG_LEVELS));
}

/** What the options say together: `--json` and `--format json` are one. */
export function commonOptions(command: Command): CommonOptions & Readonly<Record<string, unknown>> {
  const options = command.optsWithGlobals<CommonOptions & { format?: string }>();
  return { ...options, json: options.json || options.format === 'json' };
}
