import { isObject, type Json } from './json.ts';
import type { Redactor } from './redactor.ts';

/** What looks like an email address or a phone number. */
const PERSONAL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\+?\d[\d ()-]{7,}\d/g;

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
