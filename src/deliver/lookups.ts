import type { Operation } from '../catalog/operation.ts';
import type { GhlClient, OperationValues } from '../connection/ghl-client.ts';
import { isSuccess, type Answer } from '../model/answer.ts';
import type { Clock } from '../model/clock.ts';
import type { Json } from '../model/json.ts';
import { refusalOf } from '../model/refusal.ts';
import type { Store } from '../store/store.ts';

/** A question that seldom changes its answer, asked once and kept in the store. */
export interface Question {
  /** Its name in the store. */
  readonly name: string;
  readonly operation: Operation;
  readonly values?: OperationValues;
  /** What to keep of the answer's body. */
  readonly keep: (body: unknown) => Json;
  /** What goes where the API refuses the question (a 4xx); without it, that is a failure. Kept, unless it refuses whoever asks. */
  readonly otherwise?: Json;
  readonly maxAgeMs: number;
}

export type Looked =
  { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly answer: Answer };

export interface Lookups {
  /** `newerThan` (ms): an older answer is asked for anew. */
  ask(question: Question, priority: number, newerThan?: number): Promise<Looked>;
  /** Work that many want at the same time is done once for all who come while it is under way. */
  share<T>(name: string, work: () => Promise<T>): Promise<T>;
}

/** Look-ups of one account: all who ask at the same time share one call. */
export function createLookups(account: string, client: GhlClient, store: Store, clock: Clock): Lookups {
  const underWay = new Map<string, Promise<unknown>>();

  function share<T>(name: string, work: () => Promise<T>): Promise<T> {
    const running = underWay.get(name) as Promise<T> | undefined;
    if (running) return running;
    const begun = work().finally(() => underWay.delete(name));
    underWay.set(name, begun);
    return begun;
  }

  async function ask(question: Question, priority: number, newerThan = 0): Promise<Looked> {
    const kept = await store.read.lookups.get(account, question.name);
    const oldest = Math.max(newerThan, clock.now() - question.maxAgeMs);
    if (kept && kept.at >= oldest) return { ok: true, value: kept.value };
    return share(question.name, () => fetchAnswer(question, priority));
  }

  async function fetchAnswer(question: Question, priority: number): Promise<Looked> {
    const answer = await client.send(question.operation, question.values ?? {}, { priority });
    const refused =
      answer.type === 'answered' && answer.status >= 400 && answer.status < 500 && answer.status !== 429;
    if (!isSuccess(answer) && !(refused && question.otherwise !== undefined)) return { ok: false, answer };
    const value = isSuccess(answer) ? question.keep(answer.body) : question.otherwise!;
    // A token that was wrong for a moment says nothing about the location.
    if (!isSuccess(answer) && refusalOf(answer) === 'token') return { ok: true, value };
    await store.write((tables) => tables.lookups.put(account, question.name, value, clock.now()));
    return { ok: true, value };
  }

  return { ask, share };
}
