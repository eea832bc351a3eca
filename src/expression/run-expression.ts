import type jsonata from 'jsonata';
import type { Expression } from '../model/expression.ts';
import { cleanValue } from './clean-value.ts';
import { WARN_BINDING } from './own-functions.ts';
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

/**
 * JSONata looks at the clock, and hundreds of mappings at once share one thread: each takes as long as all of them. In
 * a turn of its own, nothing but the expression itself takes the time.
 */
async function runAlone(
  compiled: jsonata.Expression,
  input: unknown,
  bindings: Readonly<Record<string, unknown>>,
  failed: (thrown: unknown) => Error,
): Promise<unknown> {
  await new Promise((resolve) => setImmediate(resolve));
  try {
    return cleanValue(await compiled.evaluate(input, bindings));
  } catch (thrown) {
    throw failed(thrown);
  }
}
