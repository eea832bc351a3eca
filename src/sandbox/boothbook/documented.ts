import { without } from '../http/without.ts';
import { minimalBooking } from './booking.ts';
import { quirkyMap } from './quirks.ts';
import type { Quirks } from './quirks.ts';
import type { BoothbookStore, Lead } from './store.ts';

type Form = Readonly<Record<string, string>>;

export interface DocumentedCall {
  readonly store: BoothbookStore;
  readonly form: Form;
  readonly quirks: Quirks;
  /** Now, as an ISO instant. */
  readonly stamp: string;
}

/** A call that BoothBook answers with "a response error"; status and shape are assumed. */
export interface Complaint {
  readonly complaint: string;
}

export type Documented = (call: DocumentedCall) => object | Complaint;

/** The documented profile: reads are POSTs. Paths of leads, payments, units and unit types are assumed. */
export const documented: Readonly<Record<string, Documented>> = {
  'get/account': ({ quirks }) => ({ ...account, is_paid: quirks.numbersAsStrings ? '1' : 1 }),
  'get/bookings': getBookings,
  'get/leads': getLeads,
  'get/payments': getPayments,
  'get/unit_types': ({ quirks }) => listed('unit_types', [[1, { unit_type_id: 1, name: 'Mirror' }]], quirks),
  'get/units': ({ quirks }) =>
    listed('units', [[1, { unit_id: 1, unit_type_id: 1, name: 'Mirror 1' }]], quirks),
  'get/event_types': ({ quirks }) => {
    const names = ['Wedding', 'Birthday', 'Corporate', 'Prom', 'Christmas party'];
    const types = names.map((name, index) => [index + 1, { event_type_id: index + 1, name }] as const);
    return listed('event_types', types, quirks);
  },
  'post/leads': postLead,
};

const account = {
  ...{ result: 'success', message: '', business_name: 'Sandbox Booths', business_admin: 'Sam Host' },
  ...{ business_address: '1 Mill Lane, Leeds', business_postcode: 'LS1 1AA', business_country: 'GB' },
  ...{ business_timezone: 'Europe/London', business_website: 'https://booths.example.com' },
  ...{ currency_code: 'GBP', currency_sign: '£', plan: 'Pro', affiliate: '' },
};

function listed(
  name: string,
  entries: Iterable<readonly [number, object]>,
  quirks: Quirks,
): Readonly<Record<string, unknown>> {
  const records = new Map(entries);
  const total = quirks.numbersAsStrings ? String(records.size) : records.size;
  return { result: 'success', message: '', total, [name]: quirkyMap(records, quirks) };
}

/** `booking_id`, or `start` and `end`: event dates, both inclusive (that they are event dates is assumed). */
function getBookings({ store, form, quirks }: DocumentedCall): object {
  const scope = form['scope'] ?? 'minimal';
  if (scope !== 'minimal' && scope !== 'full') return { complaint: 'Invalid scope' };
  const wanted = inWindow(form, 'booking_id');
  if ('complaint' in wanted) return wanted;
  const bookings = [...store.bookings].filter(([id, booking]) => wanted.includes(id, booking.event_date));
  const shown = bookings.map(
    ([id, booking]) => [id, scope === 'full' ? booking : minimalBooking(booking)] as const,
  );
  return listed('bookings', shown, quirks);
}

function getLeads({ store, form, quirks }: DocumentedCall): object {
  const wanted = inWindow(form, 'lead_id');
  if ('complaint' in wanted) return wanted;
  const leads = [...store.leads].filter(([id, lead]) => wanted.includes(id, text(lead['event_date'])));
  return listed('leads', leads, quirks);
}

function getPayments({ store, form, quirks }: DocumentedCall): object {
  const type = form['type'] ?? 'all';
  if (!['manual', 'customer', 'all'].includes(type)) return { complaint: 'Invalid type' };
  const payments = [...store.payments].filter(([, payment]) => type === 'all' || payment.type === type);
  return listed('payments', payments, quirks);
}

/** Not safe to repeat: each call makes a lead. */
function postLead({ store, form, stamp }: DocumentedCall): object {
  if (!form['first_name'] || !(form['email'] || form['phone'])) {
    return { complaint: 'A lead needs first_name and email or phone' };
  }
  const lead_id = Math.max(5_000, ...store.leads.keys()) + 1;
  const lead: Lead = { ...without(form, 'key', 'secret'), lead_id, status: 'New', created: stamp };
  store.leads.set(lead_id, lead);
  return { result: 'success', message: '', lead_id };
}

interface Wanted {
  readonly includes: (id: number, date: string) => boolean;
}

function inWindow(form: Form, idName: string): Wanted | Complaint {
  const id = form[idName];
  if (id !== undefined) {
    if (!/^\d+$/.test(id)) return { complaint: `Invalid ${idName}` };
    return { includes: (candidate) => candidate === Number(id) };
  }
  const { start, end } = form;
  if (start === undefined || end === undefined)
    return { complaint: `start and end, or ${idName}, are required` };
  if (!isDay(start) || !isDay(end)) return { complaint: 'start and end must be dates (YYYY-MM-DD)' };
  return { includes: (_, date) => date >= start && date <= end };
}

function isDay(value: string): boolean {
  const date = new Date(`${value}T00:00:00Z`);
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value)
  );
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
