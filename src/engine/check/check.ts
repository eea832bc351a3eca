import { createCatalog, type Catalog } from '../../catalog/load.ts';
import { driftOf } from '../../config/lock/drift.ts';
import { judgeNames } from '../../config/lock/judge-names.ts';
import { locationNeeds } from '../../config/lock/location-needs.ts';
import type { FilledTree } from '../../config/load.ts';
import type { Connection } from '../../model/connection.ts';
import type { Lock, LockedLocation } from '../../model/lock.ts';
import { oauthParts } from '../tokens/open-tokens.ts';
import { checkGhl } from './check-ghl.ts';
import { checkHttp } from './check-http.ts';
import { note, ok, type Finding } from './finding.ts';
import { openClients, type AskingHands, type Clients } from './open-clients.ts';

export interface CheckResult {
  readonly findings: readonly Finding[];
  /** Calls that it took. */
  readonly calls: number;
}

export interface CheckOptions extends AskingHands {
  readonly tree: FilledTree;
  readonly lock?: Lock;
}

/** Asks every connection of a config what can be asked by reading: each list once, all connections at the same time. */
export async function runCheck(options: CheckOptions): Promise<CheckResult> {
  const { config, tree, lock } = options;
  const catalog = createCatalog();
  const clients = await openClients(options);
  try {
    const connections = [...config.connections.values()];
    const checked = await Promise.all(
      connections.map((connection) =>
        connection.type === 'ghl'
          ? checkLocation(options, clients, catalog, connection)
          : checkApi(options, clients, connection),
      ),
    );
    const seen: Lock = new Map(
      checked.flatMap((one, at) => (one.seen ? [[connections[at]!.name, one.seen] as const] : [])),
    );
    return {
      findings: [
        ...checked.flatMap(({ findings }) => findings),
        ...nameFindings(tree, seen, catalog),
        ...(lock ? driftFindings(lock, seen) : []),
      ],
      calls: clients.calls(),
    };
  } finally {
    clients.stop();
  }
}

interface Checked {
  readonly findings: readonly Finding[];
  readonly seen?: LockedLocation;
}

async function checkLocation(
  options: CheckOptions,
  clients: Clients,
  catalog: Catalog,
  connection: Connection,
): Promise<Checked> {
  const { tree, lock, clock, signal } = options;
  const locked = lock?.get(connection.name);
  const asker = { connection, client: clients.ghl(connection), catalog, clock, signal };
  const needs = locationNeeds(tree.root, connection.name, catalog);
  const granted = await grantedScopes(options, connection);
  return checkGhl(asker, { needs, granted, ...(locked ? { locked } : {}) });
}

async function checkApi(
  { config, clock, signal }: CheckOptions,
  clients: Clients,
  connection: Connection,
): Promise<Checked> {
  const sources = [...config.sources.values()].filter((source) => source.connection === connection.name);
  return {
    findings: await checkHttp({ connection, client: clients.http(connection), clock, signal }, sources),
  };
}

/** What the server said that it granted; empty where it didn't, and of a static token. */
async function grantedScopes(options: CheckOptions, connection: Connection): Promise<readonly string[]> {
  const { auth } = connection;
  const { store } = options;
  if (auth.type !== 'oauth' || !store) return [];
  const parts = oauthParts({ ...options, store, onCall: () => undefined }, connection, auth);
  return (await parts.shelf.read()).tokens?.scopes ?? [];
}

/** Names in the mappings, judged by what is there now. */
function nameFindings(tree: FilledTree, seen: Lock, catalog: Catalog): readonly Finding[] {
  const problems = judgeNames(tree, seen, catalog);
  if (problems.length === 0)
    return seen.size === 0 ? [] : [ok('names', 'all that the mappings name is there')];
  return problems.map(({ severity, message, remedy, at }) => ({
    about: 'names',
    state: severity === 'error' ? ('wrong' as const) : ('note' as const),
    message,
    remedy,
    ...(at ? { at } : {}),
  }));
}

const MOST_TOLD = 5;

/** What `validate` would not know. Tags come and go with the runner's own work: they are told with the rest. */
function driftFindings(lock: Lock, seen: Lock): readonly Finding[] {
  return [...seen].flatMap(([name, now]) => {
    const about = `lock of ${name}`;
    const locked = lock.get(name);
    if (!locked) return [note(about, 'it knows nothing of this connection', PULL)];
    if (locked.id !== now.id) return [note(about, `it is of another location, ${locked.id}`, PULL)];
    const changes = driftOf(locked, now).flatMap((each) => each.changes);
    if (changes.length === 0) return [ok(about, 'nothing has changed since it was pulled')];
    const more = changes.length > MOST_TOLD ? ` and ${changes.length - MOST_TOLD} more` : '';
    return [
      note(about, `changed since it was pulled: ${changes.slice(0, MOST_TOLD).join('; ')}${more}`, PULL),
    ];
  });
}

const PULL = 'run boothsync pull, and commit what it writes';
