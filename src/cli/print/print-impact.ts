import type { Impact } from '../../engine/plan/impact.ts';
import type { Example, SyncImpact } from '../../engine/plan/impact-roll.ts';
import { inMarkdown } from '../in-markdown.ts';
import { plural } from '../plural.ts';
import { printable } from './print-problems.ts';

/** Tags shown of each kind of change; all of them are in the JSON. */
const MOST_TAGS = 10;

export function impactText(impact: Impact, against: string): string {
  const lines = [
    headOf(impact, against),
    ...impact.syncs.flatMap((sync) => [
      sumOf(sync),
      ...changesOf(sync).map((line) => `  ${line}`),
      ...sync.examples.map((example) => `  e.g. ${exampleOf(example)}`),
    ]),
  ];
  return `${lines.map(printable).join('\n')}\n`;
}

/** The comment that a reviewer needs. */
export function impactMarkdown(impact: Impact, against: string): string {
  const blocks = impact.syncs.map((sync) => {
    const examples = sync.examples.map(exampleOf).map(printable).join('\n');
    const fence = '`'.repeat(Math.max(3, ...[...examples.matchAll(/`+/g)].map(([run]) => run.length + 1)));
    const changes = changesOf(sync).map((line) => `- ${inMarkdown(line)}`);
    const shown = `<details><summary>examples</summary>\n\n${fence}text\n${examples}\n${fence}\n\n</details>\n`;
    return `**${inMarkdown(sumOf(sync))}**\n\n${changes.join('\n')}\n\n${shown}`;
  });
  return `### boothsync impact\n\n${inMarkdown(headOf(impact, against))}\n\n${blocks.join('\n')}\n`;
}

function headOf({ records, syncs }: Impact, against: string): string {
  const what =
    syncs.length === 0
      ? 'nothing changes'
      : syncs.length === 1
        ? '1 sync changes'
        : `${syncs.length} syncs change`;
  return `against ${against}, for ${plural(records, 'stored record')}: ${what}`;
}

function sumOf({ sync, changed, unchanged }: SyncImpact): string {
  return `${sync}: ${changed} of ${changed + unchanged} records`;
}

function changesOf(impact: SyncImpact): string[] {
  const { tags, tagsAdded, tagsRemoved, joins, leaves, dead, moves, fields } = impact;
  const each = (sign: string, counts: Readonly<Record<string, number>>) =>
    tagsOf(counts).map((words) => `${sign}${words}`);
  const byField = Object.entries(fields).flatMap(([name, { changed, lost, gained }]) => [
    ...(changed > 0 ? [`${changed} change ${name}`] : []),
    ...(lost > 0 ? [`${lost} lose ${name}`] : []),
    ...(gained > 0 ? [`${gained} gain ${name}`] : []),
  ]);
  return [
    ...(tags > 0
      ? [`${tags} change tags: ${[...each('+', tagsAdded), ...each('-', tagsRemoved)].join(', ')}`]
      : []),
    ...byField,
    ...(moves > 0 ? [`${moves} get another target or parent`] : []),
    ...(joins > 0 ? [`${joins} are taken from now on`] : []),
    ...(leaves > 0 ? [`${leaves} are left out from now on`] : []),
    ...(dead > 0 ? [`${dead} become dead letters`] : []),
  ];
}

/** Tags with the most records first: a tag that is another for each record would fill pages. */
function tagsOf(counts: Readonly<Record<string, number>>): string[] {
  const all = Object.entries(counts).sort(([, a], [, b]) => b - a);
  const more = all.length - MOST_TAGS;
  const shown = all.slice(0, MOST_TAGS).map(([tag, count]) => `${tag} (${count})`);
  return more > 0 ? [...shown, plural(more, 'other tag')] : shown;
}

function exampleOf({ key, what, moves, reason, fields = {}, tags }: Example): string {
  const values = Object.entries(fields).map(
    ([name, { from, to }]) => `${name} ${written(from)} → ${written(to)}`,
  );
  const signed = [
    ...(tags?.add ?? []).map((tag) => `+${tag}`),
    ...(tags?.remove ?? []).map((tag) => `-${tag}`),
  ];
  const words = [
    ...(moves ? [`another ${moves}`] : []),
    ...values,
    ...signed,
    ...(reason === undefined ? [] : [reason]),
  ].join(', ');
  return `${key}: ${what === 'changes' ? words : `${what}${words === '' ? '' : `, ${words}`}`}`;
}

function written(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
