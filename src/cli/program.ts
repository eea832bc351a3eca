import { Command, CommanderError } from 'commander';
import { bearBrokenOutput } from './broken-output.ts';
import { printProblem } from './guarded.ts';
import { usageProblem, wantsJson } from './usage.ts';
import { version } from './version.ts';
import { whereCalled } from './where-called.ts';

/** In the order of the help. Most need the whole engine, which `validate` need not wait for: each is read when it is called. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  init: async () => (await import('./init.ts')).initCommand(),
  validate: async () => (await import('./validate.ts')).validateCommand(),
  test: async () => (await import('./test.ts')).testCommand(),
  describe: async () => (await import('./describe.ts')).describeCommand(),
  check: async () => (await import('./check.ts')).checkCommand(),
  pull: async () => (await import('./pull.ts')).pullCommand(),
  plan: async () => (await import('./plan.ts')).planCommand(),
  impact: async () => (await import('./impact.ts')).impactCommand(),
  run: async () => (await import('./run.ts')).runCommand(),
  serve: async () => (await import('./serve.ts')).serveCommand(),
  status: async () => (await import('./status.ts')).statusCommand(),
  events: async () => (await import('./events.ts')).eventsCommand(),
  explain: async () => (await import('./explain.ts')).explainCommand(),
  auth: async () => (await import('./auth.ts')).authCommand(),
  sandbox: async () => (await import('./sandbox.ts')).sandboxCommand(),
  schema: async () => (await import('./schema.ts')).schemaCommand(),
  migrate: async () => (await import('./migrate.ts')).migrateCommand(),
};

bearBrokenOutput(process.stdout);
process.chdir(whereCalled(process.cwd(), process.env));
const program = new Command('boothsync')
  .description('declarative sync runner: one YAML file keeps BoothBook and HighLevel the same')
  .version(version)
  .showSuggestionAfterError()
  .exitOverride();
const called = process.argv[2] ?? '';
// Help, and the suggestion for a name that is misspelt, know them all.
const needed = Object.hasOwn(COMMANDS, called) ? [called] : Object.keys(COMMANDS);
for (const command of await Promise.all(needed.map((name) => COMMANDS[name]!())))
  program.addCommand(command.exitOverride());

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  if (error.exitCode !== 0 && wantsJson(process.argv)) printProblem(usageProblem(error, called), true);
  // Wrong usage is 2; `--help` and `--version` end here too, with 0.
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}
