import { dirname, resolve } from 'node:path';
import type { Config, Keys, ServerSettings } from '../model/config.ts';
import type { Problem } from '../model/problem.ts';
import type { Documents } from './api/documents.ts';
import { checkMeaning, inOrder } from './check.ts';
import type { Knowledge } from './check.ts';
import { compileAlerts } from './compile/compile-alerts.ts';
import { compileConnection } from './compile/compile-connection.ts';
import { compileSource } from './compile/compile-source.ts';
import { compileSync } from './compile/compile-sync.ts';
import { fillVariables } from './fill-variables.ts';
import type { Surroundings } from './fill-variables.ts';
import { timezoneOf, varsOf } from './language-of.ts';
import { checkLock } from './lock/check-lock.ts';
import { looseText, readBytes, readChoice, readDuration, readNumber, readText, tell } from './read-values.ts';
import type { Reader } from './read-values.ts';
import { secretsOf } from './secrets-of.ts';
import type { Files } from './reading.ts';
import { child, entriesOf } from './tree.ts';
import type { Entry, Node } from './tree.ts';

const DAY_MS = 86_400_000;

export interface Compiled {
  readonly config?: Config;
  /** The tree that it was made of, with its variables filled in. */
  readonly root?: Node;
  readonly problems: readonly Problem[];
}

/** What tokens are sealed with, as bytes and as the texts that must not be printed. */
export interface Sealing {
  readonly keys: Keys;
  readonly keySecrets: readonly string[];
}

/** A checked file with its variables filled in → what the engine runs, or what is unset or doesn't fit. */
export function compile(
  path: string,
  files: Files,
  root: Node,
  around: Omit<Surroundings, 'vars'> & Sealing,
  knowledge: Knowledge,
): Compiled {
  const filling = fillVariables(root, files.texts, { ...around, vars: varsOf(root) });
  if (filling.problems.length > 0) return { problems: inOrder(filling.problems) };
  const meaning = checkMeaning(filling.root, files, knowledge).filter(({ severity }) => severity === 'error');
  if (meaning.length > 0 && around.unset === 'report') return { problems: inOrder(meaning) };
  const reader: Reader = { language: knowledge.language(filling.root), problems: [] };
  const secrets = [...secretsOf(filling.root, filling.filled), ...around.keySecrets];
  const config = compileConfig(reader, path, filling.root, {
    secrets,
    keys: around.keys,
    documents: files.documents ?? new Map(),
  });
  if (reader.problems.length > 0) return { problems: inOrder(reader.problems) };
  // Only now it is known which location it is.
  return { config, root: filling.root, problems: checkLock(filling.root, files.lock) };
}

function compileConfig(
  reader: Reader,
  path: string,
  root: Node,
  { documents, ...secret }: Pick<Config, 'secrets' | 'keys'> & { readonly documents: Documents },
): Config {
  return {
    path,
    timezone: timezoneOf(root),
    hasTimezone: child(root, 'timezone') !== undefined,
    vars: varsOf(root),
    connections: mapOf(root, 'connections', ({ name, value }) =>
      compileConnection(reader, name, value, documents.get(name)),
    ),
    sources: mapOf(root, 'sources', ({ name, value }) => compileSource(reader, name, value)),
    syncs: mapOf(root, 'syncs', ({ name, value }) => compileSync(reader, name, value, root, documents)),
    store: compileStore(reader, child(root, 'store'), dirname(path)),
    server: compileServer(reader, child(root, 'server')),
    alerts: compileAlerts(reader, child(root, 'alerts'), dirname(path)),
    log: {
      level: looseText(child(root, 'log', 'level')) || 'info',
      personalData: readChoice(reader, child(root, 'log', 'personalData'), ['mask', 'show'], 'mask'),
    },
    retention: {
      doneMs: retention(reader, child(root, 'retention', 'done'), 30 * DAY_MS),
      deliveriesMs: retention(reader, child(root, 'retention', 'deliveries'), 90 * DAY_MS),
    },
    ...secret,
  };
}

function mapOf<T>(root: Node, block: string, compileEntry: (entry: Entry) => T): ReadonlyMap<string, T> {
  return new Map(entriesOf(child(root, block)).map((entry) => [entry.name, compileEntry(entry)]));
}

function compileStore(reader: Reader, node: Node | undefined, folder: string): string {
  const store = node ? looseText(node).trim() : 'sqlite:boothsync.db';
  const file = /^sqlite:(.+)$/.exec(store)?.[1];
  if (file !== undefined) return file === ':memory:' ? store : `sqlite:${resolve(folder, file)}`;
  if (node && !/^postgres(?:ql)?:\/\/./.test(store))
    tell(reader, node, 'is no store', 'give it sqlite:FILE or postgres://…');
  return store;
}

function compileServer(reader: Reader, node: Node | undefined): ServerSettings {
  const host = child(node, 'host');
  return {
    host: host ? readText(reader, host) : '127.0.0.1',
    port: readNumber(reader, child(node, 'port'), 8080, 0, 65_535),
    token: looseText(child(node, 'token')),
    bodyLimitBytes: readBytes(reader, child(node, 'bodyLimit'), 1_048_576),
    backlog: readNumber(reader, child(node, 'backlog'), 100_000, 1),
  };
}

function retention(reader: Reader, node: Node | undefined, fallback: number): number {
  return looseText(node) === 'never' ? Infinity : readDuration(reader, node, fallback);
}
