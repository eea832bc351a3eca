import { credentialsOf } from '../../connection/authorize.ts';
import { createGhlClient, type GhlClient } from '../../connection/ghl-client.ts';
import { createHttpClient, type HttpClient } from '../../connection/http-client.ts';
import { createLimiter } from '../../connection/limiter.ts';
import type { TokenSource } from '../../connection/token-source.ts';
import type { Wire } from '../../connection/wire.ts';
import type { Clock } from '../../model/clock.ts';
import type { Config } from '../../model/config.ts';
import type { Connection } from '../../model/connection.ts';
import type { Log } from '../../model/log.ts';
import type { Redactor } from '../../model/redactor.ts';
import type { Store } from '../../store/store.ts';
import { arrivalTimes } from '../intake/arrival-times.ts';
import { oauthConnections, openTokens } from '../tokens/open-tokens.ts';
import { noTokens } from './no-tokens.ts';

/** What it takes to ask a config's connections beside a runner: the store, where there is one, only for the tokens of OAuth. */
export interface AskingHands {
  readonly config: Config;
  readonly tenant: string;
  readonly store?: Store;
  readonly clock: Clock;
  readonly redactor: Redactor;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** Clients of every connection, each within its limit. */
export interface Clients {
  ghl(connection: Connection): GhlClient;
  http(connection: Connection): HttpClient;
  /** Calls sent so far. */
  calls(): number;
  stop(): void;
}

function nobodyIn({ config, clock }: AskingHands): ReadonlyMap<string, TokenSource> {
  return new Map(
    oauthConnections(config).map(({ connection: { name } }) => [name, noTokens(name, clock)] as const),
  );
}

export async function openClients(hands: AskingHands): Promise<Clients> {
  const { config, store, clock, redactor, log, signal } = hands;
  let calls = 0;
  const onCall: Wire['onCall'] = (call) => {
    calls += 1;
    log.debug(call, 'call');
  };
  const tokens = store ? await openTokens({ ...hands, store, onCall }, () => undefined) : nobodyIn(hands);
  const stamp = arrivalTimes(clock, 0);
  const wires = new Map<string, Wire>();
  for (const connection of config.connections.values()) {
    // A few calls: a runner beside it sees from X-RateLimit-Remaining that others are there.
    const limiter = createLimiter(connection.rateLimit, clock);
    for (const header of Object.values(credentialsOf(connection.auth).headers)) redactor.learn(header);
    const own = tokens.get(connection.name);
    const wire = { connection, limiter, clock, stamp, redact: redactor.redact, onCall };
    wires.set(connection.name, own ? { ...wire, tokens: own } : wire);
  }
  const stop = () => {
    for (const source of tokens.values()) source.stop();
    for (const { limiter } of wires.values()) limiter.stop();
  };
  signal.addEventListener('abort', stop, { once: true });
  return {
    ghl: ({ name }) => createGhlClient(wires.get(name)!),
    http: ({ name }) => createHttpClient(wires.get(name)!),
    calls: () => calls,
    stop,
  };
}
