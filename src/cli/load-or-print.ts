import { loadConfig } from '../config/load.ts';
import type { Config } from '../model/config.ts';
import type { CommonOptions } from './common-options.ts';
import { renderProblems, toJson, wantsColor } from './print-problems.ts';

/**
 * The config ready to run; nothing where it is wrong: its problems are printed then, as JSON on stdout where that was
 * asked for, else on stderr. Warnings never stop a command but `validate --strict`.
 */
export async function loadOrPrint(
  options: CommonOptions,
  unset: 'report' | 'keep' = 'report',
): Promise<Config | undefined> {
  const envFile = options.envFile === undefined ? {} : { envFile: options.envFile };
  const { config, problems, sources } = await loadConfig(options.config, {
    env: process.env,
    unset,
    ...envFile,
  });
  const errors = problems.some(({ severity }) => severity === 'error');
  if (errors && options.json)
    process.stdout.write(`${JSON.stringify(toJson(problems, sources, process.cwd()), null, 2)}\n`);
  else if (problems.length > 0)
    process.stderr.write(
      `${renderProblems(problems, sources, { cwd: process.cwd(), color: wantsColor(process.stderr, process.env) })}\n`,
    );
  return errors ? undefined : config;
}
