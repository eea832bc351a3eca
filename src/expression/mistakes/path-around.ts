import type { Token } from '../tokens.ts';

/** `lines.price`, `items[0].name` or `$l.day` as it stands before a token; nothing for what is no path. */
export function pathBefore(token: Token, tokens: readonly Token[]): string | undefined {
  let at = tokens.indexOf(token) - 1;
  let path = '';
  for (;;) {
    if (tokens[at]?.text === ']' && tokens[at - 1]?.kind === 'number' && tokens[at - 2]?.text === '[') {
      path = `[${tokens[at - 1]!.text}]${path}`;
      at -= 3;
    }
    const step = tokens[at];
    if (!isStep(step)) return undefined;
    path = step.text + path;
    if (tokens[at - 1]?.text !== '.') return path;
    path = `.${path}`;
    at -= 2;
  }
}

/** The same of what stands behind a token; nothing where it is called or goes on in another way. */
export function pathBehind(token: Token, tokens: readonly Token[]): string | undefined {
  let at = tokens.indexOf(token) + 1;
  let path = '';
  for (;;) {
    const step = tokens[at];
    if (!isStep(step)) return undefined;
    path += step.text;
    const next = tokens[at + 1]?.text;
    if (next === '(' || next === '[') return undefined;
    if (next !== '.') return path;
    path += '.';
    at += 2;
  }
}

/** The bracket that is open where a token stands, and what stands before it; nothing outside of brackets. */
export function bracketAround(
  token: Token,
  tokens: readonly Token[],
): { readonly open: Token; readonly before: Token | undefined } | undefined {
  let depth = 0;
  for (let at = tokens.indexOf(token) - 1; at >= 0; at--) {
    const each = tokens[at]!;
    if (each.kind !== 'operator') continue;
    if (')]}'.includes(each.text)) depth++;
    if ('([{'.includes(each.text) && --depth < 0) return { open: each, before: tokens[at - 1] };
  }
  return undefined;
}

/** True among the arguments of a function. */
export function isInCall(token: Token, tokens: readonly Token[]): boolean {
  const around = bracketAround(token, tokens);
  return around?.open.text === '(' && around.before?.kind === 'variable';
}

function isStep(token: Token | undefined): token is Token {
  return token?.kind === 'name' || token?.kind === 'quoted-name' || token?.kind === 'variable';
}
