import { Command } from 'commander';
import { cell } from './reference-config.ts';

/** A line of a help: `--full` and what it does. */
interface Item {
  readonly term: string;
  readonly words: string;
}

/** Every command's help as Markdown; options that most commands have stand once. */
export async function commandReference(): Promise<string> {
  const program = await readProgram();
  const commands = commandsBelow(program);
  const shared = sharedOptions(commands.map(optionsOf));
  return `${tableOf('command', subcommandsOf(program))}Most commands take these, too:

${tableOf('option', shared)}${commands.map((command) => section(command, shared)).join('\n')}`;
}

/** The names of all commands, such as `run` and `events list`. */
export async function commandNames(): Promise<readonly string[]> {
  return commandsBelow(await readProgram()).map(nameOf);
}

/** What `main.ts` would parse the command line with, caught before it does. */
async function readProgram(): Promise<Command> {
  const parse = Object.getOwnPropertyDescriptor(Command.prototype, 'parseAsync')!;
  const parsing: Command[] = [];
  Command.prototype.parseAsync = function (this: Command) {
    parsing.push(this);
    return Promise.resolve(this);
  };
  try {
    await import('../src/cli/program.ts');
  } finally {
    Object.defineProperty(Command.prototype, 'parseAsync', parse);
  }
  const [program] = parsing;
  if (!program) throw new Error('src/cli/program.ts parses no command line, or was imported before');
  return program;
}

function commandsBelow(command: Command): readonly Command[] {
  return command.commands.flatMap((below) => [below, ...commandsBelow(below)]);
}

/** Without the program's own name. */
function nameOf(command: Command): string {
  const { parent } = command;
  return parent?.parent ? `${nameOf(parent)} ${command.name()}` : command.name();
}

function optionsOf(command: Command): readonly Item[] {
  const help = command.createHelp();
  return help
    .visibleOptions(command)
    .map((option) => ({ term: help.optionTerm(option), words: help.optionDescription(option) }))
    .filter(({ term }) => term !== '-h, --help');
}

function argumentsOf(command: Command): readonly Item[] {
  const help = command.createHelp();
  return help
    .visibleArguments(command)
    .map((argument) => ({ term: argument.name(), words: help.argumentDescription(argument) }));
}

function subcommandsOf(command: Command): readonly Item[] {
  return command.commands.map((below) => ({ term: usageOf(below), words: below.description() }));
}

/** Its name and arguments, such as `run [syncs...]`. */
function usageOf(command: Command): string {
  const help = command.createHelp();
  return help.subcommandTerm(command).replace(' [options]', '');
}

function sharedOptions(all: readonly (readonly Item[])[]): readonly Item[] {
  const items = all.flat();
  const often = items.filter((item) => items.filter((other) => isSame(other, item)).length > all.length / 2);
  return often.filter((item, at) => often.findIndex((other) => isSame(other, item)) === at);
}

function isSame(a: Item, b: Item): boolean {
  return a.term === b.term && a.words === b.words;
}

function section(command: Command, shared: readonly Item[]): string {
  const options = optionsOf(command).filter((item) => !shared.some((other) => isSame(other, item)));
  const description = command.description();
  const usage = nameOf(command).slice(0, -command.name().length) + usageOf(command);
  const tables = [
    tableOf('argument', argumentsOf(command)),
    tableOf('option', options),
    tableOf('command', subcommandsOf(command)),
  ];
  const sentence = `${description.charAt(0).toUpperCase()}${description.slice(1)}.`;
  return `### \`boothsync ${usage}\`\n\n${sentence}\n\n${tables.join('')}`;
}

function tableOf(kind: string, items: readonly Item[]): string {
  if (items.length === 0) return '';
  const rows = items.map(({ term, words }) => `| \`${term}\` | ${cell(words)} |`);
  return `| ${kind} | does |\n| --- | --- |\n${rows.join('\n')}\n\n`;
}
