import { readSource } from '../expression/read-source.ts';
import { foreignVariable } from './variables.ts';

const GENERAL = 'write an expression with ": ", " #", quotes, {, [, !, & or * in single quotes';

/** What YAML may take for something of its own. */
const SPECIAL = /: | #|["'{[!&*@`%]/;

/** How to write the value in the line of an offset so that YAML leaves it alone. */
export function quoteRemedy(text: string, at: number): string {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const line = text.slice(start).split('\n')[0]!;
  if (line.startsWith('%'))
    return 'a line that begins with % tells YAML something about the file: take it out';
  const pair = pairAround(line, at - start);
  const value = withoutComment(
    /^\s*(?:- +)*(?:[\w$-]+: +|'[^':]+': +|"[^":]+": +)?(.*?),?\s*$/.exec(pair)?.[1] ?? '',
  );
  if (/^!/.test(value)) return afterBang(value);
  if (value.startsWith('`') && value.includes('${')) return templateRemedy(value);
  const placeholder = /^%([A-Za-z_]\w*)%?$/.exec(value)?.[1];
  if (placeholder !== undefined)
    return `a variable is filled in as \${${placeholder}}; a field of the record is its name alone`;
  const isCollection = /^[{[]\s*[\w"'-]+\s*[:,\]]/.test(value);
  if (isCollection && value.includes('{{'))
    return 'put text with holes in quotes, as in { text: "Hi {{ name }}" }';
  const isQuoted = /^'(?:[^']|'')*'$|^"(?:[^"\\]|\\.)*"$/.test(value);
  if (!SPECIAL.test(value) || value.length > 100 || isCollection || isQuoted) return GENERAL;
  if (value.startsWith('{{')) return `put text with holes in quotes: "${value.replaceAll('"', '\\"')}"`;
  return `put an expression in single quotes: '${meant(value).replaceAll("'", "''")}'`;
}

/** Of `{ city: a[b].c, postcode: d }` the one that is meant, as far as the next name. */
function pairAround(line: string, column: number): string {
  const names = [...line.matchAll(/(?<=[{,]\s*)(?:[\w$-]+|'[^':]+'|"[^":]+"): /g)];
  const own = names.findLast(({ index }) => index <= column);
  const next = names.find(({ index }) => index > column);
  if (!own && !next) return line;
  return line.slice(own?.index ?? 0, next?.index).trimEnd();
}

/** `!$exists(email)`, and the tags by which other tools fill in a variable. No expression begins with `!`. */
function afterBang(value: string): string {
  const variable = /^!(?:env|secret|var)\s+["']?([A-Za-z_]\w*)["']?$/i.exec(value)?.[1];
  if (variable !== undefined) return `a variable is filled in as \${${variable.toUpperCase()}}`;
  const negated = /^!\s*(\$?[\w.]+(?:\([^()]*\))?)$/.exec(value)?.[1] ?? '…';
  return `put an expression in single quotes, and write "not" as a function: '$not(${negated})'`;
}

/** `Chase ${event_name}` of JavaScript, in backquotes. */
function templateRemedy(value: string): string {
  const parts = value
    .replaceAll('`', '')
    .split(/\$\{([^}]*)\}/)
    .map((part, index) => (index % 2 === 1 ? part.trim() : JSON.stringify(part)))
    .filter((part) => part !== '""');
  return `join texts with &: '${parts.join(' & ')}'`;
}

/** A ` #` inside a text that the expression quotes begins no comment. */
function withoutComment(value: string): string {
  for (const match of value.matchAll(/\s+#/g)) {
    const before = value.slice(0, match.index);
    if (before.split('"').length % 2 === 1 && before.split("'").length % 2 === 1) return before;
  }
  return value;
}

/** The expression in a value that YAML has read in another way: without the bracket around it, or its outer quotes. */
function meant(value: string): string {
  const open = value.replace(/(?:\s*[}\]])+$/, '');
  const inner = /^(['"])(.*)\1$/.exec(open);
  const other = inner?.[1] === "'" && !inner[2]!.includes('"') ? inner[2]!.replaceAll("'", '"') : inner?.[2];
  const found = [value, open, other ?? value].find((each) => readSource(each).ok);
  return found ?? unquoted(value);
}

/** A value whose own quotes are out of balance, without the stray one at its start. */
function unquoted(value: string): string {
  const first = value[0];
  if (first !== '"' && first !== "'") return value;
  return value.split(first).length % 2 === 0 ? value.slice(1) : value;
}

/** `{{ name }}` without quotes, by its first line. */
export function bracesRemedy(written: string): string {
  const variable = foreignVariable(written);
  return variable === undefined
    ? `where text is meant, put it in quotes: "${written}"; where an expression is, write it without the braces`
    : `a variable is filled in as \${${variable}}`;
}
