import { isObject, type Json } from '../model/json.ts';

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
