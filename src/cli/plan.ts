import { Command } from 'commander';
import { makePlan, type Plan } from '../engine/plan/plan.ts';
import { systemClock } from '../engine/system-clock.ts';
import { createRedactor } from '../model/redactor.ts';
import { copyStore } from '../store/copy.ts';
import { hasStore, openStore } from '../store/open-store.ts';
import { addCommonOptions, commonOptions, type CommonOptions } from './common-options.ts';
import { createLog } from './create-log.ts';
import { guarded } from './guarded.ts';
import { loadOrPrint } from './load-or-print.ts';
import { masked } from '../model/mask.ts';
import { planMarkdown, planText } from './print/print-plan.ts';
import { redacted } from './redacted.ts';
import { stopSignal } from './stop-signal.ts';
import { unknownSyncs } from './unknown-syncs.ts';
import { withoutPerson } from './without-person.ts';

interface PlanCommandOptions extends CommonOptions {
  readonly format?: string;
  readonly remote?: boolean;
  readonly full?: boolean;
}

/** `boothsync plan`: what a run would do. Reads, and sends nothing; works beside a running `serve`. */
export function planCommand(): Command {
  return addCommonOptions(new Command('plan'), ['text', 'markdown', 'json'])
    .description('what a run would do, what it costs, and its hash; nothing is sent')
    .argument('[syncs...]', 'only the sources of these syncs are polled')
    .option('--remote', 'ask the target, too: what is there already')
    .option('--full', 'read everything, whatever was read before; find what is gone')
    .action(async (syncs: readonly string[], _options: unknown, command: Command) => {
      const options = commonOptions(command);
      await guarded(options.json, () => plan(syncs, options));
    });
}

async function plan(syncs: readonly string[], options: PlanCommandOptions): Promise<number> {
  const config = await loadOrPrint(options);
  if (!config) return 1;
  if (unknownSyncs(config, syncs, options.json)) return 2;
  const level = options.logLevel ?? 'error';
  const signal = stopSignal();
  const redactor = createRedactor(config.secrets);
  const kept = (await hasStore(config.store))
    ? await openStore(config.store, { clock: systemClock, owner: false })
    : undefined;
  const store = await copyStore(config.store, systemClock);
  try {
    const { plan: made } = await makePlan({
      config,
      store,
      ...(kept ? { tokenStore: kept } : {}),
      redactor,
      tenant: 'default',
      clock: systemClock,
      random: Math.random,
      log: createLog({ ...config.log, level, redactor }),
      syncs,
      full: options.full === true,
      remote: options.remote === true,
      signal,
    });
    process.stdout.write(printed(redacted<Plan>(made, config.secrets), options, config.log.personalData));
    if (signal.aborted) return 130;
    return made.problems.length > 0 ? 1 : 0;
  } finally {
    await store.close();
    await kept?.close();
  }
}

function printed(made: Plan, { json, format }: PlanCommandOptions, personalData: 'mask' | 'show'): string {
  if (json) return `${JSON.stringify(made)}\n`;
  if (format !== 'markdown') return planText(made);
  if (personalData === 'show') return planMarkdown(made);
  // More people read a pull request than the store.
  return masked(planMarkdown({ ...made, records: made.records.map(withoutPerson) }));
}
