import type { Booking } from './booking.ts';

export type ExtendedKind = 'customers' | 'tasks' | 'notes' | 'appointments' | 'bookings';

export const extendedKinds: readonly ExtendedKind[] = [
  ...(['customers', 'tasks', 'notes', 'appointments', 'bookings'] as const),
];

/** A record of the extended profile, with `id` and `updated_at`. */
export interface ExtendedRecord {
  readonly id: string | number;
  /** ISO instant. */
  readonly updated_at: string;
  readonly [field: string]: unknown;
}

export interface Lead {
  readonly lead_id: number;
  readonly created: string;
  readonly [field: string]: unknown;
}

export interface Payment {
  readonly payment_id: number;
  readonly booking_id: number;
  readonly type: 'manual' | 'customer';
  readonly amount: string;
  /** YYYY-MM-DD. */
  readonly date: string;
}

/** What an account holds; a reset makes a new one. */
export interface BoothbookStore {
  readonly bookings: Map<number, Booking>;
  readonly leads: Map<number, Lead>;
  readonly payments: Map<number, Payment>;
  /** By kind and id; the bookings of the extended profile stand beside those above. */
  readonly extended: Readonly<Record<ExtendedKind, Map<string, ExtendedRecord>>>;
}

export function createStore(): BoothbookStore {
  return {
    bookings: new Map(),
    leads: new Map(),
    payments: new Map(),
    extended: {
      ...{ customers: new Map(), tasks: new Map(), notes: new Map() },
      ...{ appointments: new Map(), bookings: new Map() },
    },
  };
}
