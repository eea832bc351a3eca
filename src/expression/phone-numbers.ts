import { createRequire } from 'node:module';
import type * as Numbers from 'libphonenumber-js';

// Its CommonJS form, which is read in half the time of its hundred modules.
const { isSupportedCountry, parsePhoneNumberFromString } = createRequire(import.meta.url)(
  'libphonenumber-js',
) as typeof Numbers;

export { isSupportedCountry, parsePhoneNumberFromString };
