import type { Clock } from '../http/clock.ts';
import { without } from '../http/without.ts';
import type { Booking } from './booking.ts';
import { extendedOf } from './extended-of.ts';
import { seedBookings } from './seed-bookings.ts';
import type { SeedOptions } from './seed-bookings.ts';
import type { BoothbookSettings } from './settings.ts';
import { extendedKinds } from './store.ts';
import type { BoothbookStore, ExtendedKind, ExtendedRecord, Lead, Payment } from './store.ts';
import type { WebhookSender } from './webhook-sender.ts';

/** An extended record as a test writes it: `updated_at` is now unless told. */
export type ExtendedWish = Omit<ExtendedRecord, 'updated_at'> & {
  readonly id: string | number;
  readonly updated_at?: string;
};

/** The account's records, changed from behind. Each change is told by webhook where a URL is set. */
export interface Records {
  readonly bookings: () => readonly Booking[];
  readonly booking: (id: number) => Booking | undefined;
  /** Puts a booking in place of the one with its id; it shows in both profiles. */
  readonly putBooking: (booking: Booking) => void;
  /** Changes fields of a booking; undefined takes one away. */
  readonly patchBooking: (id: number, change: Readonly<Record<string, unknown>>) => Booking;
  readonly removeBooking: (id: number) => void;
  /** Made-up bookings, with the customers, tasks, notes and appointments that belong to them. */
  readonly seed: (count: number, options: SeedOptions) => readonly Booking[];
  readonly leads: () => readonly Lead[];
  readonly putLead: (lead: Lead) => void;
  readonly putPayment: (payment: Payment) => void;
  readonly records: (kind: ExtendedKind) => readonly ExtendedRecord[];
  readonly putRecord: (kind: ExtendedKind, record: ExtendedWish) => ExtendedRecord;
  readonly patchRecord: (
    kind: ExtendedKind,
    id: string | number,
    change: Readonly<Record<string, unknown>>,
  ) => ExtendedRecord;
  readonly removeRecord: (kind: ExtendedKind, id: string | number) => void;
}

interface Parts {
  readonly store: () => BoothbookStore;
  readonly settings: () => BoothbookSettings;
  readonly clock: Clock;
  readonly sender: WebhookSender;
}

export function createRecords(parts: Parts) {
  const { store, clock } = parts;
  const { tell, idle } = createTeller(parts);

  function putRecord(kind: ExtendedKind, wish: ExtendedWish): ExtendedRecord {
    const record = { updated_at: new Date(clock.now()).toISOString(), ...wish };
    store().extended[kind].set(String(wish.id), record);
    return record;
  }

  function putBooking(booking: Booking): void {
    const old = store().bookings.get(booking.booking_id);
    store().bookings.set(booking.booking_id, booking);
    putRecord('bookings', { ...booking, id: booking.booking_id });
    tell(old ? 'booking.updated' : 'booking.created', booking, old);
  }

  function patchBooking(id: number, change: Readonly<Record<string, unknown>>): Booking {
    const old = store().bookings.get(id);
    if (!old) throw new Error(`no booking ${id} in the sandbox`);
    const patched: Booking = { ...old, ...change };
    for (const [name, value] of Object.entries(change)) {
      if (value === undefined) Reflect.deleteProperty(patched, name);
    }
    putBooking(patched);
    return patched;
  }

  function changeRecord(kind: ExtendedKind, wish: ExtendedWish): ExtendedRecord {
    const old = store().extended[kind].get(String(wish.id));
    const record = putRecord(kind, wish);
    tell(`${kind.slice(0, -1)}.${old ? 'updated' : 'created'}`, record, old);
    return record;
  }

  const records: Records = {
    bookings: () => [...store().bookings.values()],
    booking: (id) => store().bookings.get(id),
    putBooking,
    patchBooking,
    removeBooking(id) {
      store().bookings.delete(id);
      store().extended.bookings.delete(String(id));
    },
    seed(count, options) {
      const bookings = seedBookings(count, options);
      bookings.forEach(putBooking);
      for (const { kind, record } of extendedOf(bookings)) putRecord(kind, record);
      return bookings;
    },
    leads: () => [...store().leads.values()],
    putLead: (lead) => void store().leads.set(lead.lead_id, lead),
    putPayment: (payment) => void store().payments.set(payment.payment_id, payment),
    records: (kind) => [...store().extended[kind].values()],
    putRecord: changeRecord,
    patchRecord(kind, id, change) {
      const old = store().extended[kind].get(String(id));
      if (!old) throw new Error(`no record ${id} of ${kind} in the sandbox`);
      return changeRecord(kind, { ...without(old, 'updated_at'), id, ...change });
    },
    removeRecord(kind, id) {
      const old = store().extended[kind].get(String(id));
      store().extended[kind].delete(String(id));
      if (old) tell(`${kind.slice(0, -1)}.deleted`, old);
    },
  };
  return { records, idle, state: () => stateOf(store()) };
}

/** Sends a change to the URL that is set, if one is. */
function createTeller({ settings, sender }: Parts) {
  const onTheirWay = new Set<Promise<unknown>>();

  function tell(type: string, object: Readonly<Record<string, unknown>>, old?: object): void {
    const { url, delayMs, thin, ...sign } = settings().webhook;
    if (url === '') return;
    const before = Object.entries(old ?? {}).filter(([name, value]) => object[name] !== value);
    const way = sender.send({
      ...{ type, url, delayMs, sign },
      object: thin ? identityOf(object) : object,
      ...(old && { previousAttributes: Object.fromEntries(before) }),
    });
    onTheirWay.add(way);
    void way.finally(() => onTheirWay.delete(way));
  }

  async function idle(): Promise<void> {
    while (onTheirWay.size > 0) await Promise.all(onTheirWay);
  }

  return { tell, idle };
}

function identityOf(object: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return 'booking_id' in object && !('id' in object)
    ? { booking_id: object['booking_id'] }
    : { id: object['id'] };
}

function stateOf(store: BoothbookStore): object {
  const extended = extendedKinds.map((kind) => [kind, [...store.extended[kind].values()]] as const);
  return {
    bookings: [...store.bookings.values()],
    leads: [...store.leads.values()],
    payments: [...store.payments.values()],
    extended: Object.fromEntries(extended),
  };
}
