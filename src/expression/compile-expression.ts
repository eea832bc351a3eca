import jsonata from 'jsonata';
import type { Compiled } from './compiled.ts';
import { MAX_DEPTH, MAX_SEQUENCE, TIMEOUT_MS } from './run/limits.ts';
import type { NativeFunction } from './run/native-function.ts';
import { preparePatterns } from './run/prepare-patterns.ts';
import { readSource } from './read-source.ts';
import { regexEngine } from './run/regex-engine.ts';
import { runExpression } from './run/run-expression.ts';
import { runFailure } from './run/run-failure.ts';
import type { Node } from './syntax-tree.ts';
import type { Token } from './tokens.ts';
import { watchers, watchGrowth } from './run/watch-growth.ts';

/** What every expression of one config sees. */
export interface Surroundings {
  readonly functions: Readonly<Record<string, NativeFunction>>;
  readonly vars: Readonly<Record<string, unknown>>;
}

/** Compiles JSONata; what it runs is made at its first run. `shift` is where the source starts in a longer text: run-time errors count from there. */
export function compileExpression(source: string, surroundings: Surroundings, shift = 0): Compiled {
  const read = readSource(source);
  if (!read.ok) return read;
  const { tokens, uses, constant } = read;
  const prepared = once(() => prepare(source, tokens, surroundings));
  const warns = tokens.some(({ text }) => WARNING_FUNCTIONS.has(text));
  const run = runExpression(prepared, warns, (thrown) => runFailure(thrown, tokens, shift));
  return { ok: true, run, uses, ...(constant === undefined ? {} : { constant }) };
}

/** A parse of its own, as what runs is watched, and bound to its config. */
function prepare(
  source: string,
  tokens: readonly Token[],
  { functions, vars }: Surroundings,
): jsonata.Expression {
  const options = newOptions();
  const parsed = jsonata(source, options);
  const tree = parsed.ast() as Node;
  preparePatterns(tree, tokens);
  // a cap makes each list three times as dear; what can't grow has no use for it. JSONata reads the options at each run
  const canGrow = watchGrowth(tree);
  if (canGrow) options.sequence = MAX_SEQUENCE;
  // to bind them all takes longer than to parse most sources; a transform calls `$clone` without naming it
  const named = tokens.flatMap(({ kind, text }) => (kind === 'variable' ? [text.slice(1)] : []));
  for (const name of [...named, 'clone'])
    if (Object.hasOwn(functions, name)) parsed.assign(name, functions[name]);
  for (const [name, watcher] of canGrow ? Object.entries(watchers) : []) parsed.assign(name, watcher);
  parsed.assign('vars', vars);
  return parsed;
}

/** At the first run: what is only checked never runs. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

const WARNING_FUNCTIONS = new Set(['$e164', '$zoned', '$date']);

function newOptions(): jsonata.JsonataOptions {
  return {
    timeout: TIMEOUT_MS,
    stack: MAX_DEPTH,
    // JSONata calls it with the nodes' values, which `preparePatterns` has replaced
    RegexEngine: regexEngine as unknown as RegExpConstructor,
  };
}
