import { from, mistake, type Mistake } from './mistake.ts';
import type { Token } from '../tokens.ts';

const SMART_QUOTE = /[“”„‟‘’‚‛«»]/u;
// a letter in the eyes of JSONata
const ODD_BLANK = /[\u00a0\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]/u;

/** What print and some editors make of an operator. */
const SIGNS: Readonly<Record<string, string>> = {
  '≠': '!=',
  '≤': '<=',
  '≥': '>=',
  '–': '-',
  '—': '-',
  '−': '-',
  '×': '*',
  '÷': '/',
};

/** Signs as keyboards for Chinese and Japanese write them; what they stand for is in ASCII. */
const WIDE = /[\uff01-\uff0f\uff1a-\uff20\uff3b-\uff3d\uff40\uff5b-\uff5d]/u;

/** A dash parts texts at least as often as it subtracts. */
function signRemedy(written: string, sign: string): string {
  return sign === '-' ? `Write \`-\` to subtract, \`& " ${written} " &\` to join texts` : `Write \`${sign}\``;
}

/** Characters that print, keyboards and editors put where JSONata has others: it takes them for letters. */
export function oddCharacter(tokens: readonly Token[]): Mistake | undefined {
  for (const token of tokens) {
    if (token.kind !== 'name' && token.kind !== 'variable') continue;
    const quote = SMART_QUOTE.exec(token.text);
    if (quote !== null)
      return mistake(
        { offset: token.start + quote.index, length: quote[0].length },
        `${quote[0]} is a typographic quote`,
        'Write texts in straight quotes, "Confirmed"; the name of a field that has this character in backquotes',
      );
    const sign = Object.hasOwn(SIGNS, token.text) ? SIGNS[token.text] : undefined;
    if (sign !== undefined)
      return mistake(from(token), `${token.text} is no operator of JSONata`, signRemedy(token.text, sign));
    const wide = WIDE.exec(token.text);
    if (wide !== null)
      return mistake(
        { offset: token.start + wide.index, length: 1 },
        `${wide[0]} is a sign of double width, which JSONata takes for a letter`,
        `Write \`${wide[0].normalize('NFKC')}\``,
      );
    const blank = ODD_BLANK.exec(token.text);
    if (blank !== null)
      return mistake(
        { offset: token.start + blank.index, length: blank[0].length },
        'this is a blank of an unusual kind, which JSONata takes for a letter',
        'Replace it with an ordinary blank',
      );
  }
  return undefined;
}
