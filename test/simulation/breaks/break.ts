import type { Config } from '../../../src/model/config.ts';
import type { Connection } from '../../../src/model/connection.ts';
import type { Source } from '../../../src/model/source.ts';
import type { Sync } from '../../../src/model/sync.ts';
import type { Store } from '../../../src/store/store.ts';
import type { Tables } from '../../../src/store/tables.ts';
import { SOURCE_URL } from '../configs.ts';
import type { Parts } from '../parts.ts';

/** One rule of the engine, broken on purpose. */
export interface Break {
  /** The case of ENGINE; or that each call is one that the records need. */
  readonly rule: number | 'call';
  /** What the broken engine does. */
  readonly name: string;
  /** Made anew for each simulation. */
  readonly parts: () => Parts;
  /** A seed of the thousand that fails of it. */
  readonly seed: number;
  /** What it fails with. */
  readonly shows: RegExp;
}

/** The target is not as the records say. */
export const DIFFERS =
  /holds |lacks the tag|still has the tag|has no |wants no |says "|is of contact|nobody left|is gone, and has|left a contact/;

type Change<K extends keyof Tables> = (table: Tables[K], config: Config) => Partial<Tables[K]>;

/** A store one of whose tables answers otherwise. */
export function table<K extends keyof Tables>(name: K, change: Change<K>): Parts {
  return {
    store: (store, config) =>
      tables(store, (all) => ({ ...all, [name]: { ...all[name], ...change(all[name], config) } })),
  };
}

/** A store with other tables, in and out of transactions. */
export function tables(store: Store, change: (tables: Tables) => Tables): Store {
  return {
    ...store,
    read: change(store.read),
    write: (work) => store.write((inside) => work(change(inside))),
  };
}

export function sources(change: (source: Source) => Source): Parts {
  return { config: (config) => ({ ...config, sources: mapped(config.sources, change) }) };
}

export function syncs(change: (sync: Sync) => Sync): Parts {
  return { config: (config) => ({ ...config, syncs: mapped(config.syncs, change) }) };
}

export function connections(change: (connection: Connection) => Connection): Parts {
  return { config: (config) => ({ ...config, connections: mapped(config.connections, change) }) };
}

function mapped<T>(map: ReadonlyMap<string, T>, change: (value: T) => T): Map<string, T> {
  return new Map([...map].map(([name, value]) => [name, change(value)]));
}

/** Answers that come back otherwise than they were sent. */
export function answers(change: (request: Request, answer: Response) => Promise<Response> | Response): Parts {
  return {
    fetch: (fetch) => async (input, init) => {
      const request = new Request(input, init);
      return change(request, await fetch(request));
    },
  };
}

/** Requests to the source that go out otherwise than they were made. */
export function questions(change: (url: URL) => void): Parts {
  return {
    fetch: (fetch) => (input, init) => {
      const request = new Request(input, init);
      if (!request.url.startsWith(SOURCE_URL)) return fetch(request);
      const url = new URL(request.url);
      change(url);
      return fetch(new Request(url, request));
    },
  };
}

/** The same answer with another body. */
export function withBody(answer: Response, body: object): Response {
  return new Response(JSON.stringify(body), { status: answer.status, headers: answer.headers });
}
