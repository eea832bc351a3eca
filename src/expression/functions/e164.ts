import type { CountryCode } from 'libphonenumber-js';
import { ExpressionError } from '../../model/expression.ts';
import type { LanguageSettings } from '../language-settings.ts';
import { shown, textArgument } from './argument.ts';
import type { Warn } from './own-function.ts';
import { isSupportedCountry, phoneNumberOf } from './phone-numbers.ts';

/** Beyond this, no one typed a number; libphonenumber-js reads up to 250. */
const MAX_LENGTH = 100;

/**
 * `$e164(phone[, country])`: "+442079460958" for a number whose length is possible in its country, an extension left
 * off; else nothing and a warning. Numbers without a country's code are those of `country` or the config's.
 */
export function e164(
  [phone, country]: readonly unknown[],
  settings: LanguageSettings,
  warn: Warn,
): string | undefined {
  const text = textArgument('e164', phone)?.trim() ?? '';
  const region = countryCode(textArgument('e164', country) ?? settings.country);
  if (text === '') return undefined;

  const number = text.length > MAX_LENGTH ? undefined : phoneNumberOf(text, region);
  if (number?.isPossible() === true) return number.number;
  warn(`${shown(masked(text))} is no phone number that can be dialled`);
  return undefined;
}

function countryCode(country: string | undefined): CountryCode | undefined {
  if (country === undefined) return undefined;
  const code = country.trim().toUpperCase();
  if (!isSupportedCountry(code))
    throw new ExpressionError(`$e164 knows no country ${shown(country)}: it takes two letters, such as "GB"`);
  return code;
}

/** Everything but the last two digits: a warning is kept longer than a record, and read by more people. */
function masked(text: string): string {
  const digits = text.match(/\p{Nd}/gu)?.length ?? 0;
  let seen = 0;
  return text.replace(/[\p{L}\p{N}]/gu, (character) => {
    if (/\p{Nd}/u.test(character)) seen += 1;
    const shows = /\p{Nd}/u.test(character) && digits > 4 && seen > digits - 2;
    return shows ? character : '*';
  });
}
