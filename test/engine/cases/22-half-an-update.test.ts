import { describe, expect, test } from 'vitest';
import { aBooking } from '../../support/a-config.ts';
import { watchedClock } from '../../support/clocks.ts';
import { operationsOf, worlds } from '../../support/world.ts';
import type { Runner } from '../../support/world.ts';

const aWorld = worlds();

const tags = [
  'boothbook',
  { when: 'status = "Confirmed"', add: ['booked', 'customer'], else: 'remove' },
  { when: 'type', add: 'event:{{ type }}', else: 'remove' },
];
const config = { sync: { tags } };
let hour = 0;
const booking = (wish: object = {}) =>
  aBooking({
    id: 1,
    updated_at: new Date(Date.UTC(2026, 4, 1, hour++)).toISOString(),
    status: 'Confirmed',
    type: 'Wedding',
    ...wish,
  });

async function tell(runner: Runner, wish: object = {}): Promise<void> {
  await runner.webhook({ type: 'booking.updated', data: booking(wish) });
  await runner.idle();
}

test('the fields were put, the tags failed: only the tags are sent again', async () => {
  const { ghl, start } = await aWorld(config);
  const runner = await start({ clock: watchedClock(10), random: () => 0.1 });
  await tell(runner, { status: 'Pending' });
  ghl.clear();
  ghl.fail({ kind: 'status', status: 503, times: 2, match: { operation: 'add-tags' } });

  await tell(runner, { first_name: 'Anna' });

  expect(operationsOf(ghl)).toEqual(['update-contact', 'add-tags', 'add-tags', 'add-tags']);
  expect(ghl.contacts()[0]).toMatchObject({ firstName: 'Anna' });
  expect([...ghl.contacts()[0]!.tags].sort()).toEqual(['booked', 'boothbook', 'customer', 'event:wedding']);
});

test('the process ends between the two: only the tags are left to do', async () => {
  const { ghl, start } = await aWorld({ ...config, ghl: { timeout: '300ms' } });
  const before = await start({ mayLeaveWork: true });
  await tell(before, { status: 'Pending' });
  ghl.fail({ kind: 'hang', times: Infinity, match: { operation: 'add-tags' } });
  ghl.clear();
  await before.webhook({ type: 'booking.updated', data: booking({ first_name: 'Anna' }) });
  while (!operationsOf(ghl).includes('add-tags')) await new Promise(setImmediate);
  await before.stop();
  ghl.clearFaults();
  ghl.clear();

  const runner = await start();
  await runner.idle();

  expect(operationsOf(ghl)).toEqual(['add-tags']);
});

test('tags were added, removing failed: adding is not repeated', async () => {
  const { ghl, start } = await aWorld(config);
  const runner = await start({ clock: watchedClock(10), random: () => 0.1 });
  await tell(runner);
  ghl.clear();
  ghl.fail({ kind: 'status', status: 500, match: { operation: 'remove-tags' } });

  await tell(runner, { type: 'Prom' });

  expect(operationsOf(ghl)).toEqual(['add-tags', 'remove-tags', 'remove-tags']);
  expect(ghl.contacts()[0]!.tags).toContain('event:prom');
  expect(ghl.contacts()[0]!.tags).not.toContain('event:wedding');
});

test('an update that failed by its own fault leaves what stands: a later good one sends all that is missing', async () => {
  const { ghl, start } = await aWorld(config);
  const runner = await start();
  await tell(runner);
  ghl.fail({ kind: 'status', status: 422, match: { operation: 'update-contact' } });
  await tell(runner, { first_name: 'Anna', type: 'Prom' });

  await tell(runner, { first_name: 'Anna', type: 'Prom', irrelevant: 1 });

  expect(ghl.contacts()[0]).toMatchObject({ firstName: 'Anna' });
  expect(ghl.contacts()[0]!.tags).toContain('event:prom');
});

