import { styleText } from 'node:util';

export interface Row {
  readonly command: string;
  readonly what: string;
  readonly events: number;
  /** Sent to HighLevel. */
  readonly calls: number;
  readonly seconds: number;
}

const WIDTHS = { command: 7, what: 50, events: 6, calls: 7, seconds: 9 };

export function headOfTable(): string {
  const names = ['', '', 'events', 'calls', 'seconds'] as const;
  return styleText('dim', line(...names), { stream: process.stdout });
}

/** One line: rows are printed as they come, so the widths are fixed. */
export function lineOfTable({ command, what, events, calls, seconds }: Row): string {
  return line(command, what, String(events), String(calls), seconds.toFixed(1));
}

function line(command: string, what: string, events: string, calls: string, seconds: string): string {
  return [
    command.padEnd(WIDTHS.command),
    what.padEnd(WIDTHS.what),
    events.padStart(WIDTHS.events),
    calls.padStart(WIDTHS.calls),
    seconds.padStart(WIDTHS.seconds),
  ].join('');
}
