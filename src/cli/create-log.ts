import { pino } from 'pino';
import type { Log } from '../model/log.ts';
import { masked } from './mask.ts';

export interface LogOptions {
  readonly level: string;
  readonly personalData: 'mask' | 'show';
  readonly secrets: readonly string[];
}

/** Logs on stderr, one JSON line each: no secret ever, and no personal data unless asked for. */
export function createLog({ level, personalData, secrets }: LogOptions): Log {
  const clean = (text: string): string => {
    const known = secrets.reduce((sofar, secret) => sofar.replaceAll(secret, '***'), text);
    return personalData === 'show' ? known : masked(known);
  };
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    pino.destination({ fd: 2, sync: true }),
  );
  const cleanAll = (detail: object): object =>
    Object.fromEntries(
      Object.entries(detail).map(([name, value]) => [
        name,
        typeof value === 'string' && name !== 'until' ? clean(value) : (value as unknown),
      ]),
    );
  return {
    debug: (detail, message) => logger.debug(cleanAll(detail), clean(message)),
    info: (detail, message) => logger.info(cleanAll(detail), clean(message)),
    warn: (detail, message) => logger.warn(cleanAll(detail), clean(message)),
    error: (detail, message) => logger.error(cleanAll(detail), clean(message)),
  };
}
