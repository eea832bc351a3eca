/**
 * A booking as `get/bookings` shows it with scope `full`. The fields through `customer_notes` are documented by label;
 * their spelling, and the last line, are assumed (boothbook-facts.md §5).
 */
export interface Booking {
  readonly booking_id: number;
  readonly status: string;
  readonly email?: string;
  readonly phone?: string;
  readonly event_name: string;
  /** YYYY-MM-DD. */
  readonly event_date: string;
  /** HH:MM, local; an end before the start is on the next day. */
  readonly event_start_time?: string;
  readonly event_end_time?: string;
  readonly venue_name?: string;
  readonly venue_address?: string;
  readonly venue_postcode?: string;
  readonly staff?: readonly { readonly name: string; readonly confirmed: number }[];
  readonly packages?: readonly { readonly name: string; readonly price: string }[];
  readonly extras?: readonly { readonly name: string; readonly price: string }[];
  readonly admin_notes?: string;
  readonly customer_notes?: string;
  readonly first_name?: string;
  readonly last_name?: string;
  readonly event_type?: string;
  readonly total?: string;
  readonly balance?: string;
  /** What a test adds beside. */
  readonly [more: string]: unknown;
}

const minimalFields = [
  'booking_id',
  'status',
  'event_name',
  'event_date',
  'event_start_time',
  'event_end_time',
];

/** What scope `minimal` shows (assumed). */
export function minimalBooking(booking: Booking): object {
  return Object.fromEntries(Object.entries(booking).filter(([name]) => minimalFields.includes(name)));
}
