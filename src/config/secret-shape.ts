/** Tokens that tell by their form what they are. */
const SHAPES: readonly RegExp[] = [
  /\bpit-[0-9a-f]{8}-[0-9a-f-]{20,}/,
  /\b(?:sk|pk|rk)_(?:live|test)_[A-Za-z0-9]{10,}/,
  /\bsk-[A-Za-z0-9_-]{20,}/,
  /\bgh[pousr]_[A-Za-z0-9]{20,}/,
  /\bxox[abprs]-[A-Za-z0-9-]{10,}/,
  /\bhooks\.slack\.com\/services\/[A-Za-z0-9/]{10,}/,
  /\bAKIA[0-9A-Z]{16}\b/,
  /\bAIza[0-9A-Za-z_-]{35}/,
  /\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/,
  /\bBearer [A-Za-z0-9._~+/-]{12,}/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
];

/** Passwords in addresses: `https://user:password@host`. */
const IN_ADDRESS = /^[a-z][a-z0-9+.-]*:\/\/[^\s:@/]+:([^\s@/]+)@/i;

const MIN_RANDOM = 32;
const MIN_BITS = 4.2;

/** The shortest that any of them takes. */
const SHORTEST = 15;

/** The first and last character of a token in a text that looks like one. */
export function tokenIn(text: string): { readonly offset: number; readonly length: number } | undefined {
  if (text.length < SHORTEST && !text.includes('://')) return undefined;
  for (const shape of SHAPES) {
    const match = shape.exec(text);
    if (match) return { offset: match.index, length: match[0].length };
  }
  const password = IN_ADDRESS.exec(text)?.[1];
  if (password !== undefined && !password.includes('${'))
    return { offset: text.indexOf(`:${password}@`) + 1, length: password.length };
  return undefined;
}

/** One long word of letters and digits in no order that a person would choose; ids of HighLevel are shorter. */
export function looksRandom(text: string): boolean {
  if (text.length < MIN_RANDOM || !/^[A-Za-z0-9+/_=-]+$/.test(text)) return false;
  if (
    !/\d/.test(text) ||
    !/[A-Za-z]/.test(text) ||
    /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text)
  )
    return false;
  return bitsPerCharacter(text) >= (/^[0-9a-f]+$/i.test(text) ? 3.2 : MIN_BITS);
}

/** Shannon's entropy. */
function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  return [...counts.values()].reduce(
    (sum, count) => sum - (count / text.length) * Math.log2(count / text.length),
    0,
  );
}
