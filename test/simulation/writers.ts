import type { Mortal } from './virtual-time.ts';

/** Who writes to what at this moment: never two at once to one target. */
export interface Writers {
  /** Yields what ends the write. */
  readonly enter: (request: Request, body: string, who: Mortal | undefined) => () => void;
}

export function createWriters(violated: (words: string) => void): Writers {
  const inFlight = new Map<string, { readonly path: string; readonly isDead: () => boolean }>();
  return {
    enter: (request, body, who) => {
      const units = unitsOf(request, body);
      const path = `${request.method} ${new URL(request.url).pathname}`;
      const mine = { path, isDead: who?.isDead ?? (() => false) };
      for (const unit of units) {
        const other = inFlight.get(unit);
        if (other && !other.isDead()) violated(`two writers of ${unit}: ${other.path} and ${path}`);
        inFlight.set(unit, mine);
      }
      return () => {
        for (const unit of units) if (inFlight.get(unit) === mine) inFlight.delete(unit);
      };
    },
  };
}

/** What a write writes to: one call may change the tags of many. */
function unitsOf(request: Request, body: string): string[] {
  const isBulk = new URL(request.url).pathname.startsWith('/contacts/bulk/');
  return isBulk ? (JSON.parse(body) as { contacts: string[] }).contacts : [unitOf(request, body)];
}

/** What a write writes to, as far as its request tells. */
function unitOf(request: Request, body: string): string {
  const path = new URL(request.url).pathname;
  const other = otherUnitOf(path, body);
  if (other !== undefined) return other;
  const event = /^\/calendars\/events\/(?:appointments\/)?([^/]+)$/.exec(path)?.[1];
  if (event === 'appointments') return `a new appointment: ${body}`;
  if (event !== undefined) return event;
  const child = /^\/contacts\/([^/]+)\/(tasks|notes|workflow)(?:\/([^/]+))?/.exec(path);
  if (child && child[2] === 'workflow') return `workflow of ${child[1]!} ${body}`;
  if (child) return child[3] ?? `a new one of ${child[2]!}: ${body}`;
  const contact = /^\/contacts\/([^/]+)/.exec(path)?.[1];
  if (contact !== undefined) return contact;
  const { email, phone } = JSON.parse(body) as { email?: string; phone?: string };
  return `the new contact ${email ?? phone ?? ''}`;
}

/** Deals, companies, notes of appointments, blocked time: by their own id, or what a new one is to be. */
function otherUnitOf(path: string, body: string): string | undefined {
  const [, kind, id] =
    /^\/(opportunities|businesses|calendars\/appointments\/[^/]+\/notes|calendars\/events\/block-slots)(?:\/([^/]*))?/.exec(
      path,
    ) ?? [];
  if (kind === undefined) return undefined;
  return id === undefined || id === '' ? `a new one of ${kind}: ${body}` : id;
}
