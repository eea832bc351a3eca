import { LOCATION, type Contact, type StrictGhl } from './strict-ghl.ts';

/** A booking as it stands in the shop, before an API gives it its shape. Null and '' are what APIs really send. */
export interface Booking {
  readonly id: number;
  given: string | null;
  family: string | null;
  mail: string | null;
  mobile: string | null;
  state: 'booked' | 'enquiry' | 'cancelled';
  kind: string | null;
  labels: string[];
  total: string;
  day: string;
  /** Epoch seconds. */
  changed: number;
  gone: boolean;
}

const GIVEN = [
  'Zoë',
  'Björn',
  '李',
  'Олег',
  'José María',
  "O'Neil",
  'Ann "Bee"',
  '🎈 Pat',
  'Nguyễn',
  'a&b <c>',
];
const STATES = ['booked', 'enquiry', 'booked', 'cancelled'] as const;
const KINDS = ['Wedding', null, 'Birthday Party', ''];
const DAY_S = 86_400;

export function someBookings(count: number, from = 1): Booking[] {
  const now = Math.floor(Date.now() / 1000);
  return Array.from({ length: count }, (_, index) => {
    const n = from + index;
    return {
      id: 1000 + n,
      given: at(GIVEN, n),
      family: n % 12 === 8 ? null : n % 12 === 9 ? '' : `Müller-${String(n)}`,
      mail: n % 10 === 3 ? null : n % 10 === 4 ? '' : `Person.${String(n)}@Example.COM`,
      mobile: n % 10 === 7 ? null : n % 10 === 5 ? '' : `07700 ${String(900_000 + n)}`,
      state: at(STATES, n),
      kind: at(KINDS, n),
      labels: n % 3 === 0 ? [] : n % 3 === 1 ? ['VIP'] : ['Summer Fair', 'vip'],
      total: `${String(100 + n)}.50`,
      day: new Date((now + (n % 170) * DAY_S) * 1000).toISOString().slice(0, 10),
      changed: now - 40 * DAY_S + n * 60,
      gone: false,
    };
  });
}

export function edit(booking: Booking, changes: Partial<Booking>): void {
  Object.assign(booking, changes, { changed: Math.floor(Date.now() / 1000) - 1 });
}

/** What all configs of this folder say that HighLevel holds for a booking. */
export function expected(booking: Booking): Record<string, unknown> {
  const mail = booking.mail ? booking.mail.toLowerCase() : undefined;
  const mobile = booking.mobile ? `+44${booking.mobile.slice(1).replace(' ', '')}` : undefined;
  const state = booking.state === 'booked' ? ['booked', 'paying customer'] : [];
  const kind = booking.kind ? [`kind:${booking.kind.toLowerCase()}`] : [];
  const labels = booking.labels.map((label) => label.toLowerCase());
  return {
    firstName: booking.given ?? undefined,
    lastName: booking.family ? booking.family : undefined,
    email: mail,
    phone: mobile,
    source: 'Bookings',
    event_day: booking.day,
    total_price: Number(booking.total),
    interests: booking.labels.length > 0 ? booking.labels : undefined,
    tags: [...new Set(['booth', ...state, ...kind, ...labels])].sort(),
  };
}

/** The same form, of what HighLevel holds. */
export function held(contact: Contact | undefined): Record<string, unknown> | undefined {
  if (!contact) return undefined;
  const { fields, custom } = contact;
  return {
    firstName: fields['firstName'],
    lastName: fields['lastName'],
    email: fields['email'],
    phone: fields['phone'],
    source: fields['source'],
    event_day: custom['cfDay0000001'],
    total_price: custom['cfTotal00002'],
    interests: isEmpty(custom['cfInter00003']) ? undefined : custom['cfInter00003'],
    tags: [...contact.tags].sort(),
  };
}

export function contactOf(ghl: StrictGhl, booking: Booking): Contact | undefined {
  const want = expected(booking);
  const byMail = typeof want['email'] === 'string' ? ghl.find('email', want['email']) : undefined;
  return byMail ?? (typeof want['phone'] === 'string' ? ghl.find('phone', want['phone']) : undefined);
}

/** Bookings whose contact is not what it should be, each with both forms; empty is right. */
export function wrong(
  ghl: StrictGhl,
  bookings: readonly Booking[],
  extraTags: readonly string[] = [],
): unknown[] {
  return bookings.flatMap((booking) => {
    const want = expected(booking);
    const have = held(contactOf(ghl, booking));
    const tags = [...new Set([...(want['tags'] as string[]), ...extraTags])].sort();
    const same = JSON.stringify(sorted({ ...want, tags })) === JSON.stringify(sorted(have ?? {}));
    return same ? [] : [{ id: booking.id, want, have }];
  });
}

export const environment = { GHL_LOCATION_ID: LOCATION };

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function sorted(fields: Record<string, unknown>): [string, unknown][] {
  return Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));
}

function at<T>(list: readonly T[], index: number): T {
  const item = list[index % list.length];
  if (item === undefined) throw new Error('empty list');
  return item;
}
