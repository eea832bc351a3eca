import { createRequire } from 'node:module';
import type { CountryCode, PhoneNumber } from 'libphonenumber-js';
import type * as Numbers from 'libphonenumber-js';

const require = createRequire(import.meta.url);

/** Read when the first number comes, as a sixth of a start goes into it; its CommonJS form, in half the time of its hundred modules. */
function numbers(): typeof Numbers {
  return require('libphonenumber-js') as typeof Numbers;
}

/** Whether these are the two capital letters of a country whose numbers are known. */
export function isSupportedCountry(code: string): code is CountryCode {
  return numbers().isSupportedCountry(code);
}

/** The number that a whole text is, possible or not; nothing where it is none. Without a country's code it is one of `country`. */
export function phoneNumberOf(text: string, country: CountryCode | undefined): PhoneNumber | undefined {
  const options = { extract: false, ...(country === undefined ? {} : { defaultCountry: country }) };
  return numbers().parsePhoneNumberFromString(text, options);
}
