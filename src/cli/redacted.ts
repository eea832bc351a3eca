import { isObject } from '../model/json.ts';

/** A value with every known secret taken out of its texts. Personal data stays: whoever asks has the store anyway. */
export function redacted<T>(value: T, secrets: readonly string[]): T {
  // A longer one may hold a shorter one.
  const known = [...secrets].sort((a, b) => b.length - a.length);
  const clean = (part: unknown): unknown => {
    if (typeof part === 'string') return known.reduce((text, secret) => text.replaceAll(secret, '***'), part);
    if (Array.isArray(part)) return part.map(clean);
    if (!isObject(part)) return part;
    return Object.fromEntries(
      Object.entries(part).map(([name, member]) => [clean(name) as string, clean(member)]),
    );
  };
  return clean(value) as T;
}
