import type { Cause, ToldTrouble } from '../../model/alert.ts';
import { digestOf } from '../../model/digest.ts';
import { iso } from '../inspect/inspect-list.ts';

/** What is sent: the JSON of a webhook and of a command. Times are ISO 8601. */
export interface AlertMessage {
  /** Of just these troubles: the same where it is sent again because nobody knows whether it came. */
  readonly id: string;
  readonly cause: Cause;
  readonly tenant: string;
  readonly title: string;
  /** All of it, for people. */
  readonly text: string;
  /** Of all troubles together. */
  readonly count: number;
  readonly sentAt: string;
  readonly troubles: readonly ToldOne[];
}

export interface ToldOne {
  readonly place: string;
  readonly connection: string | null;
  readonly source: string | null;
  readonly sync: string | null;
  readonly message: string;
  readonly since: string;
  /** Null while it lasts, and of a dead letter. */
  readonly until: string | null;
  readonly count: number;
  readonly remedy: string;
  readonly command: string;
}

const TITLES: Readonly<Record<Cause, string>> = {
  'dead-letter': 'events that can not be applied',
  'auth-failed': 'credentials are refused',
  'auth-due': 'a credential is due to be replaced',
  quota: "the day's quota of calls is used up, or nearly",
  lag: 'delivery is late',
  'poll-failed': 'a source can not be read',
  guard: 'a guard holds changes until a person approves them',
  drift: 'what a connection has differs from the lock file',
};

/** More would not be read; an answer of Slack's holds 40,000 characters. */
const MOST_SHOWN = 20;

/** What was gathered of one cause; the troubles of one place are told as one. */
export function messageOf(told: readonly [ToldTrouble, ...ToldTrouble[]], now: number): AlertMessage {
  const { cause, tenant } = told[0];
  const merged = mergedByPlace(told);
  const shown = merged.slice(0, MOST_SHOWN).map(toldOne);
  const more = merged.length - shown.length;
  const places = shown.map(({ place }) => place);
  const title = `boothsync: ${TITLES[cause]}: ${places.slice(0, 3).join(', ')}${merged.length > 3 ? ', …' : ''}`;
  return {
    id: digestOf([tenant, told.map(({ id }) => id)]).slice(0, 16),
    cause,
    tenant,
    title,
    text: [
      title,
      ...(tenant === 'default' ? [] : [`tenant ${tenant}`]),
      ...shown.flatMap(linesOf),
      ...(more > 0 ? [`and ${more} more`] : []),
    ].join('\n'),
    count: merged.reduce((sum, { count }) => sum + count, 0),
    sentAt: iso(now),
    troubles: shown,
  };
}

/** The newest words, since the oldest, all counted. */
function mergedByPlace(told: readonly ToldTrouble[]): ToldTrouble[] {
  const byPlace = new Map<string, ToldTrouble>();
  for (const trouble of told) {
    const before = byPlace.get(trouble.place);
    if (!before) byPlace.set(trouble.place, trouble);
    else if (trouble.cause === 'dead-letter')
      byPlace.set(trouble.place, {
        ...trouble,
        since: Math.min(before.since, trouble.since),
        count: before.count + trouble.count,
      });
    else byPlace.set(trouble.place, trouble);
  }
  return [...byPlace.values()];
}

function toldOne(trouble: ToldTrouble): ToldOne {
  const { cause, place, message, since, until, count, remedy, command } = trouble;
  const [block, name] = [place.slice(0, place.indexOf('.')), place.slice(place.indexOf('.') + 1)];
  return {
    place,
    connection: block === 'connections' ? name : null,
    source: block === 'sources' ? name : null,
    sync: block === 'syncs' ? name : null,
    message,
    since: iso(since),
    until: cause === 'dead-letter' || until === null ? null : iso(until),
    count,
    remedy,
    command,
  };
}

function linesOf({ place, message, since, until, count, remedy, command }: ToldOne): string[] {
  const often = count > 1 ? `, ${count} of them` : '';
  const over = until === null ? '' : `, over since ${until}`;
  return [`${place}: ${message}`, `  since ${since}${often}${over}`, `  → ${remedy}`, `  $ ${command}`];
}
