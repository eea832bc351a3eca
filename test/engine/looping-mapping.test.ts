import { expect, test } from 'vitest';
import { aBooking } from '../support/a-config.ts';
import { worlds } from '../support/world.ts';

const aWorld = worlds();

/** Ends for all but the records that say `loop`. */
const LOOPS = [
  '($f := function($x) { $f($x) }; loop ? $f(1) : first_name)',
  '($f := function($x) { 1 + $f($x) }; loop ? $f(1) : first_name)',
  'loop ? $string($sum([1..many])) : first_name',
  'loop ? $reduce([1..60], function($a, $b) { $a & $a }, "ab") : first_name',
  'loop ? $pad("a", many) : first_name',
] as const;

test.each(LOOPS)(
  'a mapping that never ends dies with its record, and the others go on: %s',
  async (firstName) => {
    const world = await aWorld({ sync: { fields: { firstName, email: '$lowercase(email)' } } });
    const runner = await world.start();
    world.source.rows(Array.from({ length: 20 }, (_, id) => aBooking({ id, loop: id % 5 === 0, many: 1e9 })));

    await runner.pass();
    const events = await runner.events();

    expect(world.ghl.contacts()).toHaveLength(16);
    expect(events.filter(({ state }) => state === 'dead').map(({ key }) => Number(key) % 5)).toEqual([
      0, 0, 0, 0,
    ]);
    for (const { state, reason, remedy } of events) {
      if (state !== 'dead') continue;
      expect(reason).toMatch(/longer than 100 ms|nests deeper than|more than|too large/);
      expect(remedy).toMatch(/\w/);
    }
  },
);
