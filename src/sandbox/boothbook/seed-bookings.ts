import { createRandom, pick } from '../http/random.ts';
import type { Random } from '../http/random.ts';
import type { Booking } from './booking.ts';

export interface SeedOptions {
  /** YYYY-MM-DD: events lie between 60 days before it and 300 after. */
  readonly baseDate: string;
  readonly seed?: number;
  /** The first booking's id; the others count on. */
  readonly firstId?: number;
  /** The share of bookings whose customer has booked before, in [0, 1); 0 unless told. */
  readonly repeats?: number;
}

type Names = readonly [string, ...string[]];
const firstNames: Names = [
  'Ana',
  'Joe',
  'Priya',
  'Tom',
  'Zoë',
  'Kwame',
  'Siân',
  'Omar',
  'Grace',
  'Łukasz',
  'Ivy',
  'Mei',
];
const lastNames: Names = [
  'Lee',
  "O'Brien",
  'Shah',
  'Hughes',
  'Nowak',
  'Mensah',
  'García',
  'Smith-Jones',
  'Patel',
  'Reid',
];
const eventTypes: Names = ['Wedding', 'Birthday', 'Corporate', 'Prom', 'Christmas party'];
const packages: Names = ['Mirror Booth', 'Classic Booth', '360 Booth', 'Selfie Pod'];
const venues: Names = ['Old Mill', 'The Barn', 'Town Hall', 'Riverside Hotel', 'Castle Lodge'];
const statuses: Names = [
  'Confirmed',
  'Confirmed',
  'Confirmed',
  'Pending',
  'Pending',
  'Completed',
  'Cancelled',
];
const customerNotes: Names = [
  'Step-free access',
  'Props & guest book, please',
  '"No flash" during speeches',
  '',
  '',
];
const adminNotes: Names = ['Side entrance', 'Call the venue <24h before>', '', ''];

/** Made-up bookings, the same for the same arguments: example.com addresses, Ofcom's drama numbers. */
export function seedBookings(count: number, options: SeedOptions): readonly Booking[] {
  const random = createRandom(options.seed ?? 1);
  const firstId = options.firstId ?? 10_001;
  const people: Person[] = [];
  return Array.from({ length: count }, (_, index) => {
    const repeats = people.length > 0 && random() < (options.repeats ?? 0);
    const known = repeats ? people[Math.floor(random() * people.length)] : undefined;
    const person = known ?? newPerson(random, people.length);
    if (!known) people.push(person);
    return newBooking(random, firstId + index, person, options.baseDate);
  });
}

interface Person {
  readonly first_name: string;
  readonly last_name: string;
  readonly email: string;
  readonly phone: string;
}

/** Unique by number. Ofcom keeps 07700 900000 to 900999 for drama; past 1,000 people they count on. */
function newPerson(random: Random, number: number): Person {
  const first_name = pick(random, firstNames);
  const last_name = pick(random, lastNames);
  const plain = `${first_name}.${last_name}`
    .replaceAll('Ł', 'L')
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z.-]/g, '');
  const digits = String(7_700_900_000 + number);
  const phone = `0${digits.slice(0, 4)} ${digits.slice(4)}`;
  return { first_name, last_name, email: `${plain}.${number}@example.com`, phone };
}

function newBooking(random: Random, booking_id: number, person: Person, baseDate: string): Booking {
  const event_type = pick(random, eventTypes);
  const price = 250 + 25 * Math.floor(random() * 20);
  const late = random() < 0.4;
  return {
    booking_id,
    status: pick(random, statuses),
    email: person.email,
    phone: person.phone,
    event_name: event_type === 'Wedding' ? `${person.first_name} & ${pick(random, firstNames)}` : event_type,
    event_date: addDays(baseDate, Math.floor(random() * 360) - 60),
    event_start_time: late ? '19:00' : '13:30',
    event_end_time: late ? '00:30' : '17:30',
    venue_name: pick(random, venues),
    venue_address: `${1 + Math.floor(random() * 90)} Mill Lane, Leeds`,
    venue_postcode: `LS${1 + Math.floor(random() * 28)} 1AA`,
    staff: random() < 0.5 ? [{ name: 'Sam', confirmed: random() < 0.7 ? 1 : 0 }] : [],
    packages: [{ name: pick(random, packages), price: `${price}.00` }],
    extras: random() < 0.3 ? [{ name: 'Guest book', price: '45.00' }] : [],
    admin_notes: pick(random, adminNotes),
    customer_notes: pick(random, customerNotes),
    first_name: person.first_name,
    last_name: person.last_name,
    event_type,
    total: `${price}.00`,
    balance: random() < 0.5 ? '0.00' : `${price - 150}.00`,
  };
}

function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
