import type { Clock } from '../http/clock.ts';
import { header, type Answer, type Arrival } from '../http/message.ts';
import { badRequest, RefusalError, unauthorized, unprocessable } from './answers.ts';
import type { Location } from './location.ts';
import { complaints, required, text } from './shape.ts';

/** What an agency's token opens: tokens for those of its locations that have the app. */
export interface Agency {
  readonly admit: (token: string, companyId: string, livesMs: number) => void;
  readonly expire: () => void;
  readonly setInstalled: (locationId: string, installed: boolean) => void;
  readonly locationToken: (arrival: Arrival, body: unknown) => Answer;
  readonly installedLocations: (arrival: Arrival) => Answer;
}

const VERSION = '2021-07-28';
const shape = { companyId: required(text), locationId: required(text) };

export function createAgency(parts: {
  readonly clock: Clock;
  readonly locations: () => readonly Location[];
  readonly scopes: readonly string[] | undefined;
  /** What every answer says of its token. */
  readonly life: object;
  readonly issue: (locationId: string) => string;
}): Agency {
  const { clock, scopes, life } = parts;
  const companies = new Map<string, { readonly companyId: string; readonly endsAt: number }>();
  const installed = new Set<string>();

  /** The agency whose token a call bears. */
  function companyOf(arrival: Arrival): string {
    const bearer = /^Bearer (\S+)$/.exec(header(arrival, 'authorization') ?? '')?.[1] ?? '';
    const company = companies.get(bearer);
    if (!company || company.endsAt <= clock.monotonic())
      throw new RefusalError(unauthorized('Invalid token: access token is invalid'));
    const version = header(arrival, 'version');
    if (version === undefined) throw new RefusalError(unauthorized('version header was not found'));
    if (version !== VERSION) throw new RefusalError(unauthorized('version header is invalid'));
    return company.companyId;
  }

  function need(scope: string): void {
    if (scopes && !scopes.includes(scope))
      throw new RefusalError(unauthorized('The token is not authorized for this scope.'));
  }

  function locationToken(arrival: Arrival, body: unknown): Answer {
    const companyId = companyOf(arrival);
    need('oauth.write');
    const found = complaints(shape, body);
    if (found.length > 0) throw unprocessable(found);
    const form = body as Readonly<Record<string, string>>;
    const location = parts.locations().find(({ id }) => id === form['locationId']);
    if (form['companyId'] !== companyId || !location || location.companyId !== companyId)
      throw badRequest('Location not found');
    if (!installed.has(location.id)) throw badRequest('The app is not installed in this location');
    const whose = {
      userType: 'Location',
      locationId: location.id,
      companyId,
      userId: 'SandboxUser000000001',
    };
    return { status: 201, body: { access_token: parts.issue(location.id), ...life, ...whose } };
  }

  function installedLocations(arrival: Arrival): Answer {
    const companyId = companyOf(arrival);
    need('oauth.readonly');
    if (arrival.query.get('companyId') !== companyId || !arrival.query.get('appId'))
      throw unprocessable(['companyId and appId should not be empty']);
    const all = parts.locations().filter((location) => location.companyId === companyId);
    const locations = all.map(({ id, name }) => ({
      ...{ _id: id, name, address: '', isInstalled: installed.has(id) },
    }));
    return { status: 200, body: { locations, count: locations.length, installToFutureLocations: false } };
  }

  return {
    admit(token, companyId, livesMs) {
      companies.set(token, { companyId, endsAt: clock.monotonic() + livesMs });
    },
    expire: () => companies.clear(),
    setInstalled(locationId, has) {
      if (has) installed.add(locationId);
      else installed.delete(locationId);
    },
    locationToken,
    installedLocations,
  };
}
