/** What people write for the units of a duration, by the letter that it has here, and how many of it there are. */
const UNITS: readonly (readonly [words: RegExp, unit: string, times: number])[] = [
  [/^(?:s|secs?|seconds?)$/, 's', 1],
  [/^(?:m|mins?|minutes?)$/, 'm', 1],
  [/^(?:h|hrs?|hours?|hourly)$/, 'h', 1],
  [/^(?:d|days?|daily)$/, 'd', 1],
  [/^(?:w|wks?|weeks?|weekly)$/, 'd', 7],
  [/^(?:mo|mons?|months?|monthly)$/, 'd', 30],
  [/^(?:quarters?|quarterly)$/, 'd', 90],
  [/^(?:y|yrs?|years?|yearly)$/, 'd', 365],
];

/**
 * `15min`, `1 hour`, `+1y`, `PT15M`, `15` → as it is written here; nothing for what is like none. `expects` says what is
 * wanted: no sign where there is none in it.
 */
export function durationMeant(text: string, expects: string): string | undefined {
  const iso = /^P(?:T?)(\d+)([DHMS])$/.exec(text);
  const found = /^([-+]?)\s*(\d*)\s*([a-z]*)$/i.exec(iso ? `${iso[1]!}${iso[2]!}` : since(text.trim()));
  if (!found || text.trim() === '') return undefined;
  const [, written = '', digits = '', word = ''] = found;
  const sign = expects.includes('+') ? written : '';
  if (word === '') {
    const units = expects.includes('30d') ? ['days', 'hours'] : ['minutes', 'seconds', 'hours'];
    // Other tools count in milliseconds.
    if (units[0] !== 'days' && digits.endsWith('000'))
      return `${digits.slice(0, -3)}s for milliseconds, ${digits}s for seconds`;
    return units.map((unit) => `${sign}${digits}${unit[0]!} for ${unit}`).join(', ');
  }
  const unit = UNITS.find(([words]) => words.test(word.toLowerCase()));
  const count = Number(digits === '' ? '1' : digits);
  if (unit === undefined || count === 0) return undefined;
  return `${sign}${count * unit[2]}${unit[1]}`;
}

/** `7 days ago`. */
function since(text: string): string {
  return text.replace(/^(?=\d)(.*\S)\s+ago$/i, '-$1');
}
