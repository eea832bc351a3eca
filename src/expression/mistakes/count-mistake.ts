import { FORMS } from '../built-in-forms.ts';
import { BUILT_INS } from '../built-ins.ts';
import { OWN_FUNCTIONS } from '../functions/own-functions.ts';
import type { Token } from '../tokens.ts';
import type { Call } from '../uses.ts';
import { mistake, type Mistake } from './mistake.ts';

/** A function that is given more or fewer arguments than it takes. */
export function countMistake(calls: readonly Call[], tokens: readonly Token[]): Mistake | undefined {
  for (const call of calls) {
    const [least, most] = argumentsOf(call.name);
    if (call.arguments >= least && call.arguments <= most) continue;
    // The first one may stand before the call, which is no reason to leave it out.
    const fewest = Math.max(least, most > 0 ? 1 : 0);
    const wanted =
      fewest === most ? String(most) : most === Infinity ? `at least ${fewest}` : `${fewest} to ${most}`;
    const given = call.arguments === 0 ? 'none' : String(call.arguments);
    const message = `\`$${call.name}\` takes ${wanted} argument${wanted === '1' ? '' : 's'}, not ${given}`;
    return mistake(call, message, listRemedy(call, tokens) ?? signature(call.name));
  }
  return undefined;
}

/** `$join(street, town, ", ")`, `$max(a, b)`: what takes a list was given its elements. */
function listRemedy({ name, offset }: Call, tokens: readonly Token[]): string | undefined {
  const [, list, separator] = /^\$\w+\((list|numbers)(\[, separator\])?\)$/.exec(FORMS[name] ?? '') ?? [];
  const elements = list === undefined ? undefined : plainArguments(tokens, offset);
  if (!elements || elements.length < 2) return undefined;
  const last = elements.at(-1)!;
  const isSeparated = separator !== undefined && /^["']/.test(last);
  const inside = (isSeparated ? elements.slice(0, -1) : elements).join(', ');
  return `Write \`$${name}([${inside}]${isSeparated ? `, ${last}` : ''})\`: one list, in square brackets`;
}

/** The arguments of the call that begins at an offset, where each is a path or a constant. */
function plainArguments(tokens: readonly Token[], offset: number): readonly string[] | undefined {
  const open = tokens.findIndex(({ start }) => start === offset) + 1;
  const parts = [''];
  for (const { kind, text } of tokens.slice(open + 1)) {
    if (text === ')' && kind === 'operator') return parts;
    if (kind === 'operator' && text === ',') parts.push('');
    else if (kind === 'operator' && text !== '.') return undefined;
    else parts.push(`${parts.pop()!}${text}`);
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
