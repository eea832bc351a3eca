import { askedOnce } from './asked-once.ts';

/** Names that people write, and that are none of a country's or not its usual one. */
const OTHERS: Readonly<Record<string, string>> = {
  uk: 'GB',
  gbr: 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  'northern ireland': 'GB',
  'great britain': 'GB',
  britain: 'GB',
  usa: 'US',
  america: 'US',
  'united states of america': 'US',
  holland: 'NL',
};

/** The country (ISO 3166, two capital letters) that a text names, by its code or in English; nothing where none is known. */
export const countryMeant = askedOnce((text): string | undefined => {
  const plain = text.trim().toLowerCase();
  if (Object.hasOwn(OTHERS, plain)) return OTHERS[plain];
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  if (/^[a-z]{2}$/.test(plain)) return names.of(plain.toUpperCase()) && officialOf(plain);
  return codes().find((code) => names.of(code)?.toLowerCase() === plain && officialOf(code) === code);
});

/** Of a code that was replaced, the one that it is now. */
function officialOf(code: string): string | undefined {
  return new Intl.Locale(`und-${code}`).maximize().region;
}

function codes(): readonly string[] {
  const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
  return letters.flatMap((first) => letters.map((second) => first + second));
}
