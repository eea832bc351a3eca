import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../src/engine/system-clock.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { aDelivery } from '../support/rows.ts';

function aPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'boothsync-kept-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'store.db');
}

async function open(path: string): Promise<Store> {
  const store = await openStore(`sqlite:${path}`, { clock: systemClock, owner: true });
  let closed: Promise<void> | undefined;
  const close = () => (closed ??= store.close());
  onTestFinished(close);
  return { ...store, close };
}

const add = (store: Store, deliveryId: string) =>
  store.write((tables) => tables.deliveries.add(aDelivery({ deliveryId })));

test.for([
  ['all its files are', ['', '-wal', '-shm', '.lock', '.owner']],
  ['its own file is', ['']],
  ['its log is', ['-wal', '-shm']],
] as const)(
  'a store that is deleted while it is in use, when %s, takes nothing more; what was written is there again',
  async ([, suffixes]) => {
    const path = aPath();
    const store = await open(path);
    for (let id = 0; id < 20; id++) await add(store, `before ${id}`);

    for (const suffix of suffixes) rmSync(`${path}${suffix}`);
    const refused = await Promise.allSettled([add(store, 'after'), add(store, 'after that')]);
    const later = await Promise.allSettled([add(store, 'later')]);
    const { aborted } = store.lost;
    await store.close();
    const next = await open(path);

    for (const told of [...refused, ...later])
      expect(told).toMatchObject({
        reason: {
          problem: { code: 'store', message: expect.stringContaining('all that was written') as string },
        },
      });
    expect(aborted).toBe(true);
    expect(await next.read.deliveries.countReceived()).toBe(20);
    expect(await add(next, 'after')).toBe(true);
    expect(existsSync(`${path}.again`)).toBe(false);
  },
);

test('a store whose file was replaced takes nothing more, and leaves the other one alone', async () => {
  const path = aPath();
  const other = await openStore(`sqlite:${path}.other`, { clock: systemClock, owner: true });
  await add(other, 'of the other');
  await other.close();
  const store = await open(path);
  await add(store, 'before');

  renameSync(`${path}.other`, path);
  const [refused] = await Promise.allSettled([add(store, 'after')]);
  await store.close();
  for (const suffix of ['-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
  const next = await open(path);

  expect(refused).toMatchObject({
    reason: { problem: { message: expect.stringContaining('another file is in its place') as string } },
  });
  expect(await next.read.deliveries.countReceived()).toBe(1);
  expect(await add(next, 'of the other')).toBe(false);
});

test('a store that can not be put back says so', async () => {
  const path = aPath();
  const store = await open(path);
  await add(store, 'before');

  rmSync(join(path, '..'), { recursive: true });
  const [refused] = await Promise.allSettled([add(store, 'after')]);

  expect(refused).toMatchObject({
    reason: { problem: { message: expect.stringContaining('it could not be put back') as string } },
  });
});
