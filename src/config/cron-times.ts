import { checkCron, cronValues } from './cron-line.ts';

const LONGEST_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** True for a right cron line that names only days that its months don't have: `0 0 30 2 *`. */
export function neverFires(line: string): boolean {
  if (checkCron(line) !== undefined) return false;
  const [days = [], months = []] = cronValues(line).slice(3, 5);
  return months.every((month) => days.every((day) => day > LONGEST_MONTHS[month - 1]!));
}

/** The shortest time between two starts of a right cron line, in ms; nothing where it is no cron line. */
export function cronGapMs(line: string): number | undefined {
  if (line === '' || checkCron(line) !== undefined) return undefined;
  const [seconds = [], minutes = [], hours = []] = cronValues(line);
  return (
    gap(seconds, 60, 1000, minutes.length > 1 || hours.length > 1) ??
    gap(minutes, 60, 60_000, hours.length > 1) ??
    gap(hours, 24, 3_600_000, true) ??
    86_400_000
  );
}

/** The shortest way from one value to the next; round the end where the next unit goes on. */
function gap(values: readonly number[], round: number, unitMs: number, goesOn: boolean): number | undefined {
  if (values.length < 2) return undefined;
  const gaps = values.slice(1).map((value, index) => value - values[index]!);
  if (goesOn) gaps.push(values[0]! + round - values.at(-1)!);
  return Math.min(...gaps) * unitMs;
}
