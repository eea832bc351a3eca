import { relative, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { filesNamed } from '../config/files/load.ts';
import { validateFile } from '../config/validate.ts';
import type { Validated } from '../config/validate.ts';
import type { Problem } from '../model/problem.ts';
import { checkoutOf } from './checkout.ts';
import { addUnheededOptions } from './common-options.ts';
import { plural } from './plural.ts';
import { renderGithub } from './print/print-github.ts';
import { renderProblems, toJson, wantsColor } from './print/print-problems.ts';

interface ValidateOptions {
  readonly config: string;
  readonly format: 'pretty' | 'json' | 'github' | 'sarif';
  readonly json?: boolean;
  readonly strict?: boolean;
}

/** `boothsync validate [files…]`: everything that can be known without network or secrets. */
export function validateCommand(): Command {
  return addUnheededOptions(new Command('validate'))
    .description(
      'check a config: YAML, shape, references, expressions and fields, without network or secrets',
    )
    .argument('[files...]', 'configs or globs to check instead of the one of -c')
    .option('-c, --config <file>', 'the config', 'sync.config.yaml')
    .addOption(
      new Option('--format <format>', 'how problems are printed')
        .choices(['pretty', 'json', 'github', 'sarif'])
        .default('pretty'),
    )
    .option('--json', 'short for --format json')
    .option('--strict', 'warnings are errors')
    .action(async (files: readonly string[], _options: unknown, command: Command) => {
      const options = command.optsWithGlobals<ValidateOptions>();
      process.exitCode = await validate(files.length > 0 ? files : [options.config], options);
    });
}

async function validate(files: readonly string[], options: ValidateOptions): Promise<number> {
  // The YAML parser looks into it at each token, and Node's own asks the system each time.
  process.env = { ...process.env };
  const named = await filesOf(files);
  const checked = await checkAll(named.files, options.strict === true);
  const problems = eachOnce([...named.problems, ...checked.flatMap(({ result }) => result.problems)]);
  const texts = new Map(checked.flatMap(({ result }) => [...result.sources]));
  const cwd = process.cwd();
  if (options.json === true || options.format === 'json') {
    process.stdout.write(`${JSON.stringify(toJson(problems, texts, cwd), null, 2)}\n`);
  } else if (options.format === 'github') {
    if (problems.length > 0)
      process.stdout.write(`${renderGithub(problems, texts, checkoutOf(cwd, process.env))}\n`);
  } else if (options.format === 'sarif') {
    // Who asks for another format has no use for the pages of all problems.
    const { renderSarif } = await import('./print/print-sarif.ts');
    process.stdout.write(`${renderSarif(problems, texts, checkoutOf(cwd, process.env))}\n`);
  } else {
    const color = wantsColor(process.stdout, process.env);
    const parts = [
      renderProblems(problems, texts, { cwd, color }),
      ...checked.map(({ file, result }) => verdict(file, result)),
    ];
    process.stdout.write(
      parts
        .filter((part) => part !== '')
        .map((part) => `${part}\n`)
        .join(''),
    );
  }
  return problems.some(({ severity }) => severity === 'error') ? 1 : 0;
}

interface CheckedFile {
  readonly file: string;
  readonly result: Validated;
}

/** Two at a time, so that one is read while the other is checked: all together would hold all their trees in memory. */
async function checkAll(files: readonly string[], isStrict: boolean): Promise<readonly CheckedFile[]> {
  const checked = new Map<string, CheckedFile>();
  const queue = files.values();
  const checkSome = async (): Promise<void> => {
    for (const file of queue) {
      const result = await validateFile(file);
      checked.set(file, { file, result: isStrict ? strict(result) : result });
    }
  };
  await Promise.all([checkSome(), checkSome()]);
  return files.map((file) => checked.get(file)!);
}

function strict(result: Validated): Validated {
  return {
    ...result,
    problems: result.problems.map((problem) => ({ ...problem, severity: 'error' as const })),
  };
}

/** Configs may share a file of syncs: what is wrong in it is one mistake, however many of them read it. */
function eachOnce(problems: readonly Problem[]): readonly Problem[] {
  const unique = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  return [...unique.values()];
}

interface Named {
  /** As they are named, each once. */
  readonly files: readonly string[];
  readonly problems: readonly Problem[];
}

/** A file that is not there is told when it is read; a glob that matches none is told here. */
async function filesOf(patterns: readonly string[]): Promise<Named> {
  const byPath = new Map<string, string>();
  const problems: Problem[] = [];
  for (const pattern of patterns) {
    const found = await filesNamed(pattern, process.cwd());
    const isGlob = found[0] !== pattern && /[*?[\]{}]/.test(pattern);
    // Beside configs lie their tests and locks.
    const files = isGlob ? found.filter((file) => !/\.(?:test|lock)\.ya?ml$/.test(file)) : [pattern];
    if (files.length === 0) problems.push(noneMatches(pattern));
    for (const file of files) byPath.set(resolve(file), byPath.get(resolve(file)) ?? file);
  }
  return { files: [...byPath.values()], problems };
}

function noneMatches(pattern: string): Problem {
  const message = `no config matches ${pattern}`;
  return { code: 'file-unreadable', severity: 'error', message, remedy: 'correct the path or the glob' };
}

/** `sync.config.yaml is right: 2 connections, 1 source, 1 sync`; nothing for a file with errors. */
function verdict(file: string, { problems, counts }: Validated): string {
  if (problems.some(({ severity }) => severity === 'error')) return '';
  const warnings = problems.length === 0 ? '' : `, with ${plural(problems.length, 'warning')}`;
  const blocks = [
    plural(counts.connections, 'connection'),
    plural(counts.sources, 'source'),
    plural(counts.syncs, 'sync'),
  ];
  return `${relative(process.cwd(), resolve(file))} is right${warnings}: ${blocks.join(', ')}`;
}
