import { Command, CommanderError } from 'commander';
import { authCommand } from './auth.ts';
import { describeCommand } from './describe.ts';
import { checkCommand } from './check.ts';
import { eventsCommand } from './events.ts';
import { explainCommand } from './explain.ts';
import { impactCommand } from './impact.ts';
import { initCommand } from './init.ts';
import { migrateCommand } from './migrate.ts';
import { planCommand } from './plan.ts';
import { pullCommand } from './pull.ts';
import { runCommand } from './run.ts';
import { sandboxCommand } from './sandbox.ts';
import { schemaCommand } from './schema.ts';
import { serveCommand } from './serve.ts';
import { statusCommand } from './status.ts';
import { testCommand } from './test.ts';
import { validateCommand } from './validate.ts';
import { version } from './version.ts';

const program = new Command('boothsync')
  .description('declarative sync runner: one YAML file keeps BoothBook and HighLevel the same')
  .version(version)
  .showSuggestionAfterError()
  .exitOverride();
for (const command of [
  initCommand(),
  validateCommand(),
  testCommand(),
  describeCommand(),
  checkCommand(),
  pullCommand(),
  planCommand(),
  impactCommand(),
  runCommand(),
  serveCommand(),
  statusCommand(),
  eventsCommand(),
  explainCommand(),
  authCommand(),
  sandboxCommand(),
  schemaCommand(),
  migrateCommand(),
]) {
  program.addCommand(command.exitOverride());
}

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // Wrong usage is 2; `--help` and `--version` end here too, with 0.
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}
