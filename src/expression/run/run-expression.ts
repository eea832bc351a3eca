import type jsonata from 'jsonata';
import type { Expression } from '../../model/expression.ts';
import { cleanValue } from './clean-value.ts';
import { TIMEOUT_MS } from './limits.ts';
import { WARN_BINDING } from '../functions/own-functions.ts';
import { isTimeout } from './run-failure.ts';

/** Runs what is compiled; `prepared` yields it with its functions bound. `warns`: it uses a function that may warn. `failed` words whatever is thrown. */
export function runExpression(
  prepared: () => jsonata.Expression,
  warns: boolean,
  failed: (thrown: unknown) => Error,
): Expression {
  return async (input, bindings, warn) => {
    const compiled = prepared();
    const heard: string[] = [];
    const bound =
      warns && warn !== undefined
        ? { ...bindings, [WARN_BINDING]: (words: string) => heard.push(words) }
        : bindings;
    try {
      return cleanValue(await compiled.evaluate(input, bound));
    } catch (thrown) {
      if (!isTimeout(thrown)) throw failed(thrown);
      heard.length = 0;
      return await runAlone(compiled, input, bound, failed);
    } finally {
      if (warn !== undefined) heard.forEach(warn);
    }
  };
}

/** Of the time that it may take, what it must have worked itself, in ms: what is innocent works for less than one. */
const OWN_WORK_MS = TIMEOUT_MS / 2;
/** So often is it begun again while others have the processor: ten seconds at most. */
const MOST_TRIES = 100;

/**
 * JSONata looks at the clock, and hundreds of mappings at once share one thread: each takes as long as all of them. In
 * a turn of its own, nothing but the expression itself takes the time; unless the machine gives the thread none, as it does
 * under load, on its way to sleep and beyond a container's share. That is no fault of the record's: the expression begins again.
 */
async function runAlone(
  compiled: jsonata.Expression,
  input: unknown,
  bindings: Readonly<Record<string, unknown>>,
  failed: (thrown: unknown) => Error,
): Promise<unknown> {
  for (let tries = 1; ; tries += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    const before = workedMs();
    try {
      return cleanValue(await compiled.evaluate(input, bindings));
    } catch (thrown) {
      const starved = isTimeout(thrown) && workedMs() - before < OWN_WORK_MS;
      if (!starved || tries >= MOST_TRIES) throw failed(thrown);
    }
  }
}

/** How long this thread has worked, in ms: that stands still while it waits for the processor. */
function workedMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
