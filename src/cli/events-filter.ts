import { Option, InvalidArgumentError, type Command } from 'commander';
import { EVENT_STATES, type EventState } from '../model/event.ts';
import { parseDuration } from '../model/duration.ts';
import { readSourceTime } from '../model/source-time.ts';
import type { EventFilter } from '../store/event-queries.ts';
import type { CommonOptions } from './common-options.ts';

/** Which events: the options that all of `events` share. */
export interface FilterOptions extends CommonOptions {
  readonly state?: readonly EventState[];
  readonly sync?: string;
  readonly key?: string;
  readonly reason?: string;
  /** In ms. */
  readonly since?: number;
  readonly all?: boolean;
}

export function addFilterOptions(command: Command): Command {
  return command
    .option('--sync <name>', 'only of this sync')
    .option('--key <key>', 'only of the record with this key')
    .option('--reason <text>', 'only where the reason contains this text')
    .addOption(
      new Option(
        '--since <time>',
        'only since then: 2h ago, or a time in ISO 8601 (UTC without an offset)',
      ).argParser(parseSince),
    );
}

export function stateOption(): Option {
  return new Option(
    '--state <states>',
    `of ${EVENT_STATES.join(', ')}, separated by commas; or all`,
  ).argParser(parseStates);
}

export function filterOf({ state, sync, key, reason, since }: FilterOptions): EventFilter {
  return {
    ...(state ? { states: state } : {}),
    ...(sync === undefined ? {} : { sync }),
    ...(key === undefined ? {} : { key }),
    ...(reason === undefined ? {} : { reason }),
    ...(since === undefined ? {} : { since }),
  };
}

function parseStates(text: string): readonly EventState[] {
  const words = text.split(',').map((word) => word.trim());
  if (words.includes('all')) return EVENT_STATES;
  const unknown = words.filter((word) => !EVENT_STATES.some((state) => state === word));
  if (unknown.length > 0) throw new InvalidArgumentError(`There are: ${EVENT_STATES.join(', ')}, all.`);
  return EVENT_STATES.filter((state) => words.includes(state));
}

function parseSince(text: string): number {
  const agoMs = parseDuration(text);
  if (agoMs !== undefined) return Date.now() - Math.abs(agoMs);
  const time = readSourceTime(text);
  if (!time) throw new InvalidArgumentError('Such as 30m, 2h, 7d, 2026-05-01 or 2026-05-01T10:00:00Z.');
  return time.ms;
}

export function parseLimit(text: string): number {
  const limit = Number(text);
  if (!Number.isSafeInteger(limit) || limit < 1) throw new InvalidArgumentError('A whole number above 0.');
  return limit;
}
