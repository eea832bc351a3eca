/** A piece of a text: as it stands, or what is filled in. Offsets count in the text. */
export type Piece =
  | { readonly type: 'literal'; readonly text: string }
  | {
      readonly type: 'variable';
      readonly name: string;
      readonly fallback?: string;
      readonly offset: number;
      readonly length: number;
    }
  | { readonly type: 'file'; readonly path: string; readonly offset: number; readonly length: number }
  | { readonly type: 'malformed'; readonly text: string; readonly offset: number; readonly length: number };

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** A text → its pieces: `${NAME}`, `${NAME:-default}`, `${file:PATH}`; `$${` is a literal `${`. */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const match of text.matchAll(/\$\$\{|\$\{([^}]*)(\}?)/g)) {
    if (match.index > done) pieces.push({ type: 'literal', text: text.slice(done, match.index) });
    done = match.index + match[0].length;
    pieces.push(
      match[0] === '$${' ? { type: 'literal', text: '${' } : pieceOf(match[1] ?? '', match[2] === '}', match),
    );
  }
  if (done < text.length) pieces.push({ type: 'literal', text: text.slice(done) });
  return pieces;
}

function pieceOf(inside: string, closed: boolean, match: RegExpExecArray): Piece {
  const place = { offset: match.index, length: match[0].length };
  if (closed && inside.startsWith('file:') && inside.length > 5)
    return { type: 'file', path: inside.slice(5).trim(), ...place };
  const colon = inside.indexOf(':-');
  const name = colon === -1 ? inside : inside.slice(0, colon);
  if (!closed || !NAME.test(name) || inside.includes('${'))
    return { type: 'malformed', text: match[0], ...place };
  return { type: 'variable', name, ...(colon === -1 ? {} : { fallback: inside.slice(colon + 2) }), ...place };
}

/**
 * Text → its parts outside and inside of `{{ holes }}`. A hole ends at the first `}}` outside strings and
 * braces; one that never ends takes the rest, and is told by the compiler of texts.
 */
export function partsOf(
  text: string,
): readonly { readonly hole: boolean; readonly text: string; readonly offset: number }[] {
  const parts: { hole: boolean; text: string; offset: number }[] = [];
  let at = 0;
  while (at < text.length) {
    const begin = text.indexOf('{{', at);
    if (begin === -1) {
      parts.push({ hole: false, text: text.slice(at), offset: at });
      break;
    }
    if (begin > at) parts.push({ hole: false, text: text.slice(at, begin), offset: at });
    const end = holeEnd(text, begin + 2);
    parts.push({ hole: true, text: text.slice(begin, end), offset: begin });
    at = end;
  }
  return parts;
}

function holeEnd(text: string, from: number): number {
  let depth = 0;
  let quote = '';
  for (let at = from; at < text.length; at++) {
    const char = text[at]!;
    if (quote !== '') {
      if (char === '\\') at++;
      else if (char === quote) quote = '';
    } else if (char === '"' || char === "'" || char === '`') quote = char;
    else if (char === '{') depth++;
    else if (char === '}' && depth > 0) depth--;
    else if (char === '}' && text[at + 1] === '}') return at + 2;
  }
  return text.length;
}

const FOREIGN =
  /^(?:\$(?:env:)?([A-Z][A-Z0-9_]+)|%([A-Z][A-Z0-9_]+)%?|\{\{\s*(?:[a-z]+\.)?([A-Z][A-Z0-9_]+)\s*\}\}|(?:process\.)?env\.([A-Z][A-Z0-9_]+)|\$\{\{\s*(?:[a-z]+\.)?([A-Z][A-Z0-9_]+)\s*\}\})$/;

/** `$vars.brand`, as expressions have it, where `${brand}` is filled in. */
const OF_VARS = /^\$vars\.([A-Za-z_]\w*)$/;

/** The name in a variable as shells, Windows, templates, scripts and workflows write it: `$NAME`, `%NAME%`, `{{ env.NAME }}`, `process.env.NAME`. */
export function foreignVariable(text: string): string | undefined {
  return FOREIGN.exec(text)?.slice(1).find(Boolean) ?? OF_VARS.exec(text)?.[1];
}
