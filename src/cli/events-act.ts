import { Command } from 'commander';
import { discard, retry, type Hands } from '../engine/dead-letters.ts';
import { unknownName } from '../engine/inspect/event-name.ts';
import { FINAL_STATES, replay } from '../engine/intake/replay.ts';
import type { Note, Selection } from '../engine/inspect/select-events.ts';
import { failure } from '../model/problem.ts';
import { besideRunner, printJson, type BesideRunner } from './beside-runner.ts';
import { addCommonOptions, commonOptions } from './common-options.ts';
import { addFilterOptions, filterOf, stateOption, type FilterOptions } from './events-filter.ts';
import { guarded } from './guarded.ts';
import { printable } from './print/print-problems.ts';
import { redacted } from './redacted.ts';

/** What was done, by count; the words of the counts are those of the JSON. */
type Acted = Readonly<Record<string, unknown>> & { readonly notes: readonly Note[] };

interface ActOptions extends FilterOptions {
  readonly forgetIntent?: boolean;
  readonly asRecorded?: boolean;
}

type Act = (hands: Hands, selection: Selection, options: ActOptions) => Promise<Acted>;

/** Notes printed for people: the rest are in the JSON. */
const NOTES_SHOWN = 20;

export function retryCommand(): Command {
  return actCommand(
    'retry',
    "dead letters are tried again, with their records' newest state",
    { retried: 0, superseded: 0 },
    async (hands, selection) => ({
      ...(await retry(hands, selection)),
    }),
  );
}

export function discardCommand(): Command {
  return actCommand(
    'discard',
    'dead letters are over; `run --full` takes their records up again',
    { discarded: 0 },
    async (hands, selection, options) => ({
      ...(await discard(hands, selection, options.forgetIntent === true)),
    }),
  ).option('--forget-intent', 'of a create in doubt, too: nobody looks what became of it');
}

export function replayCommand(): Command {
  return actCommand(
    'replay',
    'the records of events that have ended go through again, in their newest state',
    { replayed: 0, waiting: 0 },
    async (hands, selection, options) => {
      const states = selection.filter.states?.filter((state) => FINAL_STATES.includes(state)) ?? FINAL_STATES;
      const chosen = { ...selection, filter: { ...selection.filter, states } };
      return { ...(await replay(hands, chosen, { asRecorded: options.asRecorded === true })) };
    },
  )
    .addOption(stateOption())
    .option(
      '--as-recorded',
      'the state that the event brought, not the newest; the next change of the record overwrites it',
    );
}

function actCommand(
  name: string,
  description: string,
  nothing: Readonly<Record<string, number>>,
  act: Act,
): Command {
  const command = addCommonOptions(new Command(name)).description(description);
  return addFilterOptions(command)
    .argument('[ids...]', 'of `events list`: 12, or delivery:3')
    .option('--all', 'all that there are')
    .action(async (names: readonly string[], _options: unknown, self: Command) => {
      const options = commonOptions(self) as unknown as ActOptions;
      await guarded(options.json, () => acting(names, options, nothing, act));
    });
}

async function acting(
  names: readonly string[],
  options: ActOptions,
  nothing: Readonly<Record<string, number>>,
  act: Act,
): Promise<number> {
  const filter = filterOf(options);
  const filtered = Object.keys(filter).length > 0;
  if (names.length === 0 && !filtered && options.all !== true)
    return wrongUsage('say which: ids, --sync, --key, --reason, --since, or --all');
  if (names.length > 0 && (filtered || options.all === true)) return wrongUsage('ids or filters, not both');
  return besideRunner(options, async ({ hands, secrets }: BesideRunner) => {
    if (!hands && names[0] !== undefined) throw unknownName(names[0]);
    if (hands && options.sync !== undefined && !hands.config.syncs.has(options.sync))
      await refuseUnknownSync(hands, options.sync);
    const acted = hands ? await act(hands, { names, filter }, options) : { ...nothing, notes: [] };
    print(redacted(acted, secrets), options.json, hands ? await isAtRest(hands) : true);
    return acted.notes.some(({ refused }) => refused) ? 1 : 0;
  });
}

/** A sync that is not in the config any more may have left dead letters. */
async function refuseUnknownSync({ config, store }: Hands, sync: string): Promise<void> {
  if ((await store.read.events.find({ sync }, 1)).length > 0) return;
  throw failure(
    'unknown-sync',
    `there is no sync ${JSON.stringify(sync)}`,
    `there are: ${[...config.syncs.keys()].join(', ')}`,
  );
}

async function isAtRest({ store }: Hands): Promise<boolean> {
  return (await store.read.lanes.all()).every(({ owner }) => owner === null);
}

function print(acted: Acted, json: boolean, atRest: boolean): void {
  if (json) {
    printJson(acted);
    return;
  }
  const counts = Object.entries(acted).filter(([name]) => name !== 'notes') as [string, number][];
  const lines = [
    counts.map(([word, count]) => `${count} ${word}`).join(', '),
    ...acted.notes.slice(0, NOTES_SHOWN).map(({ id, text }) => `  ${id}: ${text}`),
    ...(acted.notes.length > NOTES_SHOWN
      ? [`  and ${acted.notes.length - NOTES_SHOWN} more: see --json`]
      : []),
    ...(atRest && willRun(counts)
      ? ['nothing runs now: the next `boothsync run` or `serve` takes them up']
      : []),
  ];
  process.stdout.write(`${lines.map(printable).join('\n')}\n`);
}

function willRun(counts: readonly [string, number][]): boolean {
  return counts.some(([word, count]) => (word === 'retried' || word === 'replayed') && count > 0);
}

function wrongUsage(message: string): number {
  process.stderr.write(`error: ${message}\n`);
  return 2;
}
