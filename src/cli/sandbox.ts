import { Command, Option } from 'commander';
import { describeSandbox } from '../sandbox/describe-sandbox.ts';
import { startSandbox } from '../sandbox/sandbox.ts';
import { stopSignal } from './stop-signal.ts';

/** `boothsync sandbox`: BoothBook and HighLevel, simulated on this machine. */
export function sandboxCommand(): Command {
  return new Command('sandbox')
    .description('serve a simulated BoothBook and HighLevel on this machine, for trying and testing')
    .option('--json', 'print the environment as one JSON document')
    .addOption(
      new Option('--bookings <number>', 'made-up bookings to begin with').default(25).argParser(Number),
    )
    .action(async (options: { json?: boolean; bookings: number }) => {
      const signal = stopSignal();
      const sandbox = await startSandbox({ bookings: options.bookings });
      process.stdout.write(
        options.json ? `${JSON.stringify(sandbox.env)}\n` : `${describeSandbox(sandbox)}\n`,
      );
      if (!signal.aborted)
        await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      await sandbox.close();
    });
}
