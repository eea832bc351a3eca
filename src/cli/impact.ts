import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { loadConfig } from '../config/load.ts';
import { impactOf, type Impact } from '../engine/plan/impact.ts';
import { systemClock } from '../engine/system-clock.ts';
import type { Config } from '../model/config.ts';
import { hasStore, openStore } from '../store/open-store.ts';
import { printJson } from './beside-runner.ts';
import { addCommonOptions, commonOptions, type CommonOptions } from './common-options.ts';
import { filesAt, type FilesAt } from './files-at.ts';
import { guarded, wrongUsage } from './guarded.ts';
import { loadOrPrint } from './load-or-print.ts';
import { masked } from '../model/mask.ts';
import { impactMarkdown, impactText } from './print/print-impact.ts';
import { renderProblems, toJson, wantsColor } from './print/print-problems.ts';
import { redacted } from './redacted.ts';
import { withoutPerson } from './without-person.ts';

interface ImpactCommandOptions extends CommonOptions {
  readonly against: string;
  readonly format?: string;
}

/** `boothsync impact --against REF`: what an edited mapping changes in the records that are stored. Asks nobody. */
export function impactCommand(): Command {
  return addCommonOptions(new Command('impact'), ['text', 'markdown', 'json'])
    .description('what the edited config would change in the records that are stored')
    .requiredOption('--against <ref>', 'the git commit, branch or tag that it is compared with')
    .action(async (_options: unknown, command: Command) => {
      const options = commonOptions(command) as unknown as ImpactCommandOptions;
      await guarded(options.json, () => impact(options));
    });
}

async function impact(options: ImpactCommandOptions): Promise<number> {
  const after = await loadOrPrint(options, 'keep');
  if (!after) return 1;
  const files = await filesAt(options.config, options.against);
  if ('problem' in files) return wrongUsage(files.problem, options.json);
  const before = await configAt(files, options);
  if (!before) return 1;
  const found = await compare(before, after);
  const shown = redacted(after.log.personalData === 'show' ? found : withoutPeople(found), after.secrets);
  process.stdout.write(printed(shown, options));
  return 0;
}

/** The config as the ref has it; its problems are printed. Its environment is the one of now: only files differ. */
async function configAt(
  files: FilesAt,
  { config, against, envFile, json }: ImpactCommandOptions,
): Promise<Config | undefined> {
  try {
    const beside = join(dirname(config), '.env');
    const env = envFile ?? (existsSync(beside) ? beside : undefined);
    const loaded = await loadConfig(files.config, {
      env: process.env,
      unset: 'keep',
      withoutLock: true,
      ...(env === undefined ? {} : { envFile: env }),
    });
    if (loaded.config) return loaded.config;
    const cwd = dirname(files.config);
    if (json) {
      printJson(toJson(loaded.problems, loaded.sources, cwd));
      return undefined;
    }
    const style = { cwd, color: wantsColor(process.stderr, process.env) };
    process.stderr.write(
      `the config at ${against} is not right:\n${renderProblems(loaded.problems, loaded.sources, style)}\n`,
    );
    return undefined;
  } finally {
    await files.remove();
  }
}

async function compare(before: Config, after: Config): Promise<Impact> {
  if (!(await hasStore(after.store))) return { records: 0, syncs: [] };
  const store = await openStore(after.store, { clock: systemClock, owner: false });
  try {
    return await impactOf({ store, tenant: 'default', before, after });
  } finally {
    await store.close();
  }
}

/** Enough to see what changes, and not whom it is about. */
function withoutPeople(impact: Impact): Impact {
  const syncs = impact.syncs.map((sync) => ({
    ...sync,
    tagsAdded: maskedNames(sync.tagsAdded),
    tagsRemoved: maskedNames(sync.tagsRemoved),
    examples: sync.examples.map((example) => ({ ...withoutPerson(example), key: masked(example.key) })),
  }));
  return { ...impact, syncs };
}

/** A tag may be made of an address; those that look alike then are one. */
function maskedNames(counts: Readonly<Record<string, number>>): Record<string, number> {
  const all: Record<string, number> = {};
  for (const [name, count] of Object.entries(counts)) all[masked(name)] = (all[masked(name)] ?? 0) + count;
  return all;
}

function printed(found: Impact, { json, format, against }: ImpactCommandOptions): string {
  if (json) return `${JSON.stringify({ against, ...found })}\n`;
  return format === 'markdown' ? impactMarkdown(found, against) : impactText(found, against);
}
