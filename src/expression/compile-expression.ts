import jsonata from 'jsonata';
import { banRemedy, BUILT_INS } from './built-ins.ts';
import { checkSpelling } from './check-spelling.ts';
import { FORMS } from './built-in-forms.ts';
import type { Compiled } from './compiled.ts';
import { explainSyntax } from './explain-syntax.ts';
import { MAX_DEPTH, MAX_SEQUENCE, TIMEOUT_MS } from './limits.ts';
import { mistake, type Mistake } from './mistake.ts';
import type { NativeFunction } from './native-function.ts';
import { OWN_FUNCTIONS } from './own-functions.ts';
import { preparePatterns } from './prepare-patterns.ts';
import { regexEngine } from './regex-engine.ts';
import { runFailure } from './run-failure.ts';
import { runExpression } from './run-expression.ts';
import type { Node } from './syntax-tree.ts';
import { scan, type Token } from './tokens.ts';
import { usesOf, type Call, type Reference } from './uses.ts';
import { watchGrowth } from './watch-growth.ts';

/** What every expression of one config sees. */
export interface Surroundings {
  readonly functions: Readonly<Record<string, NativeFunction>>;
  readonly vars: Readonly<Record<string, unknown>>;
}

/** Compiles JSONata, once. `shift` is where the source starts in a longer text: run-time errors count from there. */
export function compileExpression(source: string, { functions, vars }: Surroundings, shift = 0): Compiled {
  const { tokens } = scan(source);
  const options = newOptions();
  const parsed = parse(source, tokens, options);
  if ('message' in parsed) return { ok: false, ...parsed };

  const tree = parsed.ast() as Node;
  const wrongPattern = preparePatterns(tree, tokens);
  if (wrongPattern !== undefined) return { ok: false, ...wrongPattern };
  const { uses, banned } = usesOf(tree, tokens);
  const wrongCall = bannedMistake(banned) ?? countMistake(uses.functions);
  if (wrongCall !== undefined) return { ok: false, ...wrongCall };

  const constant = constantOf(tree);
  // a cap makes each list three times as dear; what can't grow has no use for it
  if (watchGrowth(tree)) options.sequence = MAX_SEQUENCE;
  for (const [name, native] of Object.entries(functions)) parsed.assign(name, native);
  parsed.assign('vars', vars);
  const warns = tokens.some(({ text }) => WARNING_FUNCTIONS.has(text));
  const run = runExpression(parsed, warns, (thrown) => runFailure(thrown, tokens, shift));
  return { ok: true, run, uses, ...(constant === undefined ? {} : { constant }) };
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

/** JSONata reads the options at each run, so they may still change. */
function parse(
  source: string,
  tokens: readonly Token[],
  options: jsonata.JsonataOptions,
): jsonata.Expression | Mistake {
  const misspelt = checkSpelling(source, tokens);
  if (misspelt !== undefined) return misspelt;
  try {
    return jsonata(source, options);
  } catch (thrown) {
    return explainSyntax(thrown, source, tokens);
  }
}

function bannedMistake([first]: readonly Reference[]): Mistake | undefined {
  return first === undefined
    ? undefined
    : mistake(first, `\`$${first.name}\` is not there`, banRemedy(first.name));
}

function countMistake(calls: readonly Call[]): Mistake | undefined {
  for (const call of calls) {
    const [least, most] = argumentsOf(call.name);
    if (call.arguments >= least && call.arguments <= most) continue;
    // The first one may stand before the call, which is no reason to leave it out.
    const fewest = Math.max(least, most > 0 ? 1 : 0);
    const wanted =
      fewest === most ? String(most) : most === Infinity ? `at least ${fewest}` : `${fewest} to ${most}`;
    const given = call.arguments === 0 ? 'none' : String(call.arguments);
    const message = `\`$${call.name}\` takes ${wanted} argument${wanted === '1' ? '' : 's'}, not ${given}`;
    return mistake(call, message, signature(call.name));
  }
  return undefined;
}

function argumentsOf(name: string): readonly [least: number, most: number] {
  const own = Object.hasOwn(OWN_FUNCTIONS, name) ? OWN_FUNCTIONS[name] : undefined;
  if (own !== undefined) return [own.least, own.parameters.length];
  return (Object.hasOwn(BUILT_INS, name) ? BUILT_INS[name] : undefined) ?? [0, Infinity];
}

function signature(name: string): string {
  const own = Object.hasOwn(OWN_FUNCTIONS, name) ? OWN_FUNCTIONS[name] : undefined;
  if (own === undefined) return `Write \`${FORMS[name] ?? `$${name}(…)`}\``;
  const needed = own.parameters.slice(0, own.least).join(', ');
  const rest = own.parameters.slice(own.least).map((parameter) => `[, ${parameter}]`);
  return `Write \`$${name}(${needed}${rest.join('')})\``;
}

function constantOf({ type, value, ...rest }: Node): string | number | boolean | null | undefined {
  if (!['string', 'number', 'value'].includes(type) || 'predicate' in rest || 'group' in rest)
    return undefined;
  return value as string | number | boolean | null;
}
