// A process that owns the store of its argument, has written to it, and says so on stdout. Until it is killed.
import { systemClock } from '../../src/engine/system-clock.ts';
import { openStore } from '../../src/store/open-store.ts';

const store = await openStore(process.argv[2]!, { clock: systemClock, owner: true });
await store.write((tables) =>
  tables.deliveries.add({
    tenant: 'default',
    connection: 'booth',
    deliveryId: null,
    name: null,
    raw: '{}',
    receivedAt: 1,
  }),
);
process.stdout.write('owned\n');
setInterval(() => undefined, 1_000);
