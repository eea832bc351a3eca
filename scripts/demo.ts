// What a newcomer runs first: the real command line against a BoothBook and a HighLevel that are simulated here.
// Ends with 0, or with 1 and a line about what was not as it should be.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { startSandbox, type SandboxOptions } from '../src/sandbox/sandbox.ts';
import { SurpriseError } from './demo-command.ts';
import { BY_HAND, runPasses } from './demo-runs.ts';
import { headOfTable, lineOfTable } from './demo-table.ts';
import { serveWebhooks } from './demo-webhooks.ts';

const folder = mkdtempSync(join(tmpdir(), 'boothsync-demo-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

/** HighLevel answers over a network, too, in ms. */
const simulated: SandboxOptions = { ghl: { latencyMs: 40 } };

async function demo(): Promise<void> {
  console.log('BoothBook and HighLevel are simulated on this machine; nothing leaves it.\n');
  console.log(headOfTable());
  const polled = await startSandbox(simulated);
  const store = (name: string) => ({ BOOTHSYNC_STORE: `sqlite:${join(folder, name)}` });
  for await (const row of runPasses(polled, { ...polled.env, ...store('polls.db') }))
    console.log(lineOfTable(row));
  const told = await startSandbox(simulated);
  console.log(lineOfTable(await serveWebhooks(told, { ...told.env, ...store('webhooks.db') })));
  await Promise.all([polled.close(), told.close()]);
  console.log(`
calls: sent to HighLevel, which allows 100 in 10 s. None was refused.
The tag "${BY_HAND}", which a person added between two runs, is still on every contact.
${styleText('green', 'All as it should be.', { stream: process.stdout })} Next: README.md, then docs/guide.md.`);
}

try {
  await demo();
} catch (error) {
  if (!(error instanceof SurpriseError)) throw error;
  console.error(`${styleText('red', 'not as it should be:', { stream: process.stderr })} ${error.message}`);
  // The sandbox still listens.
  process.exit(1);
}
