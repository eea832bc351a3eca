/** More digits than a double surely holds, or an exponent that may be too large for it. */
const MAY_BE_INEXACT = /\d{16}|\d[eE][+-]?\d{3}/;

/**
 * JSON, whose numbers are what was sent: one that JavaScript can't hold exactly (a 64-bit id, 1e400) becomes its text. Two
 * ids that differ would be one record otherwise. Throws a SyntaxError.
 */
export function parseJson(text: string): unknown {
  // TypeScript's library does not know yet that a number comes with its source.
  const reviver = keepExact as NonNullable<Parameters<typeof JSON.parse>[1]>;
  return (MAY_BE_INEXACT.test(text) ? JSON.parse(text, reviver) : JSON.parse(text)) as unknown;
}

function keepExact(_name: string, value: unknown, { source }: { source?: string }): unknown {
  if (typeof value !== 'number' || source === undefined) return value;
  const isWhole = /^-?\d+$/.test(source);
  return Number.isFinite(value) && (!isWhole || Number.isSafeInteger(value)) ? value : source;
}

/** How deep lists and objects lie in each other, in JSON that may be anything; strings are skipped. */
export function depthOf(json: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < json.length; at++) {
    const char = json[at];
    if (char === '"') at = endOfString(json, at);
    else if (char === '{' || char === '[') deepest = Math.max(deepest, ++depth);
    else if (char === '}' || char === ']') depth--;
  }
  return deepest;
}

function endOfString(json: string, start: number): number {
  for (let at = start + 1; at < json.length; at++) {
    if (json[at] === '\\') at++;
    else if (json[at] === '"') return at;
  }
  return json.length;
}
