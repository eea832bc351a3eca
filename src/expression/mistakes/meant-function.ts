/** Of a record that is read twice the same must come. */
export const NO_CLOCK =
  'a time of the record, such as updated_at: the same record must always give the same values';

/** What other languages call a function, and what it is here: a function, or what to write instead. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  tolower: '$lowercase',
  tolowercase: '$lowercase',
  lower: '$lowercase',
  lcase: '$lowercase',
  toupper: '$uppercase',
  touppercase: '$uppercase',
  upper: '$uppercase',
  ucase: '$uppercase',
  len: '$length',
  size: '$count',
  strip: '$trim',
  substr: '$substring',
  slice: '$substring',
  includes: '$contains',
  concat: '`a & b` to join texts',
  coalesce: '`a ?? b` for a default',
  ifnull: '`a ?? b` for a default',
  nvl: '`a ?? b` for a default',
  default: '`a ?? b` for a default',
  isnull: '`$not($exists(…))`',
  isempty: '`$not($exists(…))`',
  isblank: '`$not($exists(…))`',
  defined: '$exists',
  isnotempty: '$exists',
  isnotnull: '$exists',
  notempty: '$exists',
  ispresent: '$exists',
  hasvalue: '$exists',
  startswith: '`$contains(a, /^…/)`',
  endswith: '`$contains(a, /…$/)`',
  indexof: '`$contains(a, b)` to ask whether it is in there',
  left: '$substring',
  right: '$substring',
  mid: '$substring',
  replaceall: '$replace',
  capitalize: '`$uppercase($substring(a, 0, 1)) & $substring(a, 1)`',
  ucfirst: '`$uppercase($substring(a, 0, 1)) & $substring(a, 1)`',
  typeof: '$type',
  tofixed: '`$round(a, 2)` for a number, `$formatNumber(a, "0.00")` for a text',
  now: NO_CLOCK,
  today: NO_CLOCK,
  getdate: NO_CLOCK,
  currentdate: NO_CLOCK,
  timestamp: NO_CLOCK,
  tostring: '$string',
  str: '$string',
  parseint: '$num',
  parsefloat: '$num',
  tonumber: '$num',
  int: '$num',
  float: '$num',
  bool: '$yes',
  foreach: '$map',
  find: '$filter',
  first: '`list[0]` for the first element',
  last: '`list[-1]` for the last element',
  unique: '$distinct',
  uniq: '$distinct',
  format: '`a & b` to join texts, or `{ text: "… {{ a }}" }`',
  formatdate: '$date',
  dateformat: '$date',
  todate: '$date',
  parsedate: '$zoned',
  datetime: '$zoned',
  phone: '$e164',
  formatphone: '$e164',
  if: '`condition ? this : that`',
  and: '`a and b`',
  or: '`a or b`',
  equals: '`a = b`',
};

/** `lower` → `$lowercase`, `concat` → what to write instead of a function; any other name with its `$`. */
export function meantFunction(name: string): string {
  const plain = name.replace(/^\$/, '').toLowerCase();
  return foreignFunction(name) ?? `$${plain === 'not' ? 'not' : name.replace(/^\$/, '')}`;
}

/** The same for a name of another language; nothing for any other. */
export function foreignFunction(name: string): string | undefined {
  const plain = name.replace(/^\$/, '').replaceAll('_', '').toLowerCase();
  return Object.hasOwn(ELSEWHERE, plain) ? ELSEWHERE[plain] : undefined;
}
