interface FieldRange {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly words?: readonly string[];
}

const MONTHS = 'january february march april may june july august september october november december'.split(
  ' ',
);
const DAYS = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ');
const FIELDS: readonly FieldRange[] = [
  { name: 'second', min: 0, max: 59 },
  { name: 'minute', min: 0, max: 59 },
  { name: 'hour', min: 0, max: 23 },
  { name: 'day', min: 1, max: 31 },
  { name: 'month', min: 1, max: 12, words: MONTHS },
  { name: 'weekday', min: 0, max: 7, words: DAYS },
];

/** What is wrong with a cron line of five fields, or six with seconds first; nothing where it is right. */
export function checkCron(line: string): string | undefined {
  const parts = line.trim().split(/\s+/);
  if (parts.length !== 5 && parts.length !== 6)
    return `the cron line "${line}" has ${parts.length} fields, not five`;
  const ranges = FIELDS.slice(FIELDS.length - parts.length);
  for (const [index, part] of parts.entries()) {
    const range = ranges[index]!;
    const wrong = part.split(',').find((item) => !fits(item, range));
    if (wrong !== undefined)
      return `"${wrong}" is no ${range.name} of a cron line (${range.min} to ${range.max})`;
  }
  return undefined;
}

/** `*`, `5`, `mon`, `1-5`, each with a step: `*``/10`. */
function fits(item: string, range: FieldRange): boolean {
  const match = /^(?:\*|([a-z]+|\d+)(?:-([a-z]+|\d+))?)(?:\/(\d+))?$/i.exec(item);
  if (!match) return false;
  const [, from, to, step] = match;
  if (step !== undefined && (Number(step) < 1 || Number(step) > range.max)) return false;
  if (from === undefined) return true;
  const first = numberOf(from, range);
  const last = to === undefined ? first : numberOf(to, range);
  return first >= range.min && last <= range.max && first <= last;
}

/** The values of each field of a right cron line, from seconds on; five fields fire at second 0. */
export function cronValues(line: string): readonly (readonly number[])[] {
  const parts = line.trim().split(/\s+/);
  const all = parts.length === 5 ? ['0', ...parts] : parts;
  return all.map((part, index) => {
    const values = part.split(',').flatMap((item) => valuesOf(item, FIELDS[index]!));
    return [...new Set(values)].sort((a, b) => a - b);
  });
}

function valuesOf(item: string, range: FieldRange): readonly number[] {
  const [span = '*', step = '1'] = item.split('/');
  const [from, to] =
    span === '*' ? [range.min, range.max] : span.split('-').map((word) => numberOf(word, range));
  const first = from ?? range.min;
  const last = to ?? (item.includes('/') ? range.max : first);
  return Array.from(
    { length: Math.floor((last - first) / Number(step)) + 1 },
    (_, n) => first + n * Number(step),
  );
}

function numberOf(word: string, range: FieldRange): number {
  if (/^\d+$/.test(word)) return Number(word);
  const name = word.toLowerCase();
  const index = range.words?.findIndex((full) => name === full || name === full.slice(0, 3)) ?? -1;
  return index === -1 ? Number.NaN : index + (range.min === 1 ? 1 : 0);
}
