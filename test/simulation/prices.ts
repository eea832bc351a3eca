import type { Ghl } from '../../src/sandbox/ghl/ghl.ts';
import {
  CREATE_CONTACT,
  LIST_BLOCKS,
  LIST_CHILDREN,
  LIST_FIRMS,
  LIST_REMARKS,
  LOOK_FOR_CONTACT,
  READ_CONTACT,
  contactIn,
  idIn,
  kindOf,
  isCreate,
  lookedFor,
  topicOf,
} from './call-kinds.ts';
import type { Ledger } from './ledger.ts';
import { createLooks } from './looks.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What calls may cost: each fault pays for one more, each question that can't be done without for itself. */
export interface Prices {
  readonly begin: (request: Request, body: string) => void;
  /** Something befell it. */
  readonly pay: (request: Request, why: string) => void;
  /** It has changed the target. */
  readonly works: (request: Request) => void;
  /** The target has answered. */
  readonly note: (request: Request, answer: Response) => Promise<void>;
  /** Its sender has the answer, or waits for it no more. */
  readonly end: (request: Request) => void;
  /** By now the store surely knows of it. */
  readonly settle: (request: Request) => void;
  /** All is quiet: what was looked for before a create in doubt, and is wanted no more, was looked for all the same. */
  readonly rest: () => void;
  /** The process has stopped, and was told so at this time (ms): what it has looked for and not created yet it looks for again, and what was answered meanwhile it does not go on with. */
  readonly interrupt: (since: number) => void;
  /** Somebody has deleted this contact. */
  readonly lost: (contact: string) => void;
  /** The process is dead: what came of the calls under way nobody knows, nor whether these creates were ever sent. */
  readonly abandon: (intents: readonly OpenIntent[]) => void;
}

/** A create that the store knows to be about to be sent. */
export interface OpenIntent {
  readonly target_key: string;
  readonly sent_at: number;
  readonly content: string;
}

/** What is looked for by another list than its contact's. */
const LOOKS: Readonly<Record<string, string>> = {
  contact: LOOK_FOR_CONTACT,
  opportunity: 'GET /opportunities/search',
  'appointment-note': LIST_REMARKS,
  'block-slot': LIST_BLOCKS,
  business: LIST_FIRMS,
};

/** So long may a look for a child be followed by its create, in ms. */
const LOOKING_MS = 10_000;

