import { readFile } from 'node:fs/promises';
import { Command, Option } from 'commander';

/** `boothsync schema`: the config's JSON Schema, for editors and other tools. */
export function schemaCommand(): Command {
  return new Command('schema')
    .description("print the config's JSON Schema")
    .addOption(new Option('--format <format>', 'it is JSON in any case').choices(['json']).default('json'))
    .option('--json', 'the same')
    .action(async () => {
      const file = new URL('../../schemas/sync.schema.json', import.meta.url);
      process.stdout.write(await readFile(file, 'utf8'));
    });
}
