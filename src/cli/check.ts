import { Command } from 'commander';
import { readLockOf } from '../config/files/load.ts';
import { runCheck, type CheckResult } from '../engine/check/check.ts';
import { checkStore } from '../engine/check/check-store.ts';
import { wrong } from '../engine/check/finding.ts';
import { askingHands, storeBeside } from './asking-hands.ts';
import { addCommonOptions, commonOptions, type CommonOptions } from './common-options.ts';
import { guarded } from './guarded.ts';
import { loadedOrPrint, type Ready } from './load-or-print.ts';
import { findingsJson, renderFindings } from './print/print-findings.ts';
import { wantsColor } from './print/print-problems.ts';
import { redacted } from './redacted.ts';

/** `boothsync check`: asks every connection what only it can know. Only reads; works beside a running `serve`. */
export function checkCommand(): Command {
  return addCommonOptions(new Command('check'))
    .description(
      'ask every connection: reachable, token, scopes, location, the names that the config uses; only reads',
    )
    .action(async (_options: unknown, command: Command) => {
      const options = commonOptions(command);
      await guarded(options.json, () => check(options));
    });
}

async function check(options: CommonOptions): Promise<number> {
  // What the lock has not may be there by now: HighLevel itself is asked.
  const ready = await loadedOrPrint(options, { withoutLock: true });
  if (!ready) return 1;
  const { config, tree } = ready;
  const hands = askingHands(config, options);
  const texts = new Map(ready.sources);
  const { lock, problems } = await readLockOf(config.path, texts);
  const { finding, store } = await checkStore(() => storeBeside(config));
  try {
    const asked = await runCheck({
      ...hands,
      tree,
      ...(store ? { store } : {}),
      ...(lock ? { lock } : {}),
    });
    const broken = problems.map(({ message, remedy, at }) => ({
      ...wrong('lock', message, remedy),
      ...(at ? { at } : {}),
    }));
    const result = { ...asked, findings: [finding, ...broken, ...asked.findings] };
    process.stdout.write(printed(redacted(result, config.secrets), { ...ready, sources: texts }, options));
    if (hands.signal.aborted) return 130;
    return result.findings.some(({ state }) => state === 'wrong') ? 1 : 0;
  } finally {
    await store?.close();
  }
}

function printed(result: CheckResult, { sources }: Ready, { json }: CommonOptions): string {
  const cwd = process.cwd();
  const isWell = !result.findings.some(({ state }) => state === 'wrong');
  if (json) {
    const findings = findingsJson(result.findings, sources, cwd);
    return `${JSON.stringify({ ok: isWell, findings, calls: result.calls })}\n`;
  }
  const color = wantsColor(process.stdout, process.env);
  const count = result.findings.filter(({ state }) => state === 'wrong').length;
  const verdict = isWell ? 'all well' : `${count} wrong`;
  return `${renderFindings(result.findings, { texts: sources, cwd, color })}${verdict}; ${result.calls} calls\n`;
}
