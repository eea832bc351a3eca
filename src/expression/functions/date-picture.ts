import { ExpressionError } from '../../model/expression.ts';

const MAX_DATE_TEXT = 100;
const MAX_UNCLEAR = 3;

/** The last instant that a date can have; JSONata would write "0NaN-NaN-NaN". */
const LAST_MILLIS = 8.64e15;

export function checkMillis(millis: unknown): void {
  if (typeof millis === 'number' && !(Math.abs(millis) <= LAST_MILLIS))
    throw new ExpressionError('$fromMillis takes milliseconds since 1970, up to 8.64e15');
}

/** Stands in for JSONata's clock, which `$toMillis` asks for the parts of a date that its picture leaves out. */
export const noClock: Date = new Proxy(new Date(0), {
  get() {
    throw new ExpressionError(
      '$toMillis would fill the date up from today: a mapping is a function of its record, so its picture needs a year, month and day',
    );
  },
});

/**
 * JSONata makes a native regular expression of a picture. Throws `ExpressionError` for pictures whose parts follow on
 * each other without a clear end: `[Y][M][D]…` on a long row of digits would try every way to cut it up.
 */
export function checkPicture(text: unknown, picture: unknown): void {
  if (typeof picture !== 'string') return;
  if (typeof text === 'string' && text.length > MAX_DATE_TEXT)
    throw new ExpressionError(`$toMillis reads a date of at most ${MAX_DATE_TEXT} characters`);
  // in words, "twenty-one" holds blanks and dashes itself
  const clear = /\[[^\]]*w[^\]]*\]/i.test(picture) ? /[^A-Za-z0-9 ,-]/ : /[^A-Za-z0-9]|^T$/;
  const between = picture.split(/\[(?!\[)[^\]]*\]/).slice(1, -1);
  if (between.filter((literal) => !clear.test(literal)).length > MAX_UNCLEAR)
    throw new ExpressionError('the picture of $toMillis has parts that nothing separates');
}
