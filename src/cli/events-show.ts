import type { DeliveryStory, EventStory, JournalLine, RecordNow } from '../engine/inspect/inspect-event.ts';
import type { MappingNow } from '../engine/inspect/inspect-mapping.ts';
import type { TargetNow } from '../engine/inspect/inspect-target.ts';
import { answerWords, stepWords } from '../engine/inspect/inspect-timeline.ts';
import { keyOf } from '../model/target-key.ts';
import { printable } from './print/print-problems.ts';

/** An event or a delivery for people. */
export function renderStory(story: EventStory | DeliveryStory): string {
  const lines = story.type === 'event' ? eventLines(story) : deliveryLines(story);
  return lines.map(printable).join('\n');
}

function eventLines(story: EventStory): string[] {
  const { id, state, sync, key, reason, remedy, arrivedAt, at, tries, name, dueAt, waitsFor } = story;
  const times = [
    `came ${arrivedAt}${name === null ? '' : ` (${name})`}`,
    ...(dueAt === null ? [`${state} ${at}`] : [`due ${dueAt}`]),
    ...(tries > 0 ? [`failed ${tries} times`] : []),
    ...(waitsFor === null ? [] : [`waits for ${targetWords(waitsFor)}`]),
  ];
  return [
    `event ${id}: ${state}, sync ${sync ?? ''}, key ${key ?? ''}`,
    `  ${times.join(', ')}`,
    ...(reason === null ? [] : [`  ${reason}`]),
    ...(remedy === null ? [] : [`  → ${remedy}`]),
    ...recordLines(story.record),
    ...(story.ownRecord === null ? [] : ['its own copy of the record', ...jsonLines(story.ownRecord)]),
    ...mappingLines(story.mapping),
    ...targetLines(story.target),
    ...journalLines(story.journal),
  ];
}

function deliveryLines({ id, state, name, connection, reason, remedy, at, raw }: DeliveryStory): string[] {
  return [
    `${id}: ${state}, connection ${connection}${name === null ? '' : `, ${name}`}`,
    `  came ${at}`,
    ...(reason === null ? [] : [`  ${reason}`]),
    ...(remedy === null ? [] : [`  → ${remedy}`]),
    'as it came',
    ...jsonLines(raw),
  ];
}

export function recordLines(record: RecordNow | null): string[] {
  if (!record) return ['its record is not in the store'];
  const { source, key, gone, updatedAt, receivedAt, body } = record;
  const times = [
    ...(updatedAt === null ? [] : [`updated ${updatedAt}`]),
    `read ${receivedAt}`,
    ...(gone ? ['gone'] : []),
  ];
  return [`record ${key} of ${source}: ${times.join(', ')}`, ...jsonLines(body)];
}

export function mappingLines(mapping: MappingNow): string[] {
  switch (mapping.type) {
    case 'target': {
      const { desired, warnings, targetKey } = mapping;
      const { sticky, owned, remove } = desired.tags;
      return [
        `maps to ${targetWords(targetKey)} now`,
        ...valueLines(desired.always),
        ...valueLines(desired.onCreate).map((line) => `${line}  (with a create only)`),
        ...valueLines(desired.onEmpty ?? {}).map((line) => `${line}  (only where the target has nothing)`),
        ...(sticky.length + owned.length > 0 ? [`  tags: ${[...sticky, ...owned].join(', ')}`] : []),
        ...(remove.length > 0 ? [`  not tagged: ${remove.join(', ')}`] : []),
        ...(desired.parent === undefined ? [] : [`  parent: ${targetWords(desired.parent)}`]),
        ...warnings.map((warning) => `  warning: ${warning}`),
      ];
    }
    case 'call':
      return [
        `calls ${mapping.operation}`,
        ...valueLines(mapping.values),
        ...mapping.warnings.map((warning) => `  warning: ${warning}`),
      ];
    case 'leaves':
      return [`leaves ${targetWords(mapping.targetKey)} now: ${mapping.reason}`];
    case 'skipped':
      return [`maps to nothing now: ${mapping.reason}`];
    case 'dead':
      return [`can't be mapped now: ${mapping.reason}`, `  → ${mapping.remedy}`];
  }
}

export function targetLines(target: TargetNow | null): string[] {
  if (!target) return [];
  const { link, members, intent, targetKey } = target;
  return [
    link
      ? `target ${link.resource} ${link.id}: ${link.origin}${link.gone ? ', deleted by the runner' : ''}${link.writtenAt === null ? '' : `, written ${link.writtenAt}`}`
      : `target ${targetWords(targetKey)}: nothing is there yet`,
    ...(link && link.applied.tags.length > 0 ? [`  tags applied: ${link.applied.tags.join(', ')}`] : []),
    ...(link ? ownedLines(link.applied.owned) : []),
    ...(link && Object.keys(link.applied.fields).length > 0
      ? ['  fields applied:', ...valueLines(link.applied.fields).map((line) => `  ${line}`)]
      : []),
    ...(members.length > 0
      ? [`  holds: ${members.map(({ sync, key }) => `${sync} ${key}`).join(', ')}`]
      : []),
    ...(intent
      ? [
          `  in doubt: a create of event ${intent.event}, sent ${intent.sentAt}${intent.failure ? ` (${intent.failure.message})` : ''}; looked for from ${intent.lookAt} on`,
        ]
      : []),
  ];
}

/** A target key without its account: `contact ann@example.com`. */
function targetWords(targetKey: string): string {
  return `${targetKey.split('|')[1] ?? ''} ${keyOf(targetKey)}`;
}

function ownedLines(owned: Readonly<Record<string, readonly string[]>>): string[] {
  return Object.entries(owned)
    .filter(([, tags]) => tags.length > 0)
    .map(([sync, tags]) => `  tags that ${sync} takes away again: ${tags.join(', ')}`);
}

function journalLines(journal: readonly JournalLine[]): string[] {
  if (journal.length === 0) return ['nothing was sent for it'];
  return [
    'what was done',
    ...journal.map(({ at, step, answer }) => `  ${at}  ${stepWords(step)}: ${answerWords(answer)}`),
  ];
}

function valueLines(values: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(values).map(
    ([name, value]) => `  ${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
}

function jsonLines(value: unknown): string[] {
  return JSON.stringify(value, null, 2)
    .split('\n')
    .map((line) => `  ${line}`);
}
