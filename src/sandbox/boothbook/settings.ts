import type { Latency } from '../http/exchange.ts';
import { noQuirks } from './quirks.ts';
import type { Quirks } from './quirks.ts';
import type { Signing } from './webhook.ts';

/** Where changes of the state are told, as BoothZen would; empty url: nowhere. */
export interface ChangeWebhook extends Partial<Signing> {
  readonly url: string;
  readonly delayMs: number;
  /** The object bears its id only, as BoothBook may send it. */
  readonly thin: boolean;
}

/** What may be changed while it runs, by `boothbook.set` or `POST /_sandbox/settings`. */
export interface BoothbookSettings {
  readonly quirks: Quirks;
  readonly latencyMs: Latency;
  /** Calls in any minute; over it 429 with Retry-After. 0, the default, is no limit; 60 is assumed of BoothBook. */
  readonly requestsPerMinute: number;
  /** Added to the `Date` header, as by a server whose clock is wrong. */
  readonly clockSkewMs: number;
  readonly webhook: ChangeWebhook;
}

export type BoothbookChange = Partial<Omit<BoothbookSettings, 'quirks' | 'webhook'>> & {
  readonly quirks?: Partial<Quirks>;
  readonly webhook?: Partial<ChangeWebhook>;
};

export const defaultSettings: BoothbookSettings = {
  quirks: noQuirks,
  latencyMs: 0,
  requestsPerMinute: 0,
  clockSkewMs: 0,
  webhook: { url: '', delayMs: 0, thin: false },
};

export function changeSettings(settings: BoothbookSettings, change: BoothbookChange): BoothbookSettings {
  const unknown = Object.keys(change).filter((name) => !Object.hasOwn(defaultSettings, name));
  if (unknown.length > 0) throw new Error(`no setting ${unknown.join(', ')}`);
  return {
    ...settings,
    ...change,
    quirks: { ...settings.quirks, ...change.quirks },
    webhook: { ...settings.webhook, ...change.webhook },
  };
}
