import { readFile } from 'node:fs/promises';
import { Command } from 'commander';

/** `boothsync schema`: the config's JSON Schema, for editors and other tools. */
export function schemaCommand(): Command {
  return new Command('schema').description("print the config's JSON Schema").action(async () => {
    const file = new URL('../../schemas/sync.schema.json', import.meta.url);
    process.stdout.write(await readFile(file, 'utf8'));
  });
}
