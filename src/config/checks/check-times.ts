import { checkZone } from '../../expression/functions/zone.ts';
import { parseDuration } from '../../model/duration.ts';
import type { Problem } from '../../model/problem.ts';
import { askedOnce } from '../asked-once.ts';
import { countryMeant } from '../country-code.ts';
import { checkCron } from '../cron-line.ts';
import { cronGapMs, neverFires } from '../cron-times.ts';
import { nearest } from '../nearest.ts';
import { problemAt, warningAt } from '../problem-at.ts';
import { child, entriesOf, textOf } from '../tree.ts';
import type { Node } from '../tree.ts';

/** Time zone, country, cron lines and windows that have the right form, but don't exist. */
export function checkTimes(root: Node): readonly Problem[] {
  const polls = entriesOf(child(root, 'sources')).map(({ value }) => child(value, 'poll'));
  return [
    ...timezoneProblems(child(root, 'timezone')),
    ...countryProblems(child(root, 'country')),
    ...polls.flatMap((poll) => [
      ...cronProblems(child(poll, 'schedule')),
      ...cronProblems(child(poll, 'full')),
      ...windowProblems(child(poll, 'window')),
    ]),
  ];
}

function literal(node: Node | undefined): string | undefined {
  const text = textOf(node);
  return text === undefined || text === '' || text.includes('${') ? undefined : text;
}

function timezoneProblems(node: Node | undefined): readonly Problem[] {
  const zone = literal(node);
  if (!node || zone === undefined || isTimezone(zone)) return [];
  const zones = Intl.supportedValuesOf('timeZone');
  const isShort = /^[A-Z]{2,5}$/.test(zone);
  const near =
    zones.find((each) => each.endsWith(`/${zone}`)) ?? (isShort ? undefined : nearest(zone, zones));
  const remedy = near === undefined ? 'write an IANA name such as Europe/London' : `did you mean "${near}"?`;
  return [problemAt('bad-value', node.at, `unknown time zone "${zone}"`, remedy)];
}

/** Asking takes a quarter of a millisecond. */
const isTimezone = askedOnce(findsTimezone);

function findsTimezone(zone: string): boolean {
  // The first formatter of a process reads Unicode's tables, for 30 ms; the list of zones is there for 3.
  if (Intl.supportedValuesOf('timeZone').includes(zone)) return true;
  try {
    // Abbreviations such as BST are zones of other countries to Intl, and none when something runs.
    checkZone(zone);
    return Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function countryProblems(node: Node | undefined): readonly Problem[] {
  const country = literal(node);
  if (!node || country === undefined || !/^[A-Z]{2}$/.test(country)) return [];
  const meant = countryMeant(country);
  if (meant === country) return [];
  const remedy =
    meant === undefined ? 'write two letters of ISO 3166, such as GB' : `did you mean "${meant}"?`;
  return [problemAt('bad-value', node.at, `unknown country "${country}"`, remedy)];
}

function cronProblems(node: Node | undefined): readonly Problem[] {
  const line = literal(node);
  if (!node || line === undefined) return [];
  if (neverFires(line)) {
    const message = `the cron line "${line}" never fires: no such day is in its months`;
    return [problemAt('bad-value', node.at, message, 'correct day (third) or month (fourth)')];
  }
  const message = checkCron(line);
  if (message === undefined) return secondsMeantAsMinutes(node, line);
  return [
    problemAt('bad-value', node.at, message, 'write minute, hour, day, month, weekday: "*/10 * * * *"'),
  ];
}

/** `*``/10 * * * * *`: the first of six fields are seconds. */
function secondsMeantAsMinutes(node: Node, line: string): readonly Problem[] {
  const [, ...minutes] = line.trim().split(/\s+/);
  const gapMs = cronGapMs(line) ?? MINUTE_MS;
  if (minutes.length !== 5 || gapMs >= MINUTE_MS) return [];
  const message = `of six fields the first are seconds: "${line}" fires every ${gapMs / 1000} s`;
  const remedy = `write five for minutes, "${line.trim().replace(/\s+\S+$/, '')}", or every: ${gapMs / 1000}s where it is meant`;
  return [warningAt('bad-value', node.at, message, remedy)];
}

const MINUTE_MS = 60_000;

function windowProblems(window: Node | undefined): readonly Problem[] {
  const from = literal(child(window, 'from'));
  const to = child(window, 'to');
  const end = literal(to);
  const fromMs = from === undefined ? undefined : parseDuration(from);
  const toMs = end === undefined ? undefined : parseDuration(end);
  if (!to || fromMs === undefined || toMs === undefined || fromMs < toMs) return [];
  return [
    problemAt(
      'bad-value',
      to.at,
      `the window ends at ${end ?? ''}, not after its "from", ${from ?? ''}`,
      'write a later time',
    ),
  ];
}
