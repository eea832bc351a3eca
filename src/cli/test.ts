import { dirname, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { loadConfig } from '../config/load.ts';
import { loadTests, type LoadedTests } from '../config/mapping-tests/load.ts';
import { runTests, type TestReport } from '../engine/mapping-tests/run-tests.ts';
import { BoothsyncError, type Problem } from '../model/problem.ts';
import { checkoutOf } from './checkout.ts';
import { addUnheededOptions } from './common-options.ts';
import { guarded } from './guarded.ts';
import { renderGithub } from './print/print-github.ts';
import { renderProblems, toJson, wantsColor, type Texts } from './print/print-problems.ts';
import { asGithub, asJson, asJunit, asText, problemsAsJunit } from './print/print-tests.ts';
import { stopSignal } from './stop-signal.ts';
import { updatedAsJson, updatedAsText, updateFiles } from './update-tests.ts';
import { onChange } from './watch-folder.ts';

interface TestOptions {
  readonly config: string;
  readonly format: 'text' | 'json' | 'junit' | 'github';
  readonly json?: boolean;
  readonly update?: boolean;
  readonly watch?: boolean;
}

/** `boothsync test [files…]`: mapping tests, which need neither environment nor network. */
export function testCommand(): Command {
  return addUnheededOptions(new Command('test'))
    .description('run mapping tests: *.test.yaml beside the config, or the given files')
    .argument('[files...]', 'files or globs of tests')
    .option('-c, --config <file>', 'the config', 'sync.config.yaml')
    .addOption(
      new Option('--format <format>', 'how results are printed')
        .choices(['text', 'json', 'junit', 'github'])
        .default('text'),
    )
    .option('--json', 'short for --format json')
    .option('--update', 'write into the tests that fail what they got')
    .option('--watch', 'run again whenever a file changes, until Ctrl-C')
    .action(async (files: readonly string[], _options: unknown, command: Command) => {
      const options = command.optsWithGlobals<TestOptions>();
      const format = options.json === true ? 'json' : options.format;
      await guarded(format === 'json', () => test(files, { ...options, format }));
    });
}

async function test(files: readonly string[], options: TestOptions): Promise<number> {
  if (options.watch !== true) return once(files, options);
  const signal = stopSignal();
  await onChange(await onceOrTell(files, options), signal, async () => {
    if (options.format !== 'json') process.stdout.write('\n');
    return onceOrTell(files, options);
  });
  return 0;
}

/** What goes wrong with one run is told, and the next change may mend it. Yields the folders that were read from. */
async function onceOrTell(files: readonly string[], options: TestOptions): Promise<readonly string[]> {
  const folders = new Set([dirname(resolve(options.config))]);
  try {
    await once(files, options, (file) => folders.add(dirname(resolve(file))));
  } catch (error) {
    if (!(error instanceof BoothsyncError)) throw error;
    tell([error.problem], new Map(), options);
  }
  return [...folders];
}

/** A document of its own, or, of a run of many, a line of JSON. */
function print(text: string, { format, watch }: TestOptions): void {
  const isLine = format === 'json' && watch === true;
  process.stdout.write(`${isLine ? JSON.stringify(JSON.parse(text)) : text}\n`);
}

async function once(
  files: readonly string[],
  options: TestOptions,
  read: (file: string) => void = () => undefined,
): Promise<number> {
  // Tests are the same on each machine: neither the environment nor `.env` is read.
  const loaded = await loadConfig(options.config, { env: {}, envFile: null, unset: 'keep' });
  const { config } = loaded;
  for (const file of loaded.sources.keys()) read(file);
  if (!config) return tell(loaded.problems, loaded.sources, options);
  const tests = await loadTests(files, dirname(resolve(options.config)), [...config.syncs.keys()]);
  for (const file of tests.files) read(file);
  if (tests.problems.length > 0) return tell(tests.problems, tests.texts, options);
  if (tests.files.length === 0) return tell([noTests()], new Map(), options);
  const report = await runTests(config, tests.tests);
  if (options.update === true) return update(tests, report, options);
  const render = { text: asText, json: asJson, junit: asJunit, github: asGithub }[options.format];
  const isGithub = options.format === 'github';
  const cwd = isGithub ? checkoutOf(process.cwd(), process.env) : process.cwd();
  const settings = { cwd, color: wantsColor(process.stdout, process.env) };
  print(render(report, tests.texts, settings), options);
  return report.results.some(({ differences }) => differences.length > 0) ? 1 : 0;
}

function tell(problems: readonly Problem[], texts: Texts, options: TestOptions): number {
  const cwd = process.cwd();
  if (options.format === 'json') print(JSON.stringify(toJson(problems, texts, cwd), null, 2), options);
  else if (options.format === 'github')
    print(renderGithub(problems, texts, checkoutOf(cwd, process.env)), options);
  else {
    if (options.format === 'junit') print(problemsAsJunit(problems), options);
    const color = wantsColor(process.stderr, process.env);
    process.stderr.write(`${renderProblems(problems, texts, { cwd, color })}\n`);
  }
  return 1;
}

function noTests(): Problem {
  const message = 'there is no *.test.yaml beside the config or in a folder below it';
  const remedy = 'write one: tests: [{ name, sync, record, expect }]';
  return { code: 'file-unreadable', severity: 'error', message, remedy };
}

/** Exit code 1 where a test still fails. */
async function update(tests: LoadedTests, report: TestReport, options: TestOptions): Promise<number> {
  const done = await updateFiles(tests, report);
  print(options.format === 'json' ? updatedAsJson(done, process.cwd()) : updatedAsText(done), options);
  return done.left.length > 0 ? 1 : 0;
}
