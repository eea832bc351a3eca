import { isOf } from './lose-store.ts';
import type { World } from './world.ts';

/** An action runs once for each digest, and each run that the runner tells of is one. */
export function runDifferences(world: World): string[] {
  const counts = new Map<string, number>();
  for (const { eventStartTime = '' } of world.ghl.workflowRuns())
    counts.set(eventStartTime, (counts.get(eventStartTime) ?? 0) + 1);
  const twice = [...counts]
    .filter(([start, count]) => count > 1 + (world.hand.runsMore.get(start) ?? 0))
    .map(([start]) => `the action ran twice for ${start}`);
  const told = world.view.query<{ key: string; runs: number }>(
    "select key, count(*) as runs from events where sync = 'welcome' and reason = 'ran' group by key",
  );
  const untrue = told.flatMap(({ key, runs }) => {
    const ran = [...counts].filter(([start]) => isOf(key, start)).length;
    return ran < runs ? [`booking ${key}: ${runs} runs are told of, ${ran} there are`] : [];
  });
  return [...twice, ...untrue];
}

export function handTagDifferences(world: World): string[] {
  return [...world.hand.tags].flatMap(([id, tags]) => {
    const contact = world.ghl.contact(id);
    return contact
      ? [...tags].filter((tag) => !contact.tags.includes(tag)).map((tag) => `contact ${id} lost ${tag}`)
      : [];
  });
}

interface Dead {
  readonly sync: string;
  readonly key: string;
  readonly target_key: string;
  readonly reason: string;
}

export function deadLetters(world: World, tainted: ReadonlySet<string>): string[] {
  const dead = world.view.query<Dead>(
    "select sync, key, target_key, reason from events where state = 'dead'",
  );
  const deliveries = world.view.query<{ reason: string }>(
    "select reason from deliveries where state = 'dead'",
  );
  return [
    ...dead
      .filter((one) => !isExcused(world, one, tainted))
      .map(({ sync, key, target_key, reason }) => `dead: ${sync} of ${key} (${target_key}): ${reason}`),
    ...deliveries.map(({ reason }) => `a delivery is dead: ${reason}`),
  ];
}

function isExcused({ booth }: World, { sync, key, reason }: Dead, tainted: ReadonlySet<string>): boolean {
  if (sync === 'welcome' && reason.startsWith('nobody knows')) return true;
  const source = sync === 'notes' ? 'memos' : 'bookings';
  const states = booth.history.filter((one) => one.source === source && one.id === key);
  return states.some((one) => tainted.has(one.key));
}
