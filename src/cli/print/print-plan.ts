import type { Plan } from '../../engine/plan/plan.ts';
import type { PlannedRecord } from '../../engine/plan/plan-records.ts';
import { inMarkdown } from '../in-markdown.ts';
import { plural } from '../plural.ts';
import { printable } from './print-problems.ts';

/** Records shown for each kind of change; all of them are in the JSON. */
const MOST = 50;

export function planText(plan: Plan): string {
  const lines = [
    ...groupsOf(plan).flatMap(({ shown, more }) => [
      ...shown.flatMap((record) => [headOf(record), ...detailsOf(record).map((line) => `    ${line}`)]),
      ...(more > 0 ? [`… and ${more} more; --format json shows all`] : []),
    ]),
    sumOf(plan),
    ...costsOf(plan),
    ...plan.held.map((message) => `a guard stops this: ${message}`),
    ...plan.problems.map((problem) => `not read: ${problem}`),
    `hash ${plan.hash}: \`boothsync run --approve ${plan.hash}\` applies just this`,
  ];
  return `${lines.map(printable).join('\n')}\n`;
}

/** For a pull request: a table of the sums, and the changes below it. */
export function planMarkdown(plan: Plan): string {
  const summary = Object.entries(plan.summary);
  const blocks = groupsOf(plan).map(({ action, count, shown, more }) => {
    const lines = shown.flatMap((record) => [
      headOf(record),
      ...detailsOf(record).map((line) => `  ${line}`),
    ]);
    const rest = more > 0 ? [`… and ${more} more`] : [];
    const text = [...lines, ...rest].map(printable).join('\n');
    // Whatever the records hold, it can't end the block.
    const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
    return `<details><summary>${action}: ${count}</summary>\n\n${fence}text\n${text}\n${fence}\n\n</details>\n`;
  });
  return [
    '### boothsync plan\n',
    `| ${summary.map(([name]) => name).join(' | ')} | calls |`,
    `|${' ---: |'.repeat(summary.length + 1)}`,
    `| ${summary.map(([, count]) => count).join(' | ')} | ${plan.calls} |\n`,
    ...costsOf(plan).map((line) => `${line}\n`),
    ...plan.held.map((message) => `A guard stops this: ${inMarkdown(message)}\n`),
    ...plan.problems.map((problem) => `**Not read:** ${inMarkdown(problem)}\n`),
    ...blocks,
    `Apply just this: \`boothsync run --approve ${plan.hash}\`\n`,
  ].join('\n');
}

interface Group {
  readonly action: PlannedRecord['action'];
  readonly count: number;
  readonly shown: readonly PlannedRecord[];
  readonly more: number;
}

function groupsOf({ records }: Plan): Group[] {
  const actions = [...new Set(records.map(({ action }) => action))];
  return actions.map((action) => {
    const all = records.filter((record) => record.action === action);
    return { action, count: all.length, shown: all.slice(0, MOST), more: Math.max(0, all.length - MOST) };
  });
}

function headOf({ action, sync, resource, target, keys, reason, remedy }: PlannedRecord): string {
  const what = target === undefined ? keys.join(', ') : `${resource ?? ''} ${target}`;
  const why = reason === undefined ? '' : `: ${reason}${remedy === undefined ? '' : `; ${remedy}`}`;
  return `${action.padEnd(6)} ${sync} ${what}${why}`;
}

function detailsOf({ action, fields = {}, tags }: PlannedRecord): string[] {
  const values = Object.entries(fields).map(([name, { from, to }]) => {
    const before = from === undefined ? '' : `${JSON.stringify(from)} → `;
    return `${name}: ${before}${action === 'update' && from === undefined ? '→ ' : ''}${JSON.stringify(to)}`;
  });
  const changed = [
    ...(tags?.add ?? []).map((tag) => `+${tag}`),
    ...(tags?.remove ?? []).map((tag) => `-${tag}`),
  ];
  return changed.length === 0 ? values : [...values, `tags: ${changed.join(', ')}`];
}

function sumOf({ summary }: Plan): string {
  return Object.entries(summary)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
}

function costsOf({ calls, operations, seconds, quota, reads }: Plan): string[] {
  const each = Object.entries(operations).map(([name, count]) => `${count} ${name}`);
  const detail = each.length > 0 ? ` (${each.join(', ')})` : '';
  return [
    `${plural(calls, 'call')}${detail}, at least ${seconds} s under the limit`,
    ...quota.map(
      (one) =>
        `${((100 * one.calls) / Math.max(1, one.daily)).toFixed(1)} % of the day's ${one.daily} calls for ${one.account}; ${one.usedToday} are used`,
    ),
    reads > 0
      ? `the plan itself asked ${plural(reads, 'question')}`
      : 'the target was not asked: what is there already is not known; --remote asks',
  ];
}
