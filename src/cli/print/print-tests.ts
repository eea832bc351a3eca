import { relative } from 'node:path';
import { styleText } from 'node:util';
import type { Coverage } from '../../engine/mapping-tests/coverage.ts';
import type { TestReport } from '../../engine/mapping-tests/run-tests.ts';
import type { Json } from '../../model/json.ts';
import type { Problem } from '../../model/problem.ts';
import type { Difference, TestResult } from '../../model/mapping-test.ts';
import { renderGithub } from './print-github.ts';
import { placeOf, printable, type PrintSettings, type Texts } from './print-problems.ts';

/** Results for people: a line each, below a failed one what differs, then the sum and what no test reaches. */
export function asText(report: TestReport, texts: Texts, settings: PrintSettings): string {
  const paint = (format: 'green' | 'red' | 'dim', text: string): string =>
    settings.color ? styleText(format, text, { validateStream: false }) : text;
  const lines = report.results.flatMap((result) => {
    const name = printable(result.test.name);
    if (isPassed(result)) return [`${paint('green', '✓')} ${name}`];
    return [
      `${paint('red', '✗')} ${name}  ${paint('dim', placeOfTest(result, texts, settings.cwd))}`,
      ...result.differences.flatMap((difference) => differenceLines(difference, paint)),
    ];
  });
  return [...lines, '', sumOf(report.results), ...coverageLines(report.coverage)].join('\n');
}

function isPassed({ differences }: TestResult): boolean {
  return differences.length === 0;
}

function placeOfTest({ test: { at } }: TestResult, texts: Texts, cwd: string): string {
  return `${relative(cwd, at.file)}:${placeOf(texts.get(at.file) ?? '', at.start).line}`;
}

function differenceLines(
  { at, expected, got }: Difference,
  paint: (format: 'green' | 'red', text: string) => string,
): string[] {
  return [
    ...(at === '' ? [] : [`    ${at}`]),
    `      ${paint('green', `expected ${shown(expected)}`)}`,
    `      ${paint('red', `got      ${shown(got)}`)}`,
  ];
}

function shown(value: Json | undefined): string {
  return value === undefined ? 'nothing' : printable(JSON.stringify(value));
}

function sumOf(results: readonly TestResult[]): string {
  const passed = results.filter(isPassed).length;
  const failed = results.length - passed;
  return `${passed} passed${failed > 0 ? `, ${failed} failed` : ''}`;
}

function coverageLines({ syncs, fields, tags }: Coverage): readonly string[] {
  const line = (places: readonly string[], one: string, many: string): readonly string[] =>
    places.length === 0
      ? []
      : [
          `${places.length} ${places.length === 1 ? `${one} has` : `${many} have`} no test: ${places.join(', ')}`,
        ];
  return [
    ...line(syncs, 'sync', 'syncs'),
    ...line(fields, 'field', 'fields'),
    ...line(tags, 'tag rule', 'tag rules'),
  ];
}

/** Results as one JSON document. */
export function asJson({ results, coverage }: TestReport, texts: Texts, { cwd }: PrintSettings): string {
  const failed = results.filter((result) => !isPassed(result)).length;
  const tests = results.map(({ test, got, differences }) => ({
    name: test.name,
    sync: test.sync,
    file: relative(cwd, test.at.file),
    line: placeOf(texts.get(test.at.file) ?? '', test.at.start).line,
    passed: differences.length === 0,
    differences,
    ...(got.type === 'mapped' && got.warnings.length > 0 ? { warnings: got.warnings } : {}),
  }));
  const sum = { passed: results.length - failed, failed };
  return JSON.stringify({ summary: sum, tests, coverage }, null, 2);
}

/** What failed as annotations of GitHub, beside the tests' names; then the sum. */
export function asGithub({ results }: TestReport, texts: Texts, { cwd }: PrintSettings): string {
  const problems = results
    .filter((result) => !isPassed(result))
    .map(({ test, differences }) => ({
      code: 'test-failed' as const,
      severity: 'error' as const,
      message: `${test.name}: ${differences.map(differenceWords).join('; ')}`,
      remedy: 'correct the mapping, or the test: boothsync test --update',
      at: test.at,
    }));
  return [...(problems.length > 0 ? [renderGithub(problems, texts, cwd)] : []), sumOf(results)].join('\n');
}

function differenceWords({ at, expected, got }: Difference): string {
  return `${at === '' ? '' : `${at}: `}expected ${shown(expected)}, got ${shown(got)}`;
}

/** Results as CI systems read them: JUnit's XML. */
export function asJunit({ results }: TestReport, texts: Texts, { cwd }: PrintSettings): string {
  const failed = results.filter((result) => !isPassed(result)).length;
  const cases = results.map((result) => {
    const { test, differences } = result;
    const head = `    <testcase name="${escaped(test.name)}" classname="${escaped(test.sync)}" file="${escaped(relative(cwd, test.at.file))}"`;
    if (isPassed(result)) return `${head}/>`;
    const words = differences.map(differenceWords).join('\n');
    const place = placeOfTest(result, texts, cwd);
    return `${head}>\n      <failure message="${escaped(place)}">${escaped(words)}</failure>\n    </testcase>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    `  <testsuite name="boothsync" tests="${results.length}" failures="${failed}">`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
  ].join('\n');
}

/** A report with one error, where no test could run: a reader of reports must not find an empty file. */
export function problemsAsJunit(problems: readonly Problem[]): string {
  const cases = problems.flatMap(({ code, message, remedy }) => [
    `    <testcase name="${escaped(code)}" classname="boothsync">`,
    `      <error message="${escaped(message)}">${escaped(remedy)}</error>`,
    '    </testcase>',
  ]);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    `  <testsuite name="boothsync" tests="${problems.length}" failures="0" errors="${problems.length}">`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
  ].join('\n');
}

/** XML has no control characters, no halves of surrogate pairs, and not the two last characters of its plane. */
function escaped(text: string): string {
  const named: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return printable(text.replaceAll('\n', ' | '))
    .toWellFormed()
    .replaceAll(/[\uFFFE\uFFFF]/g, '\uFFFD')
    .replaceAll(/[&<>"]/g, (char) => named[char]!);
}
