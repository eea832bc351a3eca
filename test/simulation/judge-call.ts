import type { Contact } from '../../src/sandbox/ghl/contact.ts';
import type { Ghl } from '../../src/sandbox/ghl/ghl.ts';
import type { Booth, Revision } from './booth.ts';
import { createCompletions } from './completions.ts';
import { createContactTrails } from './contact-trails.ts';
import { createFirmPrices } from './firm-prices.ts';
import type { Setup } from './plan.ts';
import { createTagPrices } from './tag-prices.ts';
import type { Change } from './target-watch.ts';
import { createThingTrails } from './thing-trails.ts';

/** What is said of each call that changes the target, at the moment when it does. */
export interface CallJudge {
  /** What a call has broken that was sent at this time (ms); nothing where it was right. */
  readonly judge: (request: Request, changes: readonly Change[], begunAt: number) => string[];
  /** The runner works with this mapping from now on. */
  readonly mapped: (mapping: number) => void;
  /** The runner has accepted this state of a record once more, and nothing tells it that a newer one was read before. */
  readonly retold: (revision: Revision) => void;
  readonly told: (revision: Revision) => void;
  /** Something befell the call. */
  readonly doubt: (request: Request) => void;
  /** Somebody has deleted the contact of this key. */
  readonly lost: (key: string) => void;
  /** The store is lost. */
  readonly forget: () => void;
}

export function createCallJudge(booth: Booth, ghl: Ghl, setup: Setup, monotonic: () => number): CallJudge {
  const contacts = createContactTrails(booth, ghl, setup, monotonic);
  const things = createThingTrails(booth, ghl, setup);
  const completions = createCompletions();
  const tags = createTagPrices(booth, setup);
  const firms = createFirmPrices(booth, setup);

  function judgeOne(change: Change, begunAt: number): string | undefined {
    const held = change.after ?? change.before!;
    if (held.kind !== 'contact') return things.see(change);
    if (!change.after) return contacts.deleted(held.is);
    const before = change.before?.kind === 'contact' ? change.before.is : undefined;
    return wordsOf(before) === wordsOf(held.is) ? undefined : contacts.written(held.is, begunAt);
  }

  return {
    judge: (request, changes, begunAt) =>
      changes
        .filter((change) => isItself(request, change))
        .flatMap((change) =>
          [
            judgeOne(change, begunAt) ?? [],
            completions.see(request, change) ?? [],
            tags.see(change) ?? [],
            firms.see(change) ?? [],
          ].flat(),
        ),
    retold: (revision) => {
      things.retold(revision);
      if (revision.source === 'bookings') contacts.retold(revision);
    },
    told: things.told,
    doubt: completions.doubt,
    mapped: (mapping) => {
      contacts.mapped(mapping);
      tags.mapped(mapping);
    },
    lost: tags.lost,
    forget: () => {
      contacts.forget();
      completions.forget();
    },
  };
}

/** What goes with something else, as the children of a contact do, the runner has not deleted. */
function isItself({ url }: Request, { before, after }: Change): boolean {
  if (after || before!.kind === 'run') return true;
  return new URL(url).pathname.endsWith(`/${before!.is.id}`);
}

function wordsOf(contact: Contact | undefined): string {
  if (!contact) return '';
  const { firstName, email, phone, customFields, source } = contact;
  return JSON.stringify([firstName, email, phone, customFields, source]);
}
