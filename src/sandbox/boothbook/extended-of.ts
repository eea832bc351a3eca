import type { Booking } from './booking.ts';
import type { ExtendedKind } from './store.ts';

interface Derived {
  readonly kind: ExtendedKind;
  readonly record: { readonly id: string; readonly [field: string]: unknown };
}

/** The customers, tasks, notes and appointments that bookings imply, in the shapes of the extended profile (assumed). */
export function extendedOf(bookings: readonly Booking[]): readonly Derived[] {
  const customers = new Map<string, string>();
  return bookings.flatMap((booking) => {
    const person = booking.email ?? booking.phone ?? `booking-${booking.booking_id}`;
    const known = customers.get(person);
    const customerId = known ?? `cus_${customers.size + 1}`;
    customers.set(person, customerId);
    return [
      ...(known === undefined ? [customerOf(booking, customerId)] : []),
      ...childrenOf(booking, customerId),
    ];
  });
}

function customerOf(booking: Booking, id: string): Derived {
  const { first_name, last_name, email, phone } = booking;
  const created_at = `${addDays(booking.event_date, -120)}T09:00:00Z`;
  const tags = booking.event_type === undefined ? [] : [booking.event_type];
  const record = { id, first_name, last_name, email, phone, company: '', tags, created_at };
  return { kind: 'customers', record };
}

function childrenOf(booking: Booking, customer_id: string): readonly Derived[] {
  const { booking_id, event_date, event_name, customer_notes } = booking;
  const ids = { booking_id, customer_id };
  const task = { ...ids, title: 'Send the contract', description: event_name, assigned_to: 'Sam' };
  const appointment = { ...ids, title: event_name, status: booking.status };
  const start = booking.event_start_time ?? '12:00';
  const end = booking.event_end_time ?? '13:00';
  const endDate = end < start ? addDays(event_date, 1) : event_date;
  return [
    {
      kind: 'tasks',
      record: { id: `tsk_${booking_id}`, ...task, due_at: `${event_date}T09:00:00Z`, completed: false },
    },
    {
      kind: 'appointments',
      record: {
        ...{ id: `apt_${booking_id}`, ...appointment },
        ...{ starts_at: `${event_date}T${start}:00Z`, ends_at: `${endDate}T${end}:00Z` },
      },
    },
    ...(customer_notes
      ? [
          {
            kind: 'notes' as const,
            record: { id: `not_${booking_id}`, ...ids, body: customer_notes, author: 'Customer' },
          },
        ]
      : []),
  ];
}

function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
