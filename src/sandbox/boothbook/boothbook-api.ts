import type { Clock } from '../http/clock.ts';
import type { Api } from '../http/exchange.ts';
import { header } from '../http/message.ts';
import type { Answer, Arrival } from '../http/message.ts';
import { createSlidingWindow } from '../http/sliding-window.ts';
import { documented } from './documented.ts';
import { extendedError, extendedKindOf, readPage } from './extended.ts';
import { readForm } from './form.ts';
import type { BoothbookSettings } from './settings.ts';
import type { BoothbookStore } from './store.ts';

export interface BoothbookRequest {
  readonly arrival: Arrival;
  /** Undefined where the body is no form. */
  readonly form: Readonly<Record<string, string>> | undefined;
  readonly profile: 'documented' | 'extended';
  /** E.g. `get/bookings` or `ext/tasks`. */
  readonly operation: string;
}

export interface Credentials {
  readonly key: string;
  readonly secret: string;
}

const prefix = '/api/v1/';
const minuteMs = 60_000;

/** BoothBook as the exchange sees it. */
export function createBoothbookApi(parts: {
  readonly credentials: Credentials;
  readonly store: () => BoothbookStore;
  readonly settings: () => BoothbookSettings;
  readonly clock: Clock;
}): Api<BoothbookRequest> {
  const { credentials, store, settings, clock } = parts;
  const window = createSlidingWindow();

  function respond(request: BoothbookRequest): Answer {
    const given = request.profile === 'extended' ? headerCredentials(request.arrival) : request.form;
    const known = given?.['key'] === credentials.key && given['secret'] === credentials.secret;
    const { quirks } = settings();
    if (request.profile === 'extended') {
      if (!known) return extendedError(401, 'unauthorized', 'Unknown key or secret');
      const kind = extendedKindOf(request.arrival.path);
      if (!kind || request.arrival.method !== 'GET')
        return extendedError(404, 'not_found', 'No such endpoint');
      return readPage(store(), kind, request.arrival.query, quirks);
    }
    const endpoint = documented[request.operation];
    if (!endpoint) return { status: 404, body: { result: 'error', message: 'Not found' } };
    if (request.arrival.method !== 'POST') return failed(405, 'Use POST');
    if (!known) return failed(401, 'Unauthorised');
    const stamp = new Date(clock.now()).toISOString();
    const result = endpoint({ store: store(), form: request.form ?? {}, quirks, stamp });
    return 'complaint' in result ? failed(400, result.complaint) : { status: 200, body: result };
  }

  function failed(status: number, message: string): Answer {
    return { status: settings().quirks.errorAs200 ? 200 : status, body: { result: 'error', message } };
  }

  return {
    read(arrival) {
      const operation = arrival.path.startsWith(prefix) ? arrival.path.slice(prefix.length) : 'unknown';
      const profile = operation.startsWith('ext/') ? 'extended' : 'documented';
      return { arrival, operation, profile, form: readForm(arrival) };
    },
    describe: ({ arrival, operation, form }) => ({
      operation,
      account: form?.['key'] ?? header(arrival, 'x-boothbook-key') ?? '',
      body: form,
    }),
    admit(_request, at) {
      const limit = settings().requestsPerMinute;
      if (limit > 0 && window.count(at, minuteMs) >= limit) {
        const seconds = Math.ceil(window.waitMs(at, minuteMs) / 1000);
        const body = { result: 'error', message: 'Too many requests' };
        return { status: 429, body, headers: { 'Retry-After': String(seconds) } };
      }
      window.add(at);
      return undefined;
    },
    respond,
    headers: () => ({ Date: new Date(clock.now() + settings().clockSkewMs).toUTCString() }),
    latency: () => settings().latencyMs,
  };
}

function headerCredentials(arrival: Arrival): Readonly<Record<string, string | undefined>> {
  return { key: header(arrival, 'x-boothbook-key'), secret: header(arrival, 'x-boothbook-secret') };
}
