import { rename, rm, writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { Command } from 'commander';
import { lockFileOf, readLockFile, reasonOf } from '../config/files/load.ts';
import { driftOf } from '../config/lock/drift.ts';
import { renderLock } from '../config/lock/render-lock.ts';
import { pullLocations } from '../engine/check/pull.ts';
import type { Lock } from '../model/lock.ts';
import { failure } from '../model/problem.ts';
import { askingHands, storeBeside } from './asking-hands.ts';
import { addCommonOptions, commonOptions, type CommonOptions } from './common-options.ts';
import { guarded } from './guarded.ts';
import { loadedOrPrint } from './load-or-print.ts';
import { findingsJson, renderFindings } from './print/print-findings.ts';
import { wantsColor } from './print/print-problems.ts';
import { redacted } from './redacted.ts';

/** `boothsync pull`: what `validate` then knows of the locations without asking. */
export function pullCommand(): Command {
  return addCommonOptions(new Command('pull'))
    .description(
      "write the locations' custom fields, calendars, users, tags, pipelines and workflows into sync.lock.yaml",
    )
    .action(async (_options: unknown, command: Command) => {
      const options = commonOptions(command);
      await guarded(options.json, () => pull(options));
    });
}

async function pull(options: CommonOptions): Promise<number> {
  const ready = await loadedOrPrint(options, { withoutLock: true });
  if (!ready) return 1;
  const { config } = ready;
  const hands = askingHands(config, options);
  const store = await storeBeside(config);
  try {
    const { lock, findings } = await pullLocations({ ...hands, ...(store ? { store } : {}) });
    if (hands.signal.aborted) return 130;
    const failed = findings.some(({ state }) => state === 'wrong');
    const file = lockFileOf(config.path);
    // An old lock beats half a one.
    const written = failed || lock.size === 0 ? undefined : await replace(file, lock);
    const result = {
      ok: !failed,
      file: relative(process.cwd(), file),
      written: written !== undefined,
      changes: written ?? [],
      findings: findingsJson(findings, ready.sources, process.cwd()),
    };
    const color = wantsColor(process.stdout, process.env);
    const words = renderFindings(findings, { texts: ready.sources, cwd: process.cwd(), color });
    const text = options.json
      ? `${JSON.stringify(redacted(result, config.secrets))}\n`
      : redacted(`${words}${verdict(result)}\n`, config.secrets);
    process.stdout.write(text);
    return failed ? 1 : 0;
  } finally {
    await store?.close();
  }
}

function verdict({
  file,
  written,
  ok,
  changes,
}: {
  file: string;
  written: boolean;
  ok: boolean;
  changes: readonly string[];
}): string {
  if (!ok) return `${file} is as it was`;
  if (!written) return 'no connection of type ghl: there is nothing to pull';
  return changes.length === 0 ? `${file} is written` : `${file} is written: ${changes.join('; ')}`;
}

/** Written whole or not at all; yields what is another now. */
async function replace(file: string, lock: Lock): Promise<readonly string[]> {
  const before = (await readLockFile(file, new Map())).lock;
  const partial = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(partial, renderLock(lock));
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw failure(
      'file-unreadable',
      `${file} can't be written: ${reasonOf(error)}`,
      'see the folder and its permissions',
      error,
    );
  }
  return [...lock].flatMap(([name, now]) => {
    const old = before?.get(name);
    return old && old.id === now.id ? driftOf(old, now).flatMap(({ changes }) => changes) : [];
  });
}
