import type { Latency } from '../http/exchange.ts';

export interface GhlLimit {
  /** Calls in any window of `perMs`; GHL: 100 in 10,000 ms. */
  readonly requests: number;
  readonly perMs: number;
  /** Calls in a UTC day; GHL: 200,000. */
  readonly daily: number;
  /** What another user of the same app takes of every window, for ever: lowers `X-RateLimit-Remaining`. */
  readonly othersUse: number;
}

/** What may be changed while it runs, by `ghl.set` or `POST /_sandbox/settings`. */
export interface GhlSettings {
  readonly limit: GhlLimit;
  /** Before each call is applied. */
  readonly latencyMs: Latency;
  /** How far `POST /contacts/search` lags behind writes ("seconds"); `search/duplicate` never does. */
  readonly searchLagMs: number;
  /** The same for `/opportunities/search`; no lag is reported, so 0. */
  readonly opportunitySearchLagMs: number;
  /** The status for a contact that is not there; both are seen in the wild. */
  readonly unknownContact: 400 | 404;
  readonly unknownCustomField: 400 | 422;
  /** A phone without `+`: refused by 422, or read as a number of the location's country (GB, US and CA only). */
  readonly nationalPhones: 'refuse' | 'convert';
  /** Which field is compared first for duplicates: the order that is set up in the location. */
  readonly duplicatePriority: readonly ('email' | 'phone')[];
  readonly webhook: GhlWebhookSettings;
}

export interface GhlWebhookSettings {
  /** Where changes are sent, also those that the API itself made; empty: nowhere. */
  readonly url: string;
  readonly delayMs: number;
  /** Between tries after a 429, the only answer that is tried again; GHL: 600,000. */
  readonly retryMs: number;
  /** How often it tries again; GHL: 6. */
  readonly retries: number;
  /** Whether bodies bear `timestamp` and `webhookId`; real ones often omit both. */
  readonly withIds: boolean;
}

export type SettingsChange = Partial<Omit<GhlSettings, 'limit' | 'webhook'>> & {
  readonly limit?: Partial<GhlLimit>;
  readonly webhook?: Partial<GhlWebhookSettings>;
};

export const defaultSettings: GhlSettings = {
  limit: { requests: 100, perMs: 10_000, daily: 200_000, othersUse: 0 },
  latencyMs: 0,
  searchLagMs: 3_000,
  opportunitySearchLagMs: 0,
  unknownContact: 400,
  unknownCustomField: 422,
  nationalPhones: 'refuse',
  duplicatePriority: ['email', 'phone'],
  webhook: { url: '', delayMs: 0, retryMs: 600_000, retries: 6, withIds: true },
};

export function changeSettings(settings: GhlSettings, change: SettingsChange): GhlSettings {
  const unknown = Object.keys(change).filter((name) => !Object.hasOwn(defaultSettings, name));
  if (unknown.length > 0) throw new Error(`no setting ${unknown.join(', ')}`);
  return {
    ...settings,
    ...change,
    limit: { ...settings.limit, ...change.limit },
    webhook: { ...settings.webhook, ...change.webhook },
  };
}
