import type { Trouble } from '../../model/alert.ts';
import type { Store } from '../../store/store.ts';
import type { Untold, DeadExample } from '../../store/alerts.ts';

/**
 * Makes one alert of the dead letters of each sync that nobody was told of. They are noted in the same transaction, so none is
 * told twice, and none is forgotten whenever the process ends. `told` makes of a reason what may leave the house; `bodies`
 * are the JSON of what it is about.
 */
export async function collectDead(
  { read, write }: Store,
  tenant: string,
  now: number,
  told: (reason: string, bodies: readonly string[]) => string,
): Promise<void> {
  const events = await read.alerts.untoldEvents(tenant);
  const deliveries = await read.alerts.untoldDeliveries(tenant);
  if (events.length + deliveries.length === 0) return;
  await write(async ({ alerts }) => {
    for (const untold of await alerts.untoldEvents(tenant)) {
      const example = await alerts.noteEvents(tenant, untold.of);
      const about = { place: `syncs.${untold.of}`, command: `boothsync events list --sync ${untold.of}` };
      await alerts.add(tenant, troubleOf(untold, example, about, told), now, now);
    }
    for (const untold of await alerts.untoldDeliveries(tenant)) {
      const example = await alerts.noteDeliveries(tenant, untold.of);
      const about = {
        place: `connections.${untold.of}`,
        command: `boothsync events show delivery:${untold.last}`,
      };
      await alerts.add(tenant, troubleOf(untold, example, about, told), now, now);
    }
  });
}

const REMEDY = 'see what it says, correct the cause, then retry it: `boothsync events retry`';

function troubleOf(
  { count }: Untold,
  example: DeadExample | undefined,
  about: Pick<Trouble, 'place' | 'command'>,
  told: (reason: string, bodies: readonly string[]) => string,
): Trouble {
  const { reason: whole, bodies, remedy } = example ?? { reason: null, bodies: [], remedy: null };
  const reason = told(whole ?? 'without words', bodies);
  return {
    ...about,
    cause: 'dead-letter',
    mark: '',
    message: count === 1 ? reason : `${count} of them, such as: ${reason}`,
    remedy: told(remedy ?? REMEDY, bodies),
    since: example?.at ?? 0,
    count,
  };
}
