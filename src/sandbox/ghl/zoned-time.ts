/** The local times of an IANA zone. */
export interface ZonedTime {
  /** `2026-06-14T19:00:00+01:00`. */
  readonly iso: (epochMs: number) => string;
  /** `2026-06-14 19:00:00`: without an offset, as a contact's list of appointments prints it. */
  readonly plain: (epochMs: number) => string;
}

/** Made once for each location: making a format costs a thousand times what using it does. */
export function createZonedTime(zone: string): ZonedTime {
  const format = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', timeZoneName: 'longOffset' },
  });

  function iso(epochMs: number): string {
    const parts = new Map(format.formatToParts(epochMs).map(({ type, value }) => [type, value]));
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
    const offset = part('timeZoneName') === 'GMT' ? '+00:00' : part('timeZoneName').slice(3);
    const date = `${part('year')}-${part('month')}-${part('day')}`;
    return `${date}T${part('hour')}:${part('minute')}:${part('second')}${offset}`;
  }

  return { iso, plain: (epochMs) => iso(epochMs).slice(0, 19).replace('T', ' ') };
}
