import type { Trouble } from '../../model/alert.ts';
import type { Store } from '../../store/store.ts';
import type { Untold, DeadExample } from '../../store/alerts.ts';

/**
 * Makes one alert of the dead letters of each sync that nobody was told of. They are noted in the same transaction, so none is
 * told twice, and none is forgotten whenever the process ends.
 */
export async function collectDead(
  { read, write }: Store,
  tenant: string,
  now: number,
  clean: (text: string) => string,
): Promise<void> {
  const events = await read.alerts.untoldEvents(tenant);
  const deliveries = await read.alerts.untoldDeliveries(tenant);
  if (events.length + deliveries.length === 0) return;
  await write(async ({ alerts }) => {
    for (const untold of await alerts.untoldEvents(tenant)) {
      const example = await alerts.noteEvents(tenant, untold.of);
      const about = { place: `syncs.${untold.of}`, command: `boothsync events list --sync ${untold.of}` };
      await alerts.add(tenant, troubleOf(untold, example, about, clean), now, now);
    }
    for (const untold of await alerts.untoldDeliveries(tenant)) {
      const example = await alerts.noteDeliveries(tenant, untold.of);
      const about = {
        place: `connections.${untold.of}`,
        command: `boothsync events show delivery:${untold.last}`,
      };
      await alerts.add(tenant, troubleOf(untold, example, about, clean), now, now);
    }
  });
}

const REMEDY = 'see what it says, correct the cause, then retry it: `boothsync events retry`';

function troubleOf(
  { count }: Untold,
  example: DeadExample | undefined,
  about: Pick<Trouble, 'place' | 'command'>,
  clean: (text: string) => string,
): Trouble {
  const reason = clean(example?.reason ?? 'without words');
  return {
    ...about,
    cause: 'dead-letter',
    mark: '',
    message: count === 1 ? reason : `${count} of them, such as: ${reason}`,
    remedy: clean(example?.remedy ?? REMEDY),
    since: example?.at ?? 0,
    count,
  };
}
