import { Command } from 'commander';
import { describeFile } from '../config/describe/load.ts';
import type { Description } from '../config/describe/description.ts';
import { loadConfig } from '../config/load.ts';
import { credentialAges } from '../engine/tokens/credential-age.ts';
import { systemClock } from '../engine/system-clock.ts';
import type { Config } from '../model/config.ts';
import { messageOf } from '../model/problem.ts';
import { hasStore, openStore } from '../store/open-store.ts';
import { addCommonOptions, commonOptions, type CommonOptions } from './common-options.ts';
import type { DueDates } from './description-words.ts';
import { guarded } from './guarded.ts';
import { descriptionMarkdown } from './print/print-description-markdown.ts';
import { descriptionText } from './print/print-description.ts';
import { renderProblems, toJson, wantsColor } from './print/print-problems.ts';
import { redacted } from './redacted.ts';

/** `boothsync describe`: the mapping for people who don't read YAML. Needs neither environment nor network. */
export function describeCommand(): Command {
  return addCommonOptions(new Command('describe'), ['text', 'markdown', 'json'])
    .description(
      'the mapping for people: fields, tags, triggers, endpoints, scopes, where credentials are kept',
    )
    .action(async (_options: unknown, command: Command) => {
      const options = commonOptions(command) as CommonOptions & { format?: string };
      await guarded(options.json, () => describe(options));
    });
}

async function describe(options: CommonOptions & { format?: string }): Promise<number> {
  const { description, problems, sources } = await describeFile(options.config);
  const style = { cwd: process.cwd(), color: wantsColor(process.stderr, process.env) };
  if (!description) {
    if (options.json)
      process.stdout.write(`${JSON.stringify(toJson(problems, sources, style.cwd), null, 2)}\n`);
    else process.stderr.write(`${renderProblems(problems, sources, style)}\n`);
    return 1;
  }
  const config = await configOf(options);
  const due = config ? await dueDates(config) : new Map();
  process.stdout.write(printed(redacted(description, config?.secrets ?? []), due, options));
  return 0;
}

/** For the store and for what must not be printed; a config that only the environment makes whole is described all the same. */
async function configOf({ config, envFile }: CommonOptions): Promise<Config | undefined> {
  const file = envFile === undefined ? {} : { envFile };
  return (await loadConfig(config, { env: process.env, unset: 'keep', ...file })).config;
}

/** Only a store knows since when a credential is in use. */
async function dueDates(config: Config): Promise<DueDates> {
  try {
    if (!(await hasStore(config.store))) return new Map();
    const store = await openStore(config.store, { clock: systemClock, owner: false });
    const ages = await credentialAges(config, 'default', store).finally(() => store.close());
    const day = (at: number) => new Date(at).toISOString().slice(0, 10);
    return new Map(
      ages.map(({ connection, since, dueAt }) => [connection, { since: day(since), dueAt: day(dueAt) }]),
    );
  } catch (error) {
    process.stderr.write(`warning  when credentials are due is not known: ${messageOf(error)}\n`);
    return new Map();
  }
}

function printed(
  description: Description,
  due: DueDates,
  { json, format }: CommonOptions & { format?: string },
): string {
  if (!json) return (format === 'markdown' ? descriptionMarkdown : descriptionText)(description, due);
  const connections = description.connections.map((connection) => ({
    ...connection,
    ...(due.get(connection.connection) ?? { since: null, dueAt: null }),
  }));
  return `${JSON.stringify({ ...description, connections }, null, 2)}\n`;
}
