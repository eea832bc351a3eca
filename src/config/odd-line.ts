/** A line that YAML stumbles over because of the one above it. */
export interface OddLine {
  readonly start: number;
  readonly message: string;
  readonly remedy: string;
}

/** The line to blame where the parser stumbles at the beginning of the one below it. */
export function oddLineAbove(text: string, at: number): OddLine | undefined {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  if (text.slice(start, at).trim() !== '' || start === 0) return undefined;
  const above = lineBefore(text, start);
  if (above === undefined) return undefined;
  return (
    gluedHyphen(text, start) ??
    gluedHyphen(text, above) ??
    cutValue(text, above, start) ??
    movedLine(text, above, start) ??
    movedBlock(text, above, start)
  );
}

/** `-add: vip`, which is a name with a hyphen to YAML. */
function gluedHyphen(text: string, line: number): OddLine | undefined {
  const [, indent, word] = /^(\s*)-([\w$"']\S*)/.exec(lineAt(text, line)) ?? [];
  if (indent === undefined || word === undefined) return undefined;
  const message = 'a list has a blank after its hyphen';
  return { start: line + indent.length, message, remedy: `write "- ${word}"` };
}

/** `when: a = b # why` with more of the expression below it. */
function cutValue(text: string, above: number, start: number): OddLine | undefined {
  const comment = /^\s*(?:- +)*[\w.$"'-]+: +[^"'\s#].*?\s(#)/.exec(lineAt(text, above));
  if (!comment || /^\s*(?:- |[\w.$"'-]+:(?:\s|$))/.test(lineAt(text, start))) return undefined;
  return {
    start: above + comment[0].length - 1,
    message: 'YAML ends the value at this comment',
    remedy: 'put the comment in a line of its own above, and the whole expression in single quotes',
  };
}

/** A line further left than the two around it, which are indented alike. */
function movedLine(text: string, above: number, start: number): OddLine | undefined {
  const before = lineBefore(text, above);
  if (before === undefined) return undefined;
  const [first, own, last] = [before, above, start].map((line) => indentAt(text, line));
  const isEntry = /^\s*[\w.$"'-]+: +\S/.test(lineAt(text, above));
  if (!isEntry || first !== last || own! >= last!) return undefined;
  return {
    start: above + own!,
    message: 'this line is not indented as those around it are',
    remedy: `indent it by ${last!} blanks`,
  };
}

/** The name of a whole block that stands further left than the names before and behind it. */
function movedBlock(text: string, above: number, start: number): OddLine | undefined {
  const wanted = indentAt(text, start);
  let line: number | undefined = above;
  while (line !== undefined && indentAt(text, line) > wanted) line = lineBefore(text, line);
  if (line === undefined || line === above || indentAt(text, line) >= wanted) return undefined;
  const isName = /^\s*[\w.$"'-]+:\s*(?:#.*)?$/.test(lineAt(text, line));
  let sibling = lineBefore(text, line);
  while (sibling !== undefined && indentAt(text, sibling) > wanted) sibling = lineBefore(text, sibling);
  if (!isName || sibling === undefined || indentAt(text, sibling) !== wanted) return undefined;
  return {
    start: line + indentAt(text, line),
    message: 'this line is not indented as those around it are',
    remedy: `indent it by ${wanted} blanks`,
  };
}

/** Where the line before one begins that holds more than a comment. */
function lineBefore(text: string, start: number): number | undefined {
  let at = start;
  while (at > 0) {
    at = text.lastIndexOf('\n', at - 2) + 1;
    if (!/^\s*(?:#|$)/.test(lineAt(text, at))) return at;
  }
  return undefined;
}

function lineAt(text: string, start: number): string {
  const end = text.indexOf('\n', start);
  return text.slice(start, end === -1 ? undefined : end);
}

function indentAt(text: string, start: number): number {
  return /^ */.exec(lineAt(text, start))![0].length;
}
