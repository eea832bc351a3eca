import type { RunResult } from '../src/cli/run.ts';
import type { Sandbox } from '../src/sandbox/sandbox.ts';
import { boothsync, SurpriseError, type Environment } from './demo-command.ts';
import type { Row } from './demo-table.ts';

const BOOKINGS = 25;
/** A tag that a person adds in HighLevel between two passes. */
export const BY_HAND = 'vip';

/** `sync.config.yaml` by poll: everything, then nothing, then four edits. */
export async function* runPasses(sandbox: Sandbox, env: Environment): AsyncGenerator<Row> {
  const { boothbook, ghl } = sandbox;
  // From today on: each of them lies in the window that the config reads.
  const baseDate = new Date(Date.now() + 61 * 86_400_000).toISOString().slice(0, 10);
  const bookings = boothbook.seed(BOOKINGS, { baseDate, repeats: 0.2 });
  const people = new Set(bookings.map(({ email }) => email)).size;

  yield await pass(sandbox, env, `${BOOKINGS} bookings of ${people} people, new`);
  expect(ghl.contacts().length === people, `${people} contacts, found ${ghl.contacts().length}`);

  const second = await pass(sandbox, env, 'nothing has changed since');
  expect(second.events === 0 && second.calls === 0, 'a second pass that costs nothing');
  yield second;

  for (const { id, tags } of ghl.contacts()) ghl.setTags(id, [...tags, BY_HAND]);
  edit(sandbox);
  const third = await pass(sandbox, env, '4 bookings edited, a tag added by hand to all');
  // Two phones, a tag added, one or two taken away, an appointment cancelled, a welcome.
  expect(third.calls <= 8, `at most 8 calls, found ${third.calls}`);
  expect(
    ghl.contacts().every(({ tags }) => tags.includes(BY_HAND)),
    `the tag "${BY_HAND}" left alone`,
  );
  yield third;
}

async function pass({ ghl }: Sandbox, env: Environment, what: string): Promise<Row> {
  ghl.clear();
  const { events, calls, seconds } = await boothsync<RunResult>(['run', '-c', 'sync.config.yaml'], env);
  const { done, skipped, superseded, waiting, dead } = events;
  expect(dead === 0 && waiting === 0, `no event left: ${JSON.stringify(events)}`);
  expect(calls === ghl.calls.length, `${calls} calls, but HighLevel was called ${ghl.calls.length} times`);
  expect(ghl.violations() === 0, 'no call over the limit');
  return { command: 'run', what, events: done + skipped + superseded, calls, seconds };
}

/** Two new phone numbers, a confirmation and a cancellation: of people with one booking, so that no other booking speaks for them. */
function edit({ boothbook }: Sandbox): void {
  const bookings = boothbook.bookings();
  const alone = bookings.filter(
    ({ email }) => bookings.filter((other) => other.email === email).length === 1,
  );
  const confirmed = alone.filter(({ status }) => status === 'Confirmed');
  const others = alone.filter(({ status }) => status !== 'Confirmed');
  const [cancelled, moved] = confirmed;
  const [accepted, called] = others;
  if (!cancelled || !moved || !accepted || !called) throw new SurpriseError('the seeds hold too few people');
  boothbook.patchBooking(cancelled.booking_id, { status: 'Cancelled' });
  boothbook.patchBooking(accepted.booking_id, { status: 'Confirmed' });
  boothbook.patchBooking(moved.booking_id, { phone: '07700 900901' });
  boothbook.patchBooking(called.booking_id, { phone: '07700 900902' });
}

export function expect(holds: boolean, wanted: string): void {
  if (!holds) throw new SurpriseError(`expected ${wanted}`);
}
