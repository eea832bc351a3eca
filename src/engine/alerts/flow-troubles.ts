import type { Trouble } from '../../model/alert.ts';
import { withoutExamples } from '../../model/hold.ts';
import type { Engine } from '../engine.ts';
import { waitingSince } from '../intake/waiting-since.ts';
import type { Finding } from './finding.ts';

/** Sources whose last poll failed. */
export function failedPolls({ poller, runtime }: Engine): Finding {
  const reads = poller.lastReads();
  return {
    cause: 'poll-failed',
    troubles: [...reads].flatMap(([source, read]): Trouble[] => {
      if (read.ok) return [];
      const { message, remedy, since } = read;
      const command = 'boothsync status';
      const place = `sources.${source}`;
      return [{ cause: 'poll-failed', place, mark: '', message, remedy, command, since, count: 1 }];
    }),
    isWell: (place) => {
      const source = place.replace(/^sources\./, '');
      return reads.get(source)?.ok === true || !runtime.config.sources.has(source);
    },
  };
}

/** A share of the day's calls from which on it is told. */
const NEARLY = 0.8;

/** Accounts whose day's quota is used up, or nearly. */
export function usedQuotas({ accounts, runtime }: Engine): Finding {
  const troubles = accounts.flatMap(({ account, usage, usedUp }): Trouble[] => {
    const { day, dayCalls, daily } = usage();
    const over = usedUp();
    const trouble = { cause: 'quota', place: account, since: runtime.clock.now(), count: 1 } as const;
    const command = 'boothsync status';
    if (over)
      return [{ ...trouble, mark: `${day} used up`, message: over.reason, remedy: over.remedy, command }];
    if (daily === undefined || dayCalls < NEARLY * daily) return [];
    return [
      {
        ...trouble,
        mark: `${day} nearly`,
        message: `${Math.floor((dayCalls / daily) * 100)} % of the ${daily} calls of ${day} (UTC) are used`,
        remedy: 'see what makes so many calls: a first import, a full read, an edited mapping',
        command,
      },
    ];
  });
  return {
    cause: 'quota',
    troubles,
    isWell: (place) => !troubles.some((trouble) => trouble.place === place),
  };
}

/** What guards hold. */
export async function heldByGuards({ runtime }: Engine): Promise<Finding> {
  const { store, tenant } = runtime;
  const holds = (await store.read.holds.all()).filter((hold) => hold.tenant === tenant && !hold.approved);
  return {
    cause: 'guard',
    troubles: holds.map((hold) => ({
      cause: 'guard',
      place: hold.place,
      // One that grows while it waits is the same.
      mark: '',
      message: withoutExamples(hold),
      remedy:
        'see that this is meant, then approve it; `boothsync status` tells its hash where it has changed',
      command: `boothsync run --approve ${hold.hash}`,
      since: hold.at,
      count: hold.keys.length,
    })),
    isWell: (place) => !holds.some((hold) => hold.place === place),
  };
}

/** Lanes that are so late, in ms: told again only after they were less than half as late. */
export async function lateLanes(engine: Engine, limits: readonly number[]): Promise<Finding> {
  const now = engine.runtime.clock.now();
  const waiting = await waitingSince(engine);
  const ageOf = (place: string) => now - (waiting.get(place) ?? now);
  const troubles = limits.flatMap((overMs) =>
    [...waiting]
      .filter(([, since]) => now - since > overMs)
      .map(([place, since]): Trouble => ({
        cause: 'lag',
        place,
        mark: String(overMs),
        message: `the oldest event that is due has waited for ${minutes(now - since)}`,
        remedy: 'see whether the lane is paused, or has more to do than the limit of calls allows',
        command: 'boothsync status',
        since,
        count: 1,
      })),
  );
  const shortest = Math.min(...limits);
  return { cause: 'lag', troubles, isWell: (place) => ageOf(place) < shortest / 2 };
}

function minutes(ms: number): string {
  return ms < 60_000 ? `${Math.floor(ms / 1000)} s` : `${Math.floor(ms / 60_000)} min`;
}
