import { ExpressionError } from '../model/expression.ts';
import { isPathPart } from '../model/path-part.ts';
import type { Compiled } from './compiled.ts';
import { compileExpression, type Surroundings } from './compile-expression.ts';
import { mistake, type Mistake } from './mistakes/mistake.ts';
import { scan, type Token } from './tokens.ts';
import { NO_USES, type Reference, type Uses } from './uses.ts';

/** 'fill': a hole without a value is `''` in longer text. 'all': then the whole text is nothing; so in 'path', whose values are escaped. */
export type TextMode = 'fill' | 'all' | 'path';

/** The characters of a text: literal ones, and the expression between `{{` and `}}`. */
export type TextPart =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'hole'; readonly source: string; readonly offset: number };

type Run = Extract<Compiled, { ok: true }>['run'];

/** Cuts a text into its parts, or says which hole has no end. A literal `{{` is written `{{ "{{" }}`. */
export function splitText(source: string): readonly TextPart[] | Mistake {
  const parts: TextPart[] = [];
  let at = 0;
  for (;;) {
    const open = source.indexOf('{{', at);
    const literal = source.slice(at, open === -1 ? source.length : open);
    if (literal !== '') parts.push({ kind: 'literal', text: literal });
    if (open === -1) return parts;

    const { tokens, end, closed } = scan(source, open + 2, true);
    const quote = closed ? undefined : tokens.find(swallowsEnd);
    if (quote) return unclosedQuote(quote);
    if (!closed) return mistake({ offset: open, length: 2 }, 'this `{{` is never closed', UNCLOSED);
    parts.push({ kind: 'hole', source: source.slice(open + 2, end), offset: open + 2 });
    at = end + 2;
  }
}

/** A quote without its other takes the end of the hole for text. */
function swallowsEnd({ kind, unclosed, text }: Token): boolean {
  return kind === 'string' && unclosed === true && text.includes('}}');
}

function unclosedQuote({ start, text }: Token): Mistake {
  const quote = text.charAt(0);
  return mistake(
    { offset: start, length: text.slice(0, text.indexOf('}}')).trimEnd().length },
    `no other ${quote} closes this one, so that the \`}}\` behind it is taken for text`,
    `Close the text with ${quote}, the quote that opens it`,
  );
}

const UNCLOSED = 'Close it with `}}`; a `{{` that is meant literally is `{{ "{{" }}`';

/**
 * Compiles text with `{{ holes }}`. Text that is one hole, blanks around it aside, keeps the value's type. In mode
 * 'all' a hole that yields null or `''` has no value either.
 */
export function compileText(source: string, surroundings: Surroundings, mode: TextMode): Compiled {
  const parts = splitText(source);
  if ('message' in parts) return { ok: false, ...parts };

  const runs: (string | Run)[] = [];
  const uses: Uses[] = [];
  for (const part of parts) {
    if (part.kind === 'literal') {
      runs.push(part.text);
      continue;
    }
    const hole = compileHole(part.source, part.offset, surroundings);
    if (!hole.ok) return hole;
    runs.push(hole.run);
    uses.push(hole.uses);
  }

  const only = mode === 'path' ? undefined : onlyHole(runs);
  if (only !== undefined)
    return { ok: true, run: mode === 'all' ? withoutBlank(only) : only, uses: joined(uses) };
  if (uses.length === 0)
    return { ok: true, run: () => Promise.resolve(source), uses: NO_USES, constant: source };
  return { ok: true, run: (...values) => fill(runs, mode, values), uses: joined(uses) };
}

function compileHole(source: string, offset: number, surroundings: Surroundings): Compiled {
  if (source.trim() === '')
    return {
      ok: false,
      ...mistake(
        { offset: offset - 2, length: source.length + 4 },
        'this hole is empty',
        'Write the name of a field',
      ),
    };
  const compiled = compileExpression(source, surroundings, offset);
  if (!compiled.ok) return { ...compiled, offset: compiled.offset + offset };
  return { ...compiled, uses: shifted(compiled.uses, offset) };
}

function onlyHole(runs: readonly (string | Run)[]): Run | undefined {
  const rest = runs.filter((run) => typeof run !== 'string' || run.trim() !== '');
  return rest.length === 1 && typeof rest[0] === 'function' ? rest[0] : undefined;
}

function withoutBlank(run: Run): Run {
  return async (...values) => {
    const value = await run(...values);
    return value === null || value === '' ? undefined : value;
  };
}

async function fill(
  runs: readonly (string | Run)[],
  mode: TextMode,
  values: Parameters<Run>,
): Promise<string | undefined> {
  let text = '';
  for (const run of runs) {
    const piece = typeof run === 'string' ? run : asText(await run(...values));
    if (piece === '' && mode !== 'fill') return undefined;
    text += mode === 'path' && typeof run !== 'string' ? pathPart(piece) : piece;
  }
  return text;
}

function pathPart(piece: string): string {
  if (isPathPart(piece)) return encodeURIComponent(piece);
  throw new ExpressionError(`a hole in a path yields ${JSON.stringify(piece)}, which would lead elsewhere`);
}

/** As JSONata's $string writes it: 0.1 + 0.2 is "0.3". */
function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number')
    return String(Number.isInteger(value) ? value : Number(value.toPrecision(15)));
  if (typeof value === 'boolean') return String(value);
  if (value === undefined || value === null) return '';
  throw new ExpressionError(
    Array.isArray(value)
      ? 'a hole in longer text yields a list: $join(list, ", ") makes one text of it'
      : 'a hole in longer text yields an object: name one of its fields, or use $string',
  );
}

function shifted({ variables, functions, tables, results }: Uses, by: number): Uses {
  const move = <R extends Reference>(reference: R): R => ({ ...reference, offset: reference.offset + by });
  return {
    variables: variables.map(move),
    functions: functions.map(move),
    tables: tables.map(move),
    results: results.map(move),
  };
}

/** The uses of several sources as one. */
export function joined(uses: readonly Uses[]): Uses {
  return {
    variables: uses.flatMap(({ variables }) => variables),
    functions: uses.flatMap(({ functions }) => functions),
    tables: uses.flatMap(({ tables }) => tables),
    results: uses.flatMap(({ results }) => results),
  };
}
