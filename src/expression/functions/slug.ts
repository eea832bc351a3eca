import { textArgument } from './argument.ts';

/** Letters that Unicode does not take apart into a base and a mark. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
};

/** `$slug(text)`: a-z, 0-9 and single dashes, "Café Ångström" → "cafe-angstrom"; nothing when none of it is left. */
export function slug([value]: readonly unknown[]): string | undefined {
  const text = textArgument('slug', value)?.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '') ?? '';
  const plain = text.replace(/[ßæœøđðþłħı]/g, (letter) => LETTERS[letter] ?? letter).replace(/['’]/g, '');
  const dashed = plain.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  return dashed === '' ? undefined : dashed;
}
