import type { Clock } from '../http/clock.ts';
import { createRandom, randomId } from '../http/random.ts';
import type { Access, AddToken } from './gate.ts';
import { createLocation } from './location.ts';
import type { Location } from './location.ts';
import { createOAuth } from './oauth.ts';
import type { OAuth, OAuthWish } from './oauth.ts';
import { seedLocation } from './seed-location.ts';
import type { GhlSettings } from './settings.ts';

/** What a location may be told at its birth; what is left out is made up. */
export interface LocationWish {
  readonly locationId?: string;
  /** A private integration token for it. */
  readonly token?: string;
  /** The token's scopes: all unless told. */
  readonly scopes?: readonly string[];
  readonly companyId?: string;
  readonly locationName?: string;
  readonly timezone?: string;
  /** ISO-2. */
  readonly country?: string;
  readonly allowDuplicateContact?: boolean;
  readonly allowDuplicateOpportunity?: boolean;
}

/** All that a reset makes anew. */
export interface World {
  readonly firstId: string;
  readonly firstToken: string;
  readonly location: (id: string) => Location;
  readonly locations: () => readonly Location[];
  readonly addLocation: (wish: LocationWish) => Location;
  /** By token; also those that have ended. */
  readonly access: Map<string, Access>;
  /** What a token opens at this moment. */
  readonly accessOf: (token: string) => Access | undefined;
  readonly addToken: AddToken;
  readonly oauth: OAuth;
}

export interface WorldParts {
  readonly wish: LocationWish;
  readonly oauth: OAuthWish;
  readonly seed: number;
  readonly clock: Clock;
  readonly ghl: () => GhlSettings;
  /** Tells a change of a location to whoever listens to webhooks. */
  readonly emit: (type: string, body: () => Readonly<Record<string, unknown>>) => void;
}

export function createWorld(parts: WorldParts): World {
  const { seed, clock, ghl } = parts;
  const random = createRandom(seed);
  const locations = new Map<string, Location>();
  const access = new Map<string, Access>();

  function location(id: string): Location {
    const found = locations.get(id);
    if (!found) throw new Error(`no location ${id} in the sandbox`);
    return found;
  }

  const addToken: AddToken = (token, locationId, scopes, livesMs = Infinity) => {
    const endsAt = clock.monotonic() + livesMs;
    access.set(token, { location: location(locationId), scopes: scopes ?? 'all', endsAt });
  };

  function accessOf(token: string): Access | undefined {
    const found = access.get(token);
    return found && found.endsAt > clock.monotonic() ? found : undefined;
  }

  function addLocation(wish: LocationWish): Location {
    const id = wish.locationId ?? randomId(random);
    const added = createLocation({
      ...{ id, random, clock, ghl },
      companyId: wish.companyId ?? 'SandboxCompany000001',
      name: wish.locationName ?? 'Sandbox Booths',
      timezone: wish.timezone ?? 'Europe/London',
      country: wish.country ?? 'GB',
      allowDuplicateContact: wish.allowDuplicateContact ?? false,
      allowDuplicateOpportunity: wish.allowDuplicateOpportunity ?? true,
      emit: (type, body) => parts.emit(type, () => ({ type, locationId: id, ...body() })),
    });
    locations.set(id, added);
    seedLocation(added);
    addToken(wish.token ?? `pit-${id}`, id, wish.scopes);
    return added;
  }

  const firstId = parts.wish.locationId ?? 'SandboxLocation00001';
  const firstToken = parts.wish.token ?? 'pit-5a4db0c5-0000-4000-8000-5a4db0c50001';
  addLocation({ ...parts.wish, locationId: firstId, token: firstToken });
  const all = () => [...locations.values()];
  const world = { firstId, firstToken, location, addLocation, access, accessOf, addToken, locations: all };
  const oauth = createOAuth(parts.oauth, { clock, random, firstId, location, locations: all, addToken });
  return { ...world, oauth };
}
