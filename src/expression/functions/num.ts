import { textArgument } from './argument.ts';

const GROUPED =
  /^([-+]?)\s*\p{Sc}?\s*((?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:[eE][-+]?\d{1,3})?)\s*\p{Sc}?$/u;
const TRUE = new Set(['1', 'true', 'yes', 'on']);

/**
 * `$num(x)`: a number is itself; text with commas between thousands and a point, a currency's sign left off:
 * "1,234.50" and "£1,234.50" → 1234.5. Nothing for anything else: "1.234,50", "12,5", "abc", true.
 */
export function num([value]: readonly unknown[]): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return undefined;
  const [, sign = '', digits = ''] = GROUPED.exec((textArgument('num', value) ?? '').trim()) ?? [];
  if (!/^\.?\d/.test(digits)) return undefined;
  const number = Number(sign + digits.replaceAll(',', ''));
  return Number.isFinite(number) ? number : undefined;
}

/** `$yes(x)`: true for true, 1, "1", "true", "yes" and "on" in any case; false for any other value. */
export function yes([value]: readonly unknown[]): boolean {
  return TRUE.has(textArgument('yes', value)?.trim().toLowerCase() ?? '');
}
