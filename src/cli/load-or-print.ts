import { loadConfig } from '../config/load.ts';
import type { FilledTree, LoadOptions } from '../config/load.ts';
import type { Config } from '../model/config.ts';
import type { CommonOptions } from './common-options.ts';
import { renderProblems, toJson, wantsColor } from './print/print-problems.ts';
import type { Texts } from './print/print-problems.ts';

/** A config that can run, and what it was read from. */
export interface Ready {
  readonly config: Config;
  readonly tree: FilledTree;
  readonly sources: Texts;
}

/**
 * The config ready to run; nothing where it is wrong: its problems are printed then, as JSON on stdout where that was
 * asked for, else on stderr. Warnings never stop a command but `validate --strict`.
 */
export async function loadOrPrint(
  options: CommonOptions,
  unset: 'report' | 'keep' = 'report',
): Promise<Config | undefined> {
  // Who only looks at what there is needs no judgement of names in a location.
  return (await loadedOrPrint(options, { unset, withoutLock: unset === 'keep' }))?.config;
}

/** The same with all that was read; what is printed of warnings is printed. */
export async function loadedOrPrint(
  options: CommonOptions,
  more: Pick<LoadOptions, 'unset' | 'withoutLock'>,
): Promise<Ready | undefined> {
  const envFile = options.envFile === undefined ? {} : { envFile: options.envFile };
  const loaded = await loadConfig(options.config, { env: process.env, ...more, ...envFile });
  const { config, problems, sources, tree } = loaded;
  const errors = problems.some(({ severity }) => severity === 'error');
  if (errors && options.json)
    process.stdout.write(`${JSON.stringify(toJson(problems, sources, process.cwd()), null, 2)}\n`);
  else if (problems.length > 0)
    process.stderr.write(
      `${renderProblems(problems, sources, { cwd: process.cwd(), color: wantsColor(process.stderr, process.env) })}\n`,
    );
  return errors || !config || !tree ? undefined : { config, tree, sources };
}
