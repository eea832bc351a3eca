import { isObject, type Json } from './json.ts';
import type { Redactor } from './redactor.ts';

/** What looks like an email address or a phone number, which a date does not. */
const PERSONAL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<!\d|\d-)\+?(?!\d{4}-\d\d-\d\d(?!\d))\d[\d ()-]{7,}\d/g;

/** A text that may be shown to people who have no need to know whom it is about. */
export function masked(text: string): string {
  return text.replace(PERSONAL, '***');
}

/** A mapped value of which nothing but its form is left: how a text begins, and that there is one. */
export function maskedValue(value: Json): Json {
  if (typeof value === 'string') return value === '' ? '' : `${Array.from(value)[0]}***`;
  if (typeof value === 'number') return masked(String(value)) === String(value) ? value : '***';
  if (Array.isArray(value)) return (value as readonly Json[]).map(maskedValue);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, maskedValue(part)]));
}

/** What takes out of a text all that must not leave the house: secrets, and personal data unless the config shows it. */
export function cleaner(redactor: Redactor, personalData: 'mask' | 'show'): (text: string) => string {
  return (text) => (personalData === 'show' ? redactor.redact(text) : masked(redactor.redact(text)));
}

/** Shorter texts are words of everybody's, and tell of nobody; so do short numbers. */
const SHORTEST = 3;
const SHORTEST_NUMBER = 5;

/**
 * A message without what these records hold: an API, or an expression, may repeat a name or an address. It finds whole values in
 * any case, and parts of them in quotes; what is also the name of a property stays, as messages are about those.
 */
export function withoutValues(text: string, records: readonly unknown[]): string {
  const { values, names } = contentsOf(records);
  const plain = text.toLowerCase();
  const whole = [...values]
    .flatMap((value) => [value, JSON.stringify(value).slice(1, -1)])
    .filter((value) => isTelling(value) && !names.has(value) && plain.includes(value))
    .sort((a, b) => b.length - a.length);
  const without = [...new Set(whole)].reduce((sofar, value) => {
    const literal = value.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    return sofar.replaceAll(new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, 'giu'), '***');
  }, text);
  return without.replace(QUOTED, (quote: string, open: string, inside: string, close: string) => {
    const part = inside.toLowerCase().replace(/(?:…|\.{3})$/, '');
    if (!isTelling(part) || names.has(part)) return quote;
    return [...values].some((value) => value.includes(part)) ? `${open}***${close}` : quote;
  });
}

/** A message without anything that it quotes, where what it is about is not known. */
export function withoutQuotes(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"?/g, '"***"');
}

const QUOTED = /(["'“‘])([^"'“”‘’]+)(["'”’])/g;

function isTelling(value: string): boolean {
  return value.length >= (/\p{L}/u.test(value) ? SHORTEST : SHORTEST_NUMBER);
}

/** All texts and numbers inside, and the names of all properties, in small letters. */
function contentsOf(records: readonly unknown[]): { values: Set<string>; names: Set<string> } {
  const values = new Set<string>();
  const names = new Set<string>();
  // No recursion: what is sent to us may be nested deeper than the stack.
  const left: unknown[] = [...records];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value === 'string' || typeof value === 'number')
      values.add(String(value).trim().toLowerCase());
    else if (Array.isArray(value)) for (const item of value) left.push(item);
    else if (isObject(value))
      for (const [name, item] of Object.entries(value)) {
        names.add(name.toLowerCase());
        left.push(item);
      }
  }
  return { values, names };
}
