import type { Bindings, Expression } from '../model/expression.ts';
import { isObject, type Json } from '../model/json.ts';
import type { Compiled } from './compiled.ts';
import type { Language } from './language.ts';
import type { Mistake } from './mistakes/mistake.ts';
import { joined } from './text.ts';
import type { Uses } from './uses.ts';

/** Names and list places from the outside in. */
export type JsonPath = readonly (string | number)[];

/** A JSON value whose strings are texts, ready to be filled in, or its first mistake. Offsets count within a string. */
export type CompiledJson =
  | {
      readonly ok: true;
      readonly run: Expression;
      /** Of all strings; `texts` tells which string each one is in. */
      readonly uses: Uses;
      readonly texts: readonly { readonly path: JsonPath; readonly uses: Uses }[];
      /** The value itself when no string has a hole. */
      readonly constant?: Json;
    }
  | ({ readonly ok: false; readonly path: JsonPath } & Mistake);

type Warn = (message: string) => void;
type Filled = Extract<Compiled, { ok: true }>;
type Leaf = { readonly path: JsonPath; readonly compiled: Compiled };

/**
 * Compiles a JSON value whose strings are texts. `run` yields it filled in; a property or element whose text yields
 * nothing is left out, and a value that is itself such a text is nothing. Names of properties are literal.
 */
export function compileJson(value: Json, language: Language): CompiledJson {
  const leaves = new Map<string, Leaf>();
  collect(value, [], language, leaves);
  const texts: { path: JsonPath; uses: Uses }[] = [];
  const filled = new Map<string, Filled>();
  for (const [key, { path, compiled }] of leaves) {
    if (!compiled.ok) return { ...compiled, path };
    texts.push({ path, uses: compiled.uses });
    filled.set(key, compiled);
  }

  const uses = joined(texts.map((text) => text.uses));
  if ([...filled.values()].every(({ constant }) => constant !== undefined))
    return { ok: true, run: () => Promise.resolve(structuredClone(value)), uses, texts, constant: value };
  const run: Expression = (input, bindings, warn) => fillIn(value, [], filled, { input, bindings, warn });
  return { ok: true, run, uses, texts };
}

function collect(value: Json, path: JsonPath, language: Language, leaves: Map<string, Leaf>): void {
  if (typeof value === 'string') leaves.set(keyOf(path), { path, compiled: language.text(value) });
  else for (const [name, inner] of entriesOf(value)) collect(inner, [...path, name], language, leaves);
}

interface Input {
  readonly input: unknown;
  readonly bindings: Bindings;
  readonly warn: Warn | undefined;
}

async function fillIn(
  value: Json,
  path: JsonPath,
  filled: ReadonlyMap<string, Filled>,
  given: Input,
): Promise<unknown> {
  if (typeof value === 'string') return filled.get(keyOf(path))?.run(given.input, given.bindings, given.warn);
  if (typeof value !== 'object' || value === null) return value;

  const kept: [string | number, unknown][] = [];
  for (const [name, inner] of entriesOf(value)) {
    const result = await fillIn(inner, [...path, name], filled, given);
    if (result !== undefined) kept.push([name, result]);
  }
  return Array.isArray(value) ? kept.map(([, result]) => result) : Object.fromEntries(kept);
}

function entriesOf(value: Json): [string | number, Json][] {
  if (Array.isArray(value)) return (value as readonly Json[]).map((inner, at) => [at, inner]);
  return isObject(value) ? Object.entries(value) : [];
}

function keyOf(path: JsonPath): string {
  return JSON.stringify(path);
}