describe('tags with holes', () => {
  test('a value that changes removes the old tag and adds the new', async () => {
    const { ghl, start } = await aWorld(config);
    const runner = await start();
    await tell(runner);

    await tell(runner, { type: 'Prom' });
    await tell(runner, { type: 'Birthday' });

    expect([...ghl.contacts()[0]!.tags].sort()).toEqual([
      'booked',
      'boothbook',
      'customer',
      'event:birthday',
    ]);
  });

  test('a value that comes back is added again', async () => {
    const { ghl, start } = await aWorld(config);
    const runner = await start();
    for (const type of ['Wedding', 'Prom', 'Wedding']) await tell(runner, { type });

    expect([...ghl.contacts()[0]!.tags].sort()).toEqual(['booked', 'boothbook', 'customer', 'event:wedding']);
  });

  test('a value that differs in case only makes no call', async () => {
    const { ghl, start } = await aWorld(config);
    const runner = await start();
    await tell(runner, { type: 'Wedding' });
    ghl.clear();

    await tell(runner, { type: 'WEDDING ' });

    expect(ghl.calls).toEqual([]);
    expect(ghl.contacts()[0]!.tags).toContain('event:wedding');
  });

  test('without `else`, an old tag stays', async () => {
    const { ghl, start } = await aWorld({ sync: { tags: [{ when: 'type', add: 'event:{{ type }}' }] } });
    const runner = await start();
    for (const type of ['Wedding', 'Prom']) await tell(runner, { type });

    expect([...ghl.contacts()[0]!.tags].sort()).toEqual(['event:prom', 'event:wedding']);
  });
});

describe('a tag that a person set', () => {
  test('survives updates, removals and full reads', async () => {
    const { ghl, source, start } = await aWorld(config);
    const runner = await start();
    await tell(runner);
    const { id, tags: before } = ghl.contacts()[0]!;
    ghl.setTags(id, [...before, 'vip']);

    await tell(runner, { status: 'Cancelled', type: undefined, first_name: 'Anna' });
    source.rows([booking({ status: 'Confirmed' })]);
    await runner.pass({ full: true });

    expect(ghl.contact(id)!.tags).toContain('vip');
  });

  test('on a contact that was there before stays also where a rule yields it later and then no more', async () => {
    const { ghl, start } = await aWorld(config);
    const { id } = ghl.addContact({ email: 'guest1@example.com', tags: ['booked', 'vip'] });
    const runner = await start();

    await tell(runner, { status: 'Confirmed' });
    await tell(runner, { status: 'Cancelled' });

    expect([...ghl.contact(id)!.tags].sort()).toEqual(['booked', 'boothbook', 'event:wedding', 'vip']);
  });

  test('on a contact that the runner made stays, too, where an update has shown it before a rule yields it', async () => {
    const { ghl, start } = await aWorld(config);
    const runner = await start();
    await tell(runner, { status: 'Pending' });
    const { id, tags: before } = ghl.contacts()[0]!;
    ghl.setTags(id, [...before, 'booked']);

    await tell(runner, { status: 'Confirmed', first_name: 'Anna' });
    await tell(runner, { status: 'Cancelled', first_name: 'Anna' });

    expect(ghl.contact(id)!.tags).toContain('booked');
    expect(ghl.contact(id)!.tags).not.toContain('customer');
  });

  test('on a contact that the runner made stays, once an update has shown it, where a rule yields it later and then no more', async () => {
    const { ghl, start } = await aWorld(config);
    const runner = await start();
    await tell(runner, { status: 'Pending' });
    const { id } = ghl.contacts()[0]!;
    ghl.setTags(id, ['booked', ...ghl.contact(id)!.tags]);
    await tell(runner, { status: 'Pending', first_name: 'Another' });

    await tell(runner, { status: 'Confirmed', first_name: 'Another' });
    await tell(runner, { status: 'Cancelled', first_name: 'Another' });

    expect(ghl.contact(id)!.tags).toContain('booked');
  });

  test('that a rule without `else` wants is never taken away', async () => {
    const { ghl, start } = await aWorld({ sync: { tags: ['boothbook'] } });
    const runner = await start();
    await tell(runner);

    await tell(runner, { status: 'Cancelled' });

    expect(ghl.contacts()[0]!.tags).toEqual(['boothbook']);
  });
});

test('`remove` takes a tag away once, and a person may set it again', async () => {
  const { ghl, start } = await aWorld({ sync: { tags: [{ when: 'status = "Cancelled"', remove: 'hot' }] } });
  const runner = await start();
  await tell(runner);
  const { id } = ghl.contacts()[0]!;
  ghl.setTags(id, ['hot']);
  await tell(runner, { status: 'Cancelled' });
  const removed = ghl.contact(id)!.tags;
  ghl.setTags(id, ['hot']);

  await tell(runner, { status: 'Cancelled', irrelevant: 2 });

  expect([removed, ghl.contact(id)!.tags]).toEqual([[], ['hot']]);
});

test('a rule that is edited away removes the tags that it owned', async () => {
  const { ghl, source, start } = await aWorld(config);
  const before = await start();
  source.rows([booking()]);
  await before.pass();
  await before.stop();

  const runner = await start({ config: { sync: { tags: ['boothbook'] } } });
  await runner.pass();

  expect(ghl.contacts()[0]!.tags).toEqual(['boothbook']);
});
