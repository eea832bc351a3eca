/**
 * Text that a database would refuse or change: NUL (PostgreSQL refuses it) and halves of a surrogate pair (both drivers
 * would make one and the same sign of all of them: two keys became one). The sign that announces an escape is escaped, too.
 */
const ESCAPE = '\u001A';
// eslint-disable-next-line no-control-regex -- these very signs are what it looks for
const UNSAFE = /[\0\u001A\p{Cs}]/gu;
// eslint-disable-next-line no-control-regex -- announces an escape, see above
const ESCAPED = /\u001A([0-9a-f]{4})/g;

/** Text as it is stored: what is safe stays as it is, and JSON always is. */
export function encodeText(text: string): string {
  if (text.isWellFormed() && !text.includes('\0') && !text.includes(ESCAPE)) return text;
  return text.replace(UNSAFE, (sign) => ESCAPE + sign.charCodeAt(0).toString(16).padStart(4, '0'));
}

/** The inverse of `encodeText`. */
export function decodeText(stored: string): string {
  if (!stored.includes(ESCAPE)) return stored;
  return stored.replace(ESCAPED, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