export function createPrices(
  ledger: Ledger,
  ghl: Ghl,
  { monotonic }: VirtualTime,
  doubted: (request: Request) => void,
): Prices {
  const begun = new WeakMap<Request, { readonly at: number; readonly body: string }>();
  const unsettled = new Set<Request>();
  /** Calls that something befell, and calls that have changed the target. */
  const paid = new WeakSet<Request>();
  const worked = new WeakSet<Request>();
  /** Calls whose answers say for sure that a contact is gone. */
  const tells = new WeakSet<Request>();
  /** Of those, the ones that have not changed it, as far as one knows. */
  const doubts: Request[] = [];
  /** Ids of what was deleted by a call of which the runner does not know what came of it. */
  const deletedInDoubt = new Set<string>();
  const forgiven = new Set<string>();
  /** Contacts that are gone, and when the runner heard of that; never yet: `Infinity`. */
  const goneAt = new Map<string, number>();
  const looks = createLooks(monotonic, ledger.allow);
  /** Contacts that the target has refused to create. */
  const refused: string[] = [];
  /** Calls that were answered in a way that means many things, and the look that is to tell, where it was not sent yet. */
  let ambiguous: Request[] = [];
  const endedInVain: { readonly at: number; readonly request: Request }[] = [];
  const paidIntents = new Set<string>();

  /** One call more for each fault; a create in doubt has to be looked for, or sent again, and what is found so is written to once more. */
  function pay(request: Request, why: string): void {
    ledger.credit(isCreate(request) ? 2 : 1, topicOf(kindOf(request)), why);
    paid.add(request);
    doubted(request);
    // A location that does not say whether it refuses twins is asked for each.
    if (kindOf(request) === 'GET /locations/…') ledger.allow(LOOK_FOR_CONTACT);
    payRefusal(request);
    if (worked.has(request)) {
      payAdoption(request);
      payDeletion(request);
    } else if (request.method !== 'GET') doubts.push(request);
  }

  /** Where a refused create asks who is meant, and does not hear, the refusal may be over by then: creating again is the look. */
  function payRefusal(request: Request): void {
    const who = kindOf(request) === LOOK_FOR_CONTACT ? lookedFor(request) : null;
    if (who !== null && refused.some((body) => body.includes(who))) ledger.allow(CREATE_CONTACT);
  }

  /** What is in doubt is settled by what comes next: had it come through, that would have changed something. */
  function resolve(request: Request): void {
    if (request.method === 'GET' || worked.has(request) || paid.has(request)) return;
    const at = doubts.findIndex((one) => idIn(one) === idIn(request) && !isRepeated(one, request));
    if (at < 0) return;
    doubts.splice(at, 1);
    ledger.allow(kindOf(request));
  }

  function isRepeated(one: Request, other: Request): boolean {
    return one.method === other.method && begun.get(one)!.body === begun.get(other)!.body;
  }

  /** What is gone though nobody heard of it is written to, should it be wanted again. */
  function payDeletion(request: Request): void {
    if (request.method === 'DELETE') deletedInDoubt.add(idIn(request) ?? '');
  }

  /** A contact that was created all the same is found: whether it was there before nobody knows, nor whether it had children. */
  function payAdoption(request: Request): void {
    if (kindOf(request) === CREATE_CONTACT) LIST_CHILDREN.forEach(ledger.allow);
    if (kindOf(request) === 'POST /calendars/events/appointments') ledger.allow(LIST_REMARKS);
  }

  /** What the call is about is not there any more: the contact, or the appointment that went with it. */
  function isOfNobody(request: Request): boolean {
    const path = new URL(request.url).pathname;
    const contact = contactOf(request);
    if (contact !== undefined) return !ghl.contact(contact);
    const deal = /^\/opportunities\/([A-Za-z0-9]{20})(?:\/status)?$/.exec(path)?.[1];
    if (deal !== undefined) return !ghl.opportunities().some(({ id }) => id === deal);
    const event = /^\/calendars\/(?:events|appointments|events\/appointments)\/([A-Za-z0-9]{20})(?:\/|$)/;
    const appointment = event.exec(path)?.[1];
    return (
      appointment !== undefined &&
      ![...ghl.appointments(), ...ghl.blockSlots()].some(({ id }) => id === appointment)
    );
  }

  function isGoneInDoubt(request: Request): boolean {
    return request.method === 'PUT' && deletedInDoubt.has(idIn(request) ?? '');
  }

  /** An appointment names its contact in its body. */
  function contactOf(request: Request): string | undefined {
    return (
      contactIn(new URL(request.url).pathname) ?? /"contactId":"(\w+)"/.exec(begun.get(request)!.body)?.[1]
    );
  }

  /** Nobody could know: each call that was sent before the runner heard of the deletion, else the first of its kind. */
  function forgive(request: Request): void {
    const contact = contactOf(request) ?? '';
    const call = `${request.method} ${request.url} ${contact}`;
    const heard = goneAt.get(contact);
    const isEarly = heard !== undefined && begun.get(request)!.at <= heard;
    // What has an address of its own may outlive its contact: that has to be asked.
    const isAsked = !forgiven.has(call) && contactIn(new URL(request.url).pathname) === undefined;
    if (isEarly || isAsked) ledger.allow(kindOf(request));
    forgiven.add(call);
  }

  function interrupt(since: number): void {
    looks.interrupt();
    const late = endedInVain.filter(({ at }) => at >= since);
    for (const request of new Set([...late.map((one) => one.request), ...ambiguous]))
      ledger.allow(kindOf(request));
    ambiguous = [];
    // What nobody has stored yet has to be heard of again.
    for (const contact of goneAt.keys()) goneAt.set(contact, Infinity);
  }

  /** What was about to be created is in doubt, and has to be looked for, though it was never sent. */
  function payUnsent({ target_key: targetKey, sent_at: sentAt, content }: OpenIntent): void {
    const name = `${targetKey} ${sentAt}`;
    if (paidIntents.has(name)) return;
    paidIntents.add(name);
    const { fields } = JSON.parse(content) as { fields: object };
    const words = Object.values(fields).filter((value): value is string => typeof value === 'string');
    const isSent = [...unsettled].some((request) =>
      words.every((word) => begun.get(request)!.body.includes(word)),
    );
    const [, resource, owner] = targetKey.split('|');
    if (isSent || owner === 'default/welcome') return;
    ledger.allow(LOOKS[resource!] ?? `GET /contacts/…/${resource!}s`);
  }

  return {
    begin: (request, body) => {
      begun.set(request, { at: monotonic(), body });
      unsettled.add(request);
      looks.create(request, body);
      if (request.method === 'GET') ambiguous = ambiguous.filter((one) => idIn(one) !== idIn(request));
    },
    pay,
    works: (request) => {
      worked.add(request);
      looks.made(request, begun.get(request)!.body);
      if (!paid.has(request)) return;
      payAdoption(request);
      payDeletion(request);
    },
    note: async (request, answer) => {
      const { pathname: path } = new URL(request.url);
      // A 400 means many things: one look tells.
      const isAmbiguous = answer.status === 400 && (request.method === 'DELETE' || isGoneInDoubt(request));
      if (isAmbiguous) ambiguous.push(request);
      if (isOfNobody(request)) forgive(request);
      else if (isAmbiguous) ledger.allow(kindOf(new Request(request.url.replace(/\/completed$/, ''))));
      const by = kindOf(request);
      if (isFinal(by, answer.status)) tells.add(request);
      if (by === 'DELETE /contacts/…' && answer.ok) goneAt.set(contactIn(path)!, Infinity);
      if (by === CREATE_CONTACT && answer.status === 400) refused.push(begun.get(request)!.body);
      if (!answer.ok) return;
      if (by === LIST_BLOCKS || by === LIST_FIRMS) looks.inVain({ by });
      // Only what is in doubt is looked for so, and nothing may have to be created.
      if (LIST_CHILDREN.includes(by)) looks.inVain({ by, until: monotonic() + LOOKING_MS });
      if (by !== LOOK_FOR_CONTACT) return;
      const { contact } = (await answer.clone().json()) as { contact: unknown };
      const who = lookedFor(request);
      if (contact === null && who !== null) looks.inVain({ by, who });
    },
    end: (request) => {
      resolve(request);
      if (request.method !== 'GET' && !worked.has(request) && !paid.has(request))
        endedInVain.push({ at: monotonic(), request });
      if (paid.has(request) && !worked.has(request)) looks.unmade(request);
      const contact = contactIn(new URL(request.url).pathname) ?? '';
      if (goneAt.get(contact) === Infinity && tells.has(request) && !paid.has(request))
        goneAt.set(contact, monotonic());
    },
    settle: (request) => void unsettled.delete(request),
    rest: looks.rest,
    interrupt,
    lost: (contact) => void goneAt.set(contact, Infinity),
    abandon: (intents) => {
      intents.forEach(payUnsent);
      for (const request of unsettled) pay(request, 'a crash on its way');
      unsettled.clear();
      interrupt(Infinity);
    },
  };
}

/** A 400 to a delete means many things. */
function isFinal(what: string, status: number): boolean {
  if (what === READ_CONTACT) return status === 400 || status === 404;
  return what === 'DELETE /contacts/…' && (status < 300 || status === 404);
}
