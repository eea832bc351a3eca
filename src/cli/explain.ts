import { Command } from 'commander';
import { explain, type Explanation, type RecordStory } from '../engine/inspect/inspect-record.ts';
import type { SyncStory } from '../engine/inspect/inspect-story.ts';
import { failure } from '../model/problem.ts';
import { besideRunner, printJson, type BesideRunner } from './beside-runner.ts';
import { addCommonOptions, commonOptions, type CommonOptions } from './common-options.ts';
import { mappingLines, recordLines, targetLines } from './events-show.ts';
import { guarded } from './guarded.ts';
import { printable } from './print/print-problems.ts';
import { redacted } from './redacted.ts';

/** `boothsync explain`: one record's whole story; works beside a running `serve`. */
export function explainCommand(): Command {
  return addCommonOptions(new Command('explain'))
    .description("one record's whole story: what it maps to, its targets, and all that happened to it")
    .argument(
      '<word>',
      "a record's key, an email, a phone number or other text in it, a target's id, or an event's id (12, event:12)",
    )
    .action(async (word: string, _options: unknown, self: Command) => {
      const options = commonOptions(self);
      await guarded(options.json, () => besideRunner(options, (beside) => tell(word, options, beside)));
    });
}

async function tell(word: string, options: CommonOptions, { hands, secrets }: BesideRunner): Promise<number> {
  if (!hands) throw failure('usage', 'nothing has run yet: there is no store', 'run `boothsync run` first');
  const explanation = redacted(await explain(hands, word), secrets);
  if (options.json) printJson(explanation);
  else process.stdout.write(`${render(explanation)}\n`);
  return 0;
}

function render({ records, more }: Explanation): string {
  const stories = records.map((record) => storyLines(record).map(printable).join('\n'));
  return [...stories, ...(more ? ['more records match: ask for one by its key'] : [])].join('\n\n');
}

function storyLines({ record, source, key, found, syncs, timeline }: RecordStory): string[] {
  return [
    ...(record ? recordLines(record) : [`record ${key} of ${source} is not in the store`]),
    ...(found === 'text' || found === 'target id' || found === 'target key'
      ? [`  (found by its ${found})`]
      : []),
    ...syncs.flatMap(syncLines),
    'what happened',
    ...timeline.map(
      ({ at, sync, event, what }) =>
        `  ${at}  ${[sync, event === null ? null : `event ${event}`, what].filter((word) => word !== null).join('  ')}`,
    ),
  ];
}

function syncLines({ sync, element, mapping, target, events }: SyncStory): string[] {
  const remedies = events
    .filter(({ state }) => state === 'dead')
    .map(({ id, remedy }) => `event ${id} is dead → ${remedy ?? ''}`);
  const lines = [
    ...(mapping ? mappingLines(mapping) : ['it is not in the config any more']),
    ...targetLines(target),
    ...remedies,
  ];
  return [
    `sync ${sync}${element === undefined ? '' : `, element ${element}`}`,
    ...lines.map((line) => `  ${line}`),
  ];
}
