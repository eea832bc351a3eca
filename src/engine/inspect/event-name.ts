import { failure, type BoothsyncError } from '../../model/problem.ts';

/** What people call an event by: its number, `event:<n>`, or `delivery:<n>`. */
export interface EventName {
  readonly type: 'event' | 'delivery';
  readonly id: number;
}

export function parseName(text: string): EventName | undefined {
  const match = /^(?:(event|delivery):)?(\d{1,15})$/.exec(text);
  return match ? { type: match[1] === 'delivery' ? 'delivery' : 'event', id: Number(match[2]) } : undefined;
}

export function unknownName(text: string): BoothsyncError {
  const words = text.startsWith('delivery:') ? text : `event ${text}`;
  return failure('usage', `there is no ${words}`, 'see `boothsync events list --state all`');
}
