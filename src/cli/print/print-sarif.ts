import { relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PROBLEM_PAGES } from '../../config/problem-pages/pages.ts';
import type { Problem, ProblemCode } from '../../model/problem.ts';
import { byPlace, placeOf } from './print-problems.ts';
import type { Texts } from './print-problems.ts';
import { version } from '../version.ts';

/** Problems as SARIF 2.1.0, one document: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function renderSarif(problems: readonly Problem[], texts: Texts, cwd: string): string {
  const codes = [...new Set(problems.map(({ code }) => code))].sort();
  const driver = {
    name: 'boothsync',
    semanticVersion: version,
    rules: codes.map(ruleOf),
  };
  const run = {
    tool: { driver },
    // Columns count characters, as everywhere here, not UTF-16 units.
    columnKind: 'unicodeCodePoints',
    originalUriBaseIds: { ROOT: { uri: `${pathToFileURL(cwd).href.replace(/\/$/, '')}/` } },
    results: byPlace(problems).map((problem) => resultOf(problem, codes, texts, cwd)),
  };
  const document = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [run],
  };
  return JSON.stringify(document, null, 2);
}

function ruleOf(code: ProblemCode): unknown {
  const { title, means, remedy } = PROBLEM_PAGES[code];
  return {
    id: code,
    shortDescription: { text: `${title}.` },
    fullDescription: { text: means },
    help: { text: `${means}\n\n${remedy}`, markdown: `**${title}.** ${means}\n\n${remedy}` },
  };
}

function resultOf(
  { code, severity, message, remedy, at }: Problem,
  codes: readonly ProblemCode[],
  texts: Texts,
  cwd: string,
): unknown {
  const text = remedy === '' ? message : `${message}; ${remedy}`;
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: severity,
    message: { text },
    ...(at ? { locations: [{ physicalLocation: locationOf(at, texts, cwd) }] } : {}),
  };
}

function locationOf({ file, start, end }: NonNullable<Problem['at']>, texts: Texts, cwd: string): unknown {
  const text = texts.get(file);
  const artifactLocation = artifactOf(file, cwd);
  if (text === undefined) return { artifactLocation };
  const from = placeOf(text, start);
  // The end column is that of the character behind the last one.
  const to = placeOf(text, Math.max(start, Math.min(end, text.length)));
  const region = { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
  return { artifactLocation, region };
}

/** Relative to where the command runs, as a pull request wants it; a file elsewhere by its whole address. */
function artifactOf(file: string, cwd: string): unknown {
  const path = relative(cwd, file);
  if (path.startsWith('..')) return { uri: pathToFileURL(file).href };
  return { uri: path.split(sep).map(encodeURIComponent).join('/'), uriBaseId: 'ROOT' };
}
