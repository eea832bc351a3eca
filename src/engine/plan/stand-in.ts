import { ghlResource, GHL_RESOURCES } from '../../catalog/resources.ts';
import { targetIn, type Resource } from '../../catalog/resource.ts';
import type { Catalog } from '../../catalog/load.ts';
import type { Operation } from '../../catalog/operation.ts';
import { createGhlClient, type GhlClient, type OperationValues } from '../../connection/ghl-client.ts';
import { createHttpClient, type HttpClient } from '../../connection/http-client.ts';
import type { Wire } from '../../connection/wire.ts';
import { isSuccess, statusOf, type Answer } from '../../model/answer.ts';
import { accountOf } from '../../model/connection.ts';
import type { Fields } from '../../model/step.ts';
import type { Store } from '../../store/store.ts';

/** Answers for the targets while a plan is made: nothing is sent that changes anything. */
export interface StandIn {
  readonly client: (wire: Wire) => GhlClient;
  readonly http: (wire: Wire) => HttpClient;
  /** Of what would be created. */
  readonly newId: () => string;
  /** Calls that a run would make, by account and operation. */
  readonly calls: () => ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Questions that were really asked. */
  readonly reads: () => number;
}

export interface StandInOptions {
  readonly store: Store;
  readonly catalog: Catalog;
  /** What only looks is really asked; else the answer is that nothing is there. */
  readonly remote: boolean;
}

/** Ids of what a plan creates: never asked for, as nobody has them. */
const MADE_UP = 'planned-';
const PRIORITY = 2;

export function createStandIn({ store, catalog, remote }: StandInOptions): StandIn {
  const calls = new Map<string, Map<string, number>>();
  let reads = 0;
  let created = 0;

  function count(account: string, operation: string): void {
    const counts = calls.get(account) ?? new Map<string, number>();
    counts.set(operation, (counts.get(operation) ?? 0) + 1);
    calls.set(account, counts);
  }

  function httpOver(wire: Wire): HttpClient {
    const real = createHttpClient(wire);
    return {
      send: async (request, _priority, before) => {
        count(accountOf(wire.connection), `${request.method} ${request.path.split('?')[0] ?? ''}`);
        await before?.(0);
        if (request.method !== 'GET') return succeed({});
        if (!remote || JSON.stringify(request).includes(MADE_UP)) return missing;
        reads += 1;
        return real.send(request, PRIORITY);
      },
    };
  }

  function clientOver(wire: Wire): GhlClient {
    const real = createGhlClient(wire);
    const account = accountOf(wire.connection);
    /** What the targets that are written to look like, each asked once. */
    const known = new Map<string, Promise<Answer>>();

    async function ask(operation: Operation, values: OperationValues): Promise<Answer> {
      if (!remote || isMadeUp(values)) return succeed(nest(readPlace(operation.id), {}));
      reads += 1;
      return real.send(operation, values, { priority: PRIORITY });
    }

    function look(resource: Resource, values: OperationValues): Promise<Answer> {
      const id = values.path?.[resource.idParameter] ?? '';
      const operation = resource.read && catalog.operation(resource.read.operation);
      if (!operation || id === '') return Promise.resolve(succeed({}));
      const name = `${resource.name} ${id}`;
      const asked = known.get(name) ?? ask(operation, { path: values.path ?? {} });
      known.set(name, asked);
      return asked;
    }

    /** The refusal that the API would answer, where it has one of the same identity already. */
    async function refusalOf(resource: Resource, fields: Fields): Promise<Answer | undefined> {
      const { identity } = resource;
      const refusal = identity?.refusal;
      if (!remote || !identity || !refusal) return undefined;
      const facts = (await store.read.lookups.get(account, 'location'))?.value;
      if ((facts as { allowsTwins?: unknown } | undefined)?.allowsTwins === true) return undefined;
      let rest = fields;
      for (;;) {
        const question = identity.question('', rest);
        if (!question) return undefined;
        const answer = await ask(catalog.operation(identity.find)!, { query: question.query });
        const targetId = isSuccess(answer) ? identity.pick(answer.body, question) : undefined;
        if (targetId !== undefined) return refuse(refusal(targetId, question.field));
        rest = Object.fromEntries(Object.entries(rest).filter(([name]) => name !== question.field));
      }
    }

    async function create(resource: Resource, values: OperationValues): Promise<Answer> {
      const refused = await refusalOf(resource, values.body ?? {});
      if (refused) return refused;
      return succeed({});
    }

    async function change(
      resource: Resource,
      operation: Operation,
      values: OperationValues,
    ): Promise<Answer> {
      // Of what is gone already, a delete is the same call.
      if (operation.id === resource.delete.operation) return succeed({});
      const seen = await look(resource, values);
      if (!isSuccess(seen)) return statusOf(seen) === 400 ? { ...missing, message: seen.message } : seen;
      if (operation.id !== resource.update.operation) return succeed({});
      const tags = targetIn(seen.body, resource.read?.answer ?? [])?.['tags'] ?? [];
      return succeed(nest(resource.update.answer, { id: MADE_UP, ...(resource.tags ? { tags } : {}) }));
    }

    const client: GhlClient = {
      send: async (operation, values, options) => {
        count(account, operation.id);
        await options.before?.(0);
        if (operation.method === 'GET') return ask(operation, values);
        const resource = resourceOf(operation.id);
        if (!resource) return succeed({});
        if (operation.id === resource.tags?.bulk) return succeed({ succeded: true, errorCount: 0 });
        return operation.id === resource.create.operation
          ? create(resource, values)
          : change(resource, operation, values);
      },
      reserve: () => Promise.resolve(client),
    };
    return client;
  }

  const newId = () => `${MADE_UP}${(created += 1)}`;
  return { client: clientOver, http: httpOver, newId, calls: () => calls, reads: () => reads };
}

function resourceOf(operation: string): Resource | undefined {
  return GHL_RESOURCES.map((name) => ghlResource(name)!).find((resource) => {
    const { create, update, delete: remove, tags, sole } = resource;
    const own = [create.operation, update.operation, remove.operation, sole?.operation];
    return [...own, tags?.add, tags?.remove, tags?.bulk].includes(operation);
  });
}

/** Where a read shows its target: an empty one there has nothing in any field. */
function readPlace(operation: string): readonly string[] {
  const resources = GHL_RESOURCES.map((name) => ghlResource(name)!);
  return resources.find(({ read }) => read?.operation === operation)?.read?.answer ?? [];
}

function isMadeUp({ path = {}, query = {} }: OperationValues): boolean {
  const values: readonly unknown[] = [...Object.values(path), ...Object.values(query)];
  return values.some((value) => typeof value === 'string' && value.startsWith(MADE_UP));
}

function nest(place: readonly string[], value: unknown): unknown {
  return place.reduceRight<unknown>((inner, name) => ({ [name]: inner }), value);
}

const missing = {
  type: 'answered',
  status: 404,
  ok: false,
  headers: {},
  body: {},
  message: '',
  sentAt: 0,
} as const satisfies Answer;

function succeed(body: unknown): Answer {
  return { ...missing, status: 200, ok: true, body };
}

function refuse(body: unknown): Answer {
  return { ...missing, status: 400, body, message: 'it is there already' };
}
