import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../src/engine/system-clock.ts';
import { openStore } from '../../src/store/open-store.ts';
import { aDelivery } from '../support/rows.ts';

const OPEN = new URL('../../src/store/open-store.ts', import.meta.url).href;
const CLOCK = new URL('../../src/engine/system-clock.ts', import.meta.url).href;

/** Opens a store for the first time, and is killed before the `at`-th table or index is made. */
const killedAt = (at: number, url: string) => `
  import { DatabaseSync } from 'node:sqlite';
  import { openStore } from ${JSON.stringify(OPEN)};
  import { systemClock } from ${JSON.stringify(CLOCK)};
  const { prepare } = DatabaseSync.prototype;
  let made = 0;
  DatabaseSync.prototype.prepare = function (sql, ...rest) {
    if (/^create /i.test(sql) && ++made === ${at}) process.kill(process.pid, 'SIGKILL');
    return prepare.call(this, sql, ...rest);
  };
  await openStore(${JSON.stringify(url)}, { clock: systemClock, owner: true });
`;

test.each([1, 2, 5, 12])(
  'a first start that is killed at its %i. table leaves a store that the next one can use',
  async (at) => {
    const url = `sqlite:${join(await mkdtemp(join(tmpdir(), 'boothsync-first-')), 'boothsync.db')}`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', killedAt(at, url)]);
    const [, signal] = (await once(child, 'close')) as [unknown, string | null];
    expect(signal).toBe('SIGKILL');

    const store = await openStore(url, { clock: systemClock, owner: true });
    try {
      await store.write((tables) => tables.deliveries.add(aDelivery({ deliveryId: '1' })));
      expect(await store.read.deliveries.countReceived()).toBe(1);
    } finally {
      await store.close();
    }
  },
);
