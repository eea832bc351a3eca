import { pino, type DestinationStream } from 'pino';
import { isObject } from '../model/json.ts';
import type { Log } from '../model/log.ts';
import { cleaner } from '../model/mask.ts';
import type { Redactor } from '../model/redactor.ts';

/** Ours, and no phone numbers. */
const TIMES = ['until', 'at'];

export interface LogOptions {
  readonly level: string;
  readonly personalData: 'mask' | 'show';
  readonly redactor: Redactor;
}

/** Logs on stderr, one JSON line each: no secret ever, and no personal data unless asked for. */
export function createLog({ level, personalData, redactor }: LogOptions): Log {
  const clean = cleaner(redactor, personalData);
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    bearing(pino.destination({ fd: 2, sync: true })),
  );
  const cleanAll = (detail: object): object =>
    Object.fromEntries(
      Object.entries(detail).map(([name, value]) => [
        name,
        TIMES.includes(name) ? value : cleaned(value, clean),
      ]),
    );
  return {
    debug: (detail, message) => logger.debug(cleanAll(detail), clean(message)),
    info: (detail, message) => logger.info(cleanAll(detail), clean(message)),
    warn: (detail, message) => logger.warn(cleanAll(detail), clean(message)),
    error: (detail, message) => logger.error(cleanAll(detail), clean(message)),
  };
}

/** A log that can't be written, on a disk that is full, ends no work. */
function bearing(destination: DestinationStream & NodeJS.EventEmitter): DestinationStream {
  destination.on('error', () => undefined);
  return destination;
}

/** Every text inside; of an error its words and stack, which pino would leave out. */
function cleaned(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === 'string') return clean(value);
  if (value instanceof Error) return clean(value.stack ?? value.message);
  if (Array.isArray(value)) return value.map((item) => cleaned(item, clean));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, cleaned(inner, clean)]));
}
