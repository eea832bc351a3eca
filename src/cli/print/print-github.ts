import { toJson } from './print-problems.ts';
import type { Texts } from './print-problems.ts';
import type { Problem } from '../../model/problem.ts';

/** Problems as annotations of GitHub's workflow commands, one a line: they show beside the lines of a pull request. */
export function renderGithub(problems: readonly Problem[], texts: Texts, cwd: string): string {
  return toJson(problems, texts, cwd)
    .problems.map(({ code, severity, file, line, column, message, remedy }) => {
      const place = file === undefined ? '' : `file=${property(file)},line=${line},col=${column},`;
      return `::${severity} ${place}title=${property(code)}::${data(remedy === '' ? message : `${message}; ${remedy}`)}`;
    })
    .join('\n');
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text.replaceAll('\\', '/')).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
