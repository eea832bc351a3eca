import { Command } from 'commander';
import { describeEvent } from '../engine/inspect/inspect-event.ts';
import { listEvents, OPEN_STATES, type ListedEvent } from '../engine/inspect/inspect-list.ts';
import { unknownName } from '../engine/inspect/event-name.ts';
import { besideRunner, printJson, type BesideRunner } from './beside-runner.ts';
import { addCommonOptions, commonOptions, type CommonOptions } from './common-options.ts';
import { discardCommand, replayCommand, retryCommand } from './events-act.ts';
import { addFilterOptions, filterOf, parseLimit, stateOption, type FilterOptions } from './events-filter.ts';
import { renderStory } from './events-show.ts';
import { guarded } from './guarded.ts';
import { renderTable } from './print/print-table.ts';
import { printable } from './print/print-problems.ts';
import { redacted } from './redacted.ts';

const LIMIT = 100;

/** `boothsync events`: the inbox and its dead letters; works beside a running `serve`. */
export function eventsCommand(): Command {
  const events = new Command('events').description('the inbox and its dead letters');
  for (const command of [listCommand(), showCommand(), retryCommand(), discardCommand(), replayCommand()])
    events.addCommand(command.exitOverride().showSuggestionAfterError());
  return events;
}

interface ListOptions extends FilterOptions {
  readonly limit: number;
}

function listCommand(): Command {
  const command = addCommonOptions(new Command('list')).description(
    'dead letters and what waits, the newest first',
  );
  return addFilterOptions(command.addOption(stateOption()))
    .option('--limit <n>', 'how many at most', parseLimit, LIMIT)
    .action(async (_options: unknown, self: Command) => {
      const options = commonOptions(self) as unknown as ListOptions;
      await guarded(options.json, () => besideRunner(options, (beside) => list(options, beside)));
    });
}

async function list(options: ListOptions, { hands, secrets }: BesideRunner): Promise<number> {
  const filter = { states: OPEN_STATES, ...filterOf(options) };
  const found = hands ? await listEvents(hands.store, filter, options.limit) : [];
  const events = redacted(found, secrets);
  if (options.json) {
    printJson(events);
    return 0;
  }
  const counts = hands ? await hands.store.read.events.countStates(filter) : [];
  const all = counts.reduce((sum, { count }) => sum + count, 0);
  const more =
    all > events.length
      ? `\n${all} in all (${counts.map(({ state, count }) => `${count} ${state}`).join(', ')}); --limit shows more\n`
      : '';
  process.stdout.write(events.length === 0 ? 'there are no such events\n' : `${renderList(events)}\n${more}`);
  return 0;
}

function renderList(events: readonly ListedEvent[]): string {
  const rows = events.map(({ id, at, state, sync, key, element, reason }) => [
    String(id),
    at,
    state,
    sync ?? '',
    [key ?? '', ...(element === undefined ? [] : [element])].join(' '),
    reason ?? '',
  ]);
  const [head, ...lines] = renderTable(['ID', 'AT', 'STATE', 'SYNC', 'KEY', 'REASON'], rows).split('\n');
  const withRemedies = lines.flatMap((line, at) => {
    const remedy = events[at]?.remedy;
    return remedy === null || remedy === undefined ? [line] : [line, `    → ${printable(remedy)}`];
  });
  return [head, ...withRemedies].join('\n');
}

function showCommand(): Command {
  return addCommonOptions(new Command('show'))
    .description('an event: its record, its mapping, its target, what was sent and answered, what to do')
    .argument('<id>', 'of `events list`: 12, or delivery:3')
    .action(async (id: string, _options: unknown, self: Command) => {
      const options = commonOptions(self);
      await guarded(options.json, () => besideRunner(options, (beside) => show(id, options, beside)));
    });
}

async function show(id: string, options: CommonOptions, { hands, secrets }: BesideRunner): Promise<number> {
  if (!hands) throw unknownName(id);
  const story = redacted(await describeEvent(hands, id), secrets);
  if (options.json) printJson(story);
  else process.stdout.write(`${renderStory(story)}\n`);
  return 0;
}
