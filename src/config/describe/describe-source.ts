import { child, entriesOf, itemsOf, looseStrings, textOf } from '../tree.ts';
import type { Node } from '../tree.ts';
import { requestOf } from './request-of.ts';
import { saidOf, type Said } from './said.ts';

export interface SourceDescription {
  readonly source: string;
  readonly connection: string;
  readonly key: Said | null;
  readonly updatedAt: Said | null;
  readonly deleted: Said | null;
  readonly let: readonly { readonly name: string; readonly value: Said }[];
  /** What makes it look, in words. */
  readonly triggers: readonly string[];
  readonly endpoints: readonly { readonly purpose: string; readonly method: string; readonly path: string }[];
}

export function describeSource(root: Node, name: string, node: Node): SourceDescription {
  const poll = child(node, 'poll');
  const fetch = child(node, 'fetch');
  return {
    source: name,
    connection: textOf(child(node, 'connection')) ?? '',
    key: saidOf(child(node, 'key')),
    updatedAt: saidOf(child(node, 'updatedAt')),
    deleted: saidOf(child(node, 'deleted'), 'condition'),
    let: entriesOf(child(node, 'let')).flatMap((entry) => {
      const value = saidOf(entry.value);
      return value ? [{ name: entry.name, value }] : [];
    }),
    triggers: [...webhookWords(node), ...pollWords(root, poll)],
    endpoints: [
      ...(fetch ? [{ purpose: 'fetch', ...requestOf(fetch) }] : []),
      ...(poll ? [{ purpose: 'poll', ...requestOf(child(poll, 'request') ?? poll) }] : []),
    ],
  };
}

function webhookWords(node: Node): readonly string[] {
  const webhook = child(node, 'webhook');
  if (!webhook) return [];
  const events = itemsOf(child(webhook, 'events')).flatMap(looseStrings).join(', ');
  const path = `/webhooks/${textOf(child(node, 'connection')) ?? ''}`;
  return [`webhook: ${events === '' ? 'all events' : `events ${events}`}, at POST ${path}`];
}

function pollWords(root: Node, poll: Node | undefined): readonly string[] {
  if (!poll) return [];
  const zone = textOf(child(root, 'timezone')) ?? 'UTC';
  const every = textOf(child(poll, 'every'));
  const schedule = textOf(child(poll, 'schedule'));
  const full = textOf(child(poll, 'full'));
  const when =
    every === undefined ? schedule && `by cron ${schedule} (${zone})` : `every ${durationWords(every)}`;
  return [
    `poll: ${when ?? 'at each run'}${windowWords(child(poll, 'window'))}`,
    ...(full === undefined ? [] : [`full read: by cron ${full} (${zone})`]),
  ];
}

function windowWords(window: Node | undefined): string {
  const [from, to, step] = ['from', 'to', 'step'].map((name) => textOf(child(window, name)));
  if (from === undefined || to === undefined) return '';
  const steps = step === undefined ? '' : `, ${durationWords(step)} at a time`;
  return `, dates from ${sideWords(from)} to ${sideWords(to)}${steps}`;
}

function sideWords(duration: string): string {
  const words = durationWords(duration.replace(/^[+-]/, ''));
  return duration.startsWith('-') ? `${words} before` : `${words} after`;
}

const UNITS: Readonly<Record<string, string>> = {
  ms: 'millisecond',
  s: 'second',
  m: 'minute',
  h: 'hour',
  d: 'day',
};

/** `10m` → `10 minutes`; what is no such duration, such as `${EVERY}`, stays. */
export function durationWords(duration: string): string {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(duration) ?? [];
  return number === undefined ? duration : `${number} ${UNITS[unit]!}${number === '1' ? '' : 's'}`;
}
