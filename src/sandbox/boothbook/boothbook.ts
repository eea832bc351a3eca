import { createCallLog } from '../http/call-log.ts';
import type { Call } from '../http/call-log.ts';
import { systemClock } from '../http/clock.ts';
import type { Clock } from '../http/clock.ts';
import { withControls } from '../http/control-api.ts';
import { createExchange } from '../http/exchange.ts';
import { createFaults } from '../http/fault.ts';
import type { Fault, FaultHandle } from '../http/fault.ts';
import { inProcessFetch } from '../http/in-process-fetch.ts';
import type { Arrival, Outcome } from '../http/message.ts';
import { createRandom } from '../http/random.ts';
import { createBoothbookApi } from './boothbook-api.ts';
import { createRecords } from './records.ts';
import type { Records } from './records.ts';
import { changeSettings, defaultSettings } from './settings.ts';
import type { BoothbookChange, BoothbookSettings } from './settings.ts';
import { createStore } from './store.ts';
import { createWebhookSender } from './webhook-sender.ts';
import type { WebhookSender } from './webhook-sender.ts';

export interface BoothbookOptions extends BoothbookChange {
  /** 0, the default, takes any. */
  readonly port?: number;
  readonly key?: string;
  readonly secret?: string;
  /** Draws the chance of faults and the order of shuffled webhooks. */
  readonly seed?: number;
  readonly clock?: Clock;
}

/** A simulated BoothBook account, with both profiles. */
export interface Boothbook extends Records {
  readonly key: string;
  readonly secret: string;
  readonly calls: readonly Call[];
  readonly maxInWindow: (windowMs: number) => number;
  /** Forgets the calls, nothing else. */
  readonly clear: () => void;
  /** Back to the start: no records, the first settings, no calls, no faults. */
  readonly reset: () => void;
  readonly fail: (fault: Fault) => FaultHandle;
  readonly clearFaults: () => void;
  readonly set: (change: BoothbookChange) => void;
  readonly settings: () => BoothbookSettings;
  readonly sendWebhook: WebhookSender['send'];
  readonly sendShuffled: WebhookSender['sendShuffled'];
  readonly burst: WebhookSender['burst'];
  /** When the webhooks of changes so far are answered. */
  readonly idle: () => Promise<void>;
  /** Asks it without a socket. */
  readonly fetch: typeof fetch;
  readonly handle: (arrival: Arrival) => Promise<Outcome>;
  readonly closeSender: () => void;
}

/** The simulator without a server; `startBoothbook` serves it. */
export function createBoothbook(options: BoothbookOptions = {}): Boothbook {
  const clock = options.clock ?? systemClock;
  const seed = options.seed ?? 1;
  const credentials = {
    key: options.key ?? 'sandbox-key.boothbook.api.v1',
    secret: options.secret ?? 'sandbox-secret.boothbook.api.v1',
  };
  const start = changeSettings(defaultSettings, settingsOf(options));
  let settings = start;
  let store = createStore();
  const calls = createCallLog();
  const faults = createFaults(createRandom(seed));
  const sender = createWebhookSender(clock, createRandom(seed + 1));
  const records = createRecords({ store: () => store, settings: () => settings, clock, sender });

  const controls = {
    ...credentials,
    ...records.records,
    calls: calls.calls,
    maxInWindow: (windowMs: number) => calls.maxInWindow(windowMs),
    clear: () => calls.clear(),
    reset: () => {
      settings = start;
      store = createStore();
      calls.clear();
      faults.clear();
    },
    fail: faults.add,
    clearFaults: faults.clear,
    set: (change: BoothbookChange) => {
      settings = changeSettings(settings, change);
    },
    settings: () => settings,
    sendWebhook: sender.send,
    sendShuffled: sender.sendShuffled,
    burst: sender.burst,
    idle: records.idle,
    closeSender: sender.close,
  };
  const api = createBoothbookApi({ credentials, store: () => store, settings: () => settings, clock });
  const state = () => records.state();
  const handle = withControls(
    { calls, faults, state, reset: controls.reset, set: controls.set, methods: controls },
    createExchange(api, { clock, calls, faults }),
  );
  return { ...controls, handle, fetch: inProcessFetch(handle) };
}

function settingsOf(options: BoothbookOptions): BoothbookChange {
  const entries = Object.entries(options).filter(([name]) => Object.hasOwn(defaultSettings, name));
  return Object.fromEntries(entries);
}
