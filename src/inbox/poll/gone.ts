import { hashOf } from '../../model/digest.ts';
import { PRIORITY } from '../../model/event.ts';
import { isBeyond, type Limit } from '../../model/guard.ts';
import { examplesOf, withoutExamples, type Hold } from '../../model/hold.ts';
import type { PollContext } from './read-span.ts';

export interface FullRead {
  /** Of all records that it holds. */
  readonly seen: ReadonlySet<string>;
  /** What was accepted after this is newer than the read. */
  readonly sequence: number;
  /** When it began, in ms. */
  readonly startedAt: number;
  /** Reads all once more, where pages may have shifted meanwhile; nothing where they can't. */
  readonly again?: () => Promise<ReadonlySet<string>>;
}

/** A transaction of more would hold up everything else. */
const ROWS = 500;

/**
 * Takes what a complete read no longer holds for deleted: keys known before it began, and absent again where pages may
 * shift (ENGINE case 20). A read that lost more than the guards allow may be the source's fault: then nothing of it is
 * deleted until a person approves just these keys.
 */
export async function acceptGone(context: PollContext, read: FullRead): Promise<void> {
  const { store, tenant, source } = context;
  const gone = await missingKeys(context, read);
  const place = placeOf(source);
  const held = await store.read.holds.get(tenant, place);
  const hold = await stoppedBy(context, read, gone, held);
  if (hold) {
    context.warn(`${withoutExamples(hold)}; approve it with \`boothsync run --approve ${hold.hash}\``);
    await store.write((tables) => tables.holds.put(hold));
    return;
  }
  for (let at = 0; at < gone.length; at += ROWS) {
    const stored = await store.read.records.getMany(tenant, source, gone.slice(at, at + ROWS));
    const arrivals = [...stored.values()].map(({ body }) => ({
      record: body,
      asOf: read.startedAt,
      name: null,
      gone: true,
    }));
    await context.accept(arrivals, {
      origin: 'poll',
      priority: PRIORITY.bulk,
      full: false,
      approved: held?.approved === true,
    });
  }
  if (held) await store.write((tables) => tables.holds.remove(tenant, place));
}

/** Where the deletes of a source wait. */
export function placeOf(source: string): string {
  return `sources.${source}`;
}

async function missingKeys(context: PollContext, read: FullRead): Promise<string[]> {
  const { store, tenant, source } = context;
  const missing: string[] = [];
  for (let after = ''; ;) {
    const keys = await store.read.records.liveKeys(tenant, source, read.sequence, after, ROWS);
    missing.push(...keys.filter((key) => !read.seen.has(key)));
    if (keys.length < ROWS) break;
    after = keys.at(-1)!;
  }
  if (missing.length === 0 || !read.again) return missing;
  const again = await read.again();
  return missing.filter((key) => !again.has(key));
}

/** What is to wait for a person; nothing where it is within the guards, or was approved as it is. */
async function stoppedBy(
  context: PollContext,
  { seen }: FullRead,
  gone: readonly string[],
  held: Hold | undefined,
): Promise<Hold | undefined> {
  if (gone.length === 0) return undefined;
  const { store, tenant, source, clock } = context;
  const known = await store.read.records.countLive(tenant, source);
  const isOver = (limit: Limit) => isBeyond(limit, gone.length, known);
  if (seen.size > 0 && !context.deleteLimits.some(isOver)) return undefined;
  const hash = hashOf([tenant, source, gone]);
  const same = held?.hash === hash ? held : undefined;
  if (same?.approved) return undefined;
  return {
    tenant,
    place: placeOf(source),
    hash,
    keys: gone,
    message: `a full read of ${source} holds ${seen.size} records and lacks ${gone.length} of ${known} known ones (${examplesOf(gone)}): none of them was deleted`,
    at: same?.at ?? clock.now(),
    approved: false,
  };
}
