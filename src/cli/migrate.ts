import { writeFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import { migrateFile } from '../config/migrate/load.ts';
import type { Migration, Step } from '../config/migrate/migrate.ts';
import { CURRENT, STEPS } from '../config/migrate/steps.ts';
import { addUnheededOptions } from './common-options.ts';
import { guarded } from './guarded.ts';
import { renderDiff } from './print/print-diff.ts';
import {
  renderProblems,
  toJson,
  wantsColor,
  type PrintSettings,
  type Texts,
} from './print/print-problems.ts';

interface MigrateOptions {
  readonly config: string;
  readonly check?: boolean;
  readonly write?: boolean;
  readonly json: boolean;
}

type Migrated = Extract<Migration, { type: 'migrated' }>;

/** `boothsync migrate`: a config of an earlier version of the language, in the words of this one. */
export function migrateCommand(steps: readonly Step[] = STEPS): Command {
  return addUnheededOptions(new Command('migrate'))
    .description("bring a config to this version's language, comments kept; prints what would change")
    .option('-c, --config <file>', 'the config', 'sync.config.yaml')
    .addOption(new Option('--write', 'write it into the files').conflicts('check'))
    .option('--check', 'change nothing; exit 1 where something would change')
    .addOption(
      new Option('--format <format>', 'how the result is printed').choices(['text', 'json']).default('text'),
    )
    .option('--json', 'short for --format json')
    .action(async (_options: unknown, command: Command) => {
      const options = command.optsWithGlobals<MigrateOptions & { format: string }>();
      const json = options.json || options.format === 'json';
      await guarded(json, () => run({ ...options, json }, steps));
    });
}

async function run(options: MigrateOptions, steps: readonly Step[]): Promise<number> {
  const { migration, sources } = await migrateFile(options.config, steps, CURRENT);
  const out = { cwd: process.cwd(), color: wantsColor(process.stdout, process.env) };
  switch (migration.type) {
    case 'wrong':
      return tell(migration, sources, options);
    case 'current':
      process.stdout.write(
        options.json
          ? `${JSON.stringify({ from: migration.version, to: migration.version, files: [], written: false }, null, 2)}\n`
          : `nothing to do: ${options.config} is of version ${migration.version}, the newest\n`,
      );
      return 0;
    case 'migrated':
      if (options.write === true) for (const { file, after } of migration.files) await writeFile(file, after);
      process.stdout.write(`${printed(migration, options, out)}\n`);
      return options.check === true ? 1 : 0;
  }
}

function tell(
  { problems }: Extract<Migration, { type: 'wrong' }>,
  sources: Texts,
  { json }: MigrateOptions,
): number {
  const cwd = process.cwd();
  if (json) process.stdout.write(`${JSON.stringify(toJson(problems, sources, cwd), null, 2)}\n`);
  else {
    const color = wantsColor(process.stderr, process.env);
    process.stderr.write(`${renderProblems(problems, sources, { cwd, color })}\n`);
  }
  return 1;
}

function printed({ from, to, files }: Migrated, options: MigrateOptions, out: PrintSettings): string {
  const written = options.write === true;
  const diff = (color: boolean) => (each: Migrated['files'][number]) =>
    renderDiff(each.file, each.before, each.after, { ...out, color });
  if (options.json) {
    const list = files.map((each) => ({ file: each.file, diff: diff(false)(each) }));
    return JSON.stringify({ from, to, files: list, written }, null, 2);
  }
  const done = written
    ? `migrated from version ${from} to ${to}: run boothsync validate, and boothsync test`
    : `from version ${from} to ${to}: boothsync migrate --write does it`;
  return [...files.map(diff(out.color)), '', done].join('\n');
}
