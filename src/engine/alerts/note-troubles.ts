import type { ToldTrouble, Trouble } from '../../model/alert.ts';
import type { Store } from '../../store/store.ts';
import type { Finding } from './finding.ts';

/**
 * Keeps in the store what lasts: a trouble is noted once while it lasts, also over restarts, and anew where it was over in
 * between. Writes only where something has changed.
 */
export async function noteTroubles(
  { read, write }: Store,
  tenant: string,
  now: number,
  findings: readonly Finding[],
): Promise<void> {
  const open = await read.alerts.open(tenant);
  const found = findings.flatMap(({ troubles }) => troubles);
  const fresh = found.filter((trouble) => !open.some((known) => isSame(known, trouble)));
  const over = open.filter((known) => isOver(known, findings, found));
  if (fresh.length + over.length === 0) return;
  await write(async ({ alerts }) => {
    for (const { id } of over) await alerts.end(id, now);
    for (const trouble of fresh) await alerts.add(tenant, trouble, now, null);
  });
}

function isOver(known: ToldTrouble, findings: readonly Finding[], found: readonly Trouble[]): boolean {
  if (found.some((trouble) => isSame(known, trouble))) return false;
  const finding = findings.find(({ cause }) => cause === known.cause);
  return finding?.isWell(known.place) === true;
}

function isSame(a: Trouble, b: Trouble): boolean {
  return a.cause === b.cause && a.place === b.place && a.mark === b.mark;
}
