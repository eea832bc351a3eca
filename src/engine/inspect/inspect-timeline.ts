import { isObject, type Json } from '../../model/json.ts';
import type { RecordNow } from './inspect-event.ts';
import type { SyncStory } from './inspect-story.ts';

/** Something that happened to a record. */
export interface Moment {
  /** ISO 8601. */
  readonly at: string;
  readonly sync: string | null;
  readonly event: number | string | null;
  readonly what: string;
}

/** The oldest first. */
export function timelineOf(syncs: readonly SyncStory[], record: RecordNow | null): Moment[] {
  const moments = syncs.flatMap((story) =>
    [...story.events].reverse().flatMap((event) => eventMoments(nameOf(story), event)),
  );
  const doubts = syncs.flatMap((story) => {
    const sync = nameOf(story);
    const intent = story.target?.intent;
    return intent
      ? [
          {
            at: intent.sentAt,
            sync,
            event: intent.event,
            what: 'a create was about to be sent; what became of it is in doubt',
          },
        ]
      : [];
  });
  const accepted = record
    ? [
        {
          at: record.receivedAt,
          sync: null,
          event: null,
          what: record.gone ? 'the source says that it is gone' : 'this state of the record was read',
        },
      ]
    : [];
  // Sorting keeps the order of what happened in the same millisecond.
  return [...accepted, ...moments, ...doubts].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** `extras gopro`: the sync, and which element of the record. */
function nameOf({ sync, element }: SyncStory): string {
  return element === undefined ? sync : `${sync} ${element}`;
}

function eventMoments(sync: string, event: SyncStory['events'][number]): Moment[] {
  const { id, state, reason, arrivedAt, at, journal } = event;
  const moment = (time: string, what: string): Moment => ({ at: time, sync, event: id, what });
  const steps = journal.map((line) =>
    moment(line.at, `${stepWords(line.step)}: ${answerWords(line.answer)}`),
  );
  const end = `${state}${reason === null ? '' : `: ${reason}`}`;
  const came =
    state === 'pending' || state === 'waiting' || state === 'sending' ? `came; it is ${end}` : 'came';
  return [moment(arrivedAt, came), ...steps, ...(came === 'came' ? [moment(at, end)] : [])];
}

/** A journal's step, for people: `update (firstName, email)`. */
export function stepWords(step: Json): string {
  if (!isObject(step)) return JSON.stringify(step);
  const { type, fields, tags } = step;
  const names = Array.isArray(fields) ? fields : isObject(fields) ? Object.keys(fields) : [];
  const details = [
    ...(names as unknown[]),
    ...(Array.isArray(tags) ? (tags as unknown[]).map((tag) => `tag ${String(tag)}`) : []),
  ];
  const words = typeof type === 'string' ? type : 'step';
  return details.length === 0 ? words : `${words} (${details.map(String).join(', ')})`;
}

/** What an API answered, or why a person did it, for people. */
export function answerWords(answer: Json): string {
  if (!isObject(answer)) return JSON.stringify(answer);
  return Object.entries(answer)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}
