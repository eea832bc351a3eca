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
import { createGhlApi } from './ghl-api.ts';
import { createLocationControl } from './location-control.ts';
import type { LocationControl } from './location-control.ts';
import type { Choice, OAuth, OAuthWish } from './oauth.ts';
import { createRateLimit } from './rate-limit.ts';
import type { RateLimit } from './rate-limit.ts';
import { changeSettings, defaultSettings } from './settings.ts';
import type { GhlSettings, SettingsChange } from './settings.ts';
import { createWebhooks } from './webhooks.ts';
import type { Webhooks } from './webhooks.ts';
import { createWorld } from './world.ts';
import type { LocationWish, World } from './world.ts';

export interface GhlOptions extends SettingsChange, LocationWish {
  /** 0, the default, takes any. */
  readonly port?: number;
  /** Draws ids and the chance of faults; the same seed gives the same ids. */
  readonly seed?: number;
  readonly clock?: Clock;
  readonly oauth?: OAuthWish;
}

/** A simulated GHL. What it says of contacts, tasks and so on is of its first location. */
export interface Ghl extends LocationControl {
  readonly token: string;
  readonly calls: readonly Call[];
  /** The largest number of arrivals in any window of `windowMs`; of one location, or of all. */
  readonly maxInWindow: (windowMs: number, locationId?: string) => number;
  /** How many calls were answered 429 by the limit. */
  readonly violations: () => number;
  /** Forgets calls and violations, nothing else: the rate window stays as full as it is. */
  readonly clear: () => void;
  /** Back to the start: seeds, settings, no calls, no faults, an empty rate window. */
  readonly reset: () => void;
  readonly fail: (fault: Fault) => FaultHandle;
  readonly clearFaults: () => void;
  readonly set: (change: SettingsChange) => void;
  readonly settings: () => GhlSettings;
  /** Another user of the app makes `calls` calls to the location now. */
  readonly consume: (calls: number, locationId?: string) => void;
  readonly addLocation: (wish: LocationWish) => LocationControl;
  readonly location: (id: string) => LocationControl;
  /** Lets a token in for a location, with all scopes or these; `revokeToken` ends it. */
  readonly addToken: (token: string, locationId?: string, scopes?: readonly string[]) => void;
  readonly revokeToken: (token: string) => void;
  /** Ends every access token that OAuth has issued, as a day does; refresh tokens live on. */
  readonly expireAccessTokens: () => void;
  readonly oauth: () => OAuth;
  /** The same for other processes, over `POST /_sandbox/do`. */
  readonly chooseAtLogin: (choice: Choice) => void;
  readonly installApp: (locationId: string, installed?: boolean) => void;
  readonly revokeRefreshTokens: (id?: string) => void;
  /** Access tokens of locations that OAuth has issued. */
  readonly locationTokens: () => readonly string[];
  readonly oauthCounts: () => { readonly rotated: number; readonly reused: number };
  readonly webhooks: Webhooks;
  /** Asks it without a socket. */
  readonly fetch: typeof fetch;
  readonly handle: (arrival: Arrival) => Promise<Outcome>;
}

/** The simulator without a server; `startGhl` serves it. */
export function createGhl(options: GhlOptions = {}): Ghl {
  const clock = options.clock ?? systemClock;
  const seed = options.seed ?? 1;
  const start = changeSettings(defaultSettings, settingsOf(options));
  let settings = start;
  const ghl = () => settings;
  const calls = createCallLog();
  const faults = createFaults(createRandom(seed + 1));
  const limit = createRateLimit(() => settings.limit, clock);
  const webhooks = createWebhooks(() => settings.webhook, clock);
  const born = { wish: options, oauth: options.oauth ?? {}, seed, clock, ghl, emit: webhooks.emit };
  let world = createWorld(born);
  const random = createRandom(seed + 2);
  const api = createGhlApi({ world: () => world, limit, latency: () => settings.latencyMs, random });

  const controls = {
    ...createLocationControl(world.firstId, () => world.location(world.firstId)),
    ...accountControls(() => world, limit),
    calls: calls.calls,
    maxInWindow: calls.maxInWindow,
    clear() {
      calls.clear();
      limit.clearViolations();
    },
    reset: () => {
      settings = start;
      world = createWorld(born);
      for (const part of [calls, faults, limit, webhooks]) part.clear();
    },
    fail: faults.add,
    clearFaults: faults.clear,
    set: (change: SettingsChange) => {
      settings = changeSettings(settings, change);
    },
    settings: ghl,
    webhooks,
  };
  const state = () => stateOf(world, limit);
  const handle = withControls(
    { calls, faults, state, reset: controls.reset, set: controls.set, methods: controls },
    createExchange(api, { clock, calls, faults }),
  );
  return { ...controls, handle, fetch: inProcessFetch(handle) };
}

/** Locations, tokens and the budget. */
function accountControls(world: () => World, limit: RateLimit) {
  const { firstId, firstToken } = world();
  const location = (id: string) => createLocationControl(id, () => world().location(id));
  return {
    token: firstToken,
    violations: limit.violations,
    consume: (count: number, locationId = firstId) => limit.consume(locationId, count),
    addLocation: (wish: LocationWish) => location(world().addLocation(wish).id),
    location,
    addToken: (token: string, locationId = firstId, scopes?: readonly string[]) =>
      world().addToken(token, locationId, scopes),
    revokeToken: (token: string) => void world().access.delete(token),
    expireAccessTokens() {
      world().oauth.expireCompanies();
      for (const token of world().access.keys())
        if (token.startsWith('access-')) world().access.delete(token);
    },
    oauth: () => world().oauth,
    chooseAtLogin: (choice: Choice) => world().oauth.choose(choice),
    installApp: (locationId: string, installed = true) => world().oauth.setInstalled(locationId, installed),
    revokeRefreshTokens: (id?: string) => world().oauth.revoke(id),
    locationTokens: () => [...world().access.keys()].filter((token) => token.startsWith('access-')),
    oauthCounts: () => ({ rotated: world().oauth.rotated(), reused: world().oauth.reused() }),
  };
}

function settingsOf(options: GhlOptions): SettingsChange {
  const entries = Object.entries(options).filter(([name]) => Object.hasOwn(defaultSettings, name));
  return Object.fromEntries(entries);
}

/** What each location holds, for other processes. */
function stateOf(world: World, limit: RateLimit): object {
  const locations = world.locations().map((location) => ({
    ...{ id: location.id, settings: location.settings, contacts: location.contacts.all() },
    tasks: location.tasks.all(),
    notes: location.notes.all(),
    appointments: location.appointments.all(),
    appointmentNotes: location.appointmentNotes.all(),
    blockSlots: [...location.blockSlots.values()],
    opportunities: location.opportunities.all(),
    businesses: [...location.businesses.values()],
    customFields: [...location.customFields.values()],
    tags: [...location.tags.keys()],
    workflowRuns: location.workflowRuns,
  }));
  return { locations, violations: limit.violations() };
}
