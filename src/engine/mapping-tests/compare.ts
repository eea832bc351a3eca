import { isDeepStrictEqual } from 'node:util';
import { isObject, type Json, type JsonObject } from '../../model/json.ts';
import type { Difference, Expectation, Got, Wanted } from '../../model/mapping-test.ts';

/** Where a test got something else than it expects; nothing where it passed. */
export function compare(expect: Expectation, got: Got): readonly Difference[] {
  if (expect.type === 'mapped' && got.type === 'mapped')
    return compareMapped(expect.wanted, got.mapped, expect.exact);
  if (expect.type === 'error' && got.type === 'error')
    return got.words.includes(expect.words) ? [] : [{ at: 'error', expected: expect.words, got: got.words }];
  return expect.type === got.type ? [] : [{ at: '', expected: wordsOf(expect), got: wordsOf(got) }];
}

function compareMapped(wanted: Wanted, got: Required<Wanted>, exact: boolean): readonly Difference[] {
  return [
    ...(wanted.key === undefined || wanted.key === got.key
      ? []
      : [{ at: 'key', expected: wanted.key, got: got.key }]),
    ...compareFields('fields', wanted.fields ?? {}, got.fields, exact),
    ...compareTags('tags.add', wanted.tags?.add, got.tags.add ?? [], exact),
    ...compareTags('tags.remove', wanted.tags?.remove, got.tags.remove ?? [], exact),
  ];
}

function compareFields(
  at: string,
  wanted: JsonObject,
  got: JsonObject,
  exact: boolean,
): readonly Difference[] {
  const names = exact ? new Set([...Object.keys(wanted), ...Object.keys(got)]) : Object.keys(wanted);
  return [...names].flatMap((name): readonly Difference[] => {
    const [one, other] = [ownOf(wanted, name), ownOf(got, name)];
    if (name === 'customFields') return compareFields(`${at}.${name}`, asObject(one), asObject(other), exact);
    // Null is written for no value.
    if (isDeepStrictEqual(one ?? null, other ?? null)) return [];
    return [{ at: `${at}.${name}`, ...side('expected', one), ...side('got', other) }];
  });
}

/** Nothing for what every object inherits, such as `toString`. */
function ownOf(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function asObject(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function side(name: 'expected' | 'got', value: Json | undefined): Partial<Difference> {
  return value === undefined ? {} : { [name]: value };
}

/** As targets compare tags: upper and lower case are one. */
function compareTags(
  at: string,
  wanted: readonly string[] | undefined,
  got: readonly string[],
  exact: boolean,
): readonly Difference[] {
  const has = (list: readonly string[], tag: string): boolean =>
    list.some((one) => one.toLowerCase() === tag.toLowerCase());
  const missing = (wanted ?? []).filter((tag) => !has(got, tag));
  const extra = exact ? got.filter((tag) => !has(wanted ?? [], tag)) : [];
  return missing.length + extra.length === 0 ? [] : [{ at, expected: [...(wanted ?? [])], got: [...got] }];
}

/** What came of a record, in a word for people. */
function wordsOf(outcome: Expectation | Got): string {
  switch (outcome.type) {
    case 'error':
      return `a dead letter: ${outcome.words}`;
    case 'mapped':
      return 'a target';
    case 'skipped':
    case 'deleted':
      return outcome.type;
  }
}
