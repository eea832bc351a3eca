import type { JsonSchema } from '../catalog/schema.ts';
import { inWords, isKnown, itemOf, mayBe, onlyList } from '../expression/types/static-type.ts';
import type { Kind, StaticType } from '../expression/types/static-type.ts';
import type { Json } from '../model/json.ts';
import { countryMeant } from './country-code.ts';
import { didYouMean } from './nearest.ts';

/** Why a value doesn't fit a field, and what to do. */
export interface Mismatch {
  readonly code: 'wrong-type' | 'bad-value' | 'list-for-one';
  /** After "completed takes …, ". */
  readonly takes: string;
  readonly seen: string;
  readonly remedy: string;
  /** Only for some records. */
  readonly sometimes?: true;
  /** The literal to blame, where it is one of several. */
  readonly value?: Json;
}

const WANTED: Readonly<Record<string, { readonly kind: Kind; readonly words: string }>> = {
  string: { kind: 'string', words: 'text' },
  boolean: { kind: 'boolean', words: 'true or false' },
  number: { kind: 'number', words: 'a number' },
  integer: { kind: 'number', words: 'a whole number' },
  object: { kind: 'object', words: 'an object' },
};

/** A time with its offset, as HighLevel wants it. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/;

/** What is wrong with a value of this type in a field of this schema; `source` is the expression, for the remedy. */
export function mismatchOf(schema: JsonSchema, type: StaticType, source: string): Mismatch | undefined {
  return (
    wrongKind(schema, type, source) ??
    wrongItem(schema, type, source) ??
    wrongValue(schema, type.values ?? [])
  );
}

/** `tags: visits`, a number where a list of texts is wanted: one value is wrapped, and none becomes another. */
function wrongItem(
  { type: wanted, items }: JsonSchema,
  type: StaticType,
  source: string,
): Mismatch | undefined {
  if (wanted !== 'array' || !items || !isKnown(type)) return undefined;
  const isList = mayBe(type, 'list');
  const held = isList ? itemOf(type) : type;
  if ((isList && !onlyList(type)) || mayBe(held, 'list')) return undefined;
  const wrong = wrongKind(items, held, source);
  if (!wrong) return undefined;
  const remedy =
    isList && items.type === 'string' ? `write $map(${shortened(source)}, $string)` : wrong.remedy;
  return {
    ...wrong,
    takes: `a list, each of it ${wrong.takes}`,
    seen: isList ? `a list of ${wrong.seen}` : wrong.seen,
    remedy,
  };
}

function wrongKind(schema: JsonSchema, type: StaticType, source: string): Mismatch | undefined {
  const wanted = WANTED[schema.type ?? ''];
  const kinds: readonly Kind[] = [...type.kinds].filter((kind) => kind !== 'nothing' && kind !== 'null');
  // A value that is null clears the field, and a function is nobody's field: all kinds means that nothing is known.
  if (!wanted || kinds.length === 0 || kinds.length > 5) return undefined;
  const isList = kinds.includes('list');
  const fits = kinds.includes(wanted.kind);
  if (fits && !isList) return undefined;
  const takes = schema.enum
    ? `one of ${schema.enum.map((each) => JSON.stringify(each)).join(', ')}`
    : wanted.words;
  const remedy =
    isList && (fits || kinds.length === 1)
      ? listRemedy(wanted.kind, source)
      : convert(wanted.kind, kinds, source);
  if (isList)
    return { code: 'list-for-one', takes, seen: 'a list', remedy, ...(fits ? { sometimes: true } : {}) };
  return { code: 'wrong-type', takes, seen: inWords(type), remedy };
}

function listRemedy(wanted: Kind, source: string): string {
  // Without brackets `[0]` is taken of each name, not of the list.
  const one = /^[\w$]+$/.test(source) ? `${source}[0]` : `(${/^[\w.$]+$/.test(source) ? source : '…'})[0]`;
  return wanted === 'string'
    ? `join it: $join(${shortened(source)}, ", "), or take one: ${one}`
    : `${wanted === 'number' ? `add them up: $sum(${shortened(source)}), or ` : ''}take one of it: ${one}`;
}

function convert(wanted: Kind, kinds: readonly Kind[], source: string): string {
  const text = shortened(source);
  const foreign = callRemedy(kinds, text) ?? (wanted === 'string' ? joinRemedy(source) : undefined);
  if (foreign !== undefined) return foreign;
  const literal = /^(["'])([^"']*)\1$/.exec(source)?.[2];
  // What a text yields as it stands, `true` or `yes` among it.
  const isWord = /^\d+$/.test(source.trim()) || booleanOf(source.trim()) !== undefined;
  const word = literal ?? (isWord ? source.trim() : undefined);
  if (wanted === 'boolean' && word !== undefined) return `write ${booleanOf(word) ?? 'true or false'}`;
  if (wanted === 'number' && literal !== undefined && /^-?\d+(?:\.\d+)?$/.test(literal))
    return `write ${literal}`;
  if (wanted === 'boolean') return `write a condition such as ${text} = ${trueOf(kinds)}, or $yes(${text})`;
  if (wanted === 'number' && kinds.includes('string')) return `write $num(${text})`;
  if (wanted === 'string' && !kinds.includes('object')) return `write $string(${text})`;
  return kinds.includes('object')
    ? `name one of its fields: ${text}.…`
    : 'write an expression that yields it';
}

/** `$uppercase[email]` takes the function for a list, `email.$uppercase` names it and calls nothing. */
function callRemedy(kinds: readonly Kind[], text: string): string | undefined {
  if (!kinds.includes('function')) return undefined;
  const [, name, argument] = /^(\$\w+)\[(.*)\]$/.exec(text) ?? [];
  if (name !== undefined) return `call it with round brackets: ${name}(${argument!})`;
  const [, path, behind] = /^([\w.]+)\.(\$\w+)$/.exec(text) ?? [];
  if (behind !== undefined) return `call it: ${behind}(${path!})`;
  return kinds.length === 1 ? `call it: ${text}(…)` : undefined;
}

/** `email or phone` is true or false here; other languages yield the first of the two that is there. */
function joinRemedy(source: string): string | undefined {
  const [, first, sign, second] = /^([\w.]+) (or|and) ([\w.]+)$/.exec(source.trim()) ?? [];
  if (first === undefined) return undefined;
  return sign === 'or'
    ? `for the first that is there write ${first} ? ${first} : ${second!}`
    : `to join texts write ${first} & " " & ${second!}`;
}

function trueOf(kinds: readonly Kind[]): string {
  return kinds.length === 1 && kinds[0] === 'number' ? '1' : '"yes"';
}

/** What people write for true and false: `yes`, `off`, `0`. */
export function booleanOf(word: string): boolean | undefined {
  if (/^(?:yes|true|on|y|1)$/i.test(word)) return true;
  return /^(?:no|false|off|n|0)$/i.test(word) ? false : undefined;
}

function shortened(source: string): string {
  return source.length > 40 || source === '' ? '…' : source;
}

/** What is wrong with the first of these that is none of a choice, or not of the form that is wanted. */
export function wrongValue(schema: JsonSchema, values: readonly Json[]): Mismatch | undefined {
  const single = values.flatMap((each): readonly Json[] => (Array.isArray(each) ? (each as Json[]) : [each]));
  const texts = single.filter((each): each is string => typeof each === 'string' && each !== '');
  const choices = (schema.enum ?? schema.items?.enum)?.filter((each) => typeof each === 'string');
  const stranger = choices && texts.find((each) => !choices.includes(each));
  if (choices && stranger !== undefined) {
    const takes = `one of ${choices.join(', ')}`;
    const remedy = didYouMean(stranger, choices, 'choose another');
    return { code: 'bad-value', takes, seen: JSON.stringify(stranger), remedy, value: stranger };
  }
  return texts.map((text) => wrongForm(schema, text)).find((each) => each !== undefined);
}

/** What a format asks for, in words. */
const FORMATS: Readonly<
  Record<string, { readonly form: RegExp; readonly takes: string; readonly remedy: string }>
> = {
  'date-time': {
    form: INSTANT,
    takes: 'a time with its offset, such as 2026-06-14T19:00:00+01:00',
    remedy: '$zoned(…) makes one of a local date and time',
  },
  date: {
    // A time behind the day is hardly refused, and nobody's mistake.
    form: /^\d{4}-\d{2}-\d{2}/,
    takes: 'a day, such as 2026-06-14',
    remedy: '$date(…) makes one of a time',
  },
  email: {
    form: /^[^\s@]+@[^\s@]+\.[^\s@.]+$/,
    takes: 'an email address, such as ann@example.com',
    remedy: 'name the field that holds the address',
  },
};

function wrongForm({ format = '', pattern, description }: JsonSchema, text: string): Mismatch | undefined {
  const wrong = { code: 'bad-value', seen: JSON.stringify(text), value: text } as const;
  const known = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  if (known)
    return known.form.test(text) ? undefined : { ...wrong, takes: known.takes, remedy: known.remedy };
  if (pattern === undefined || text.length > LONGEST || fits(pattern, text)) return undefined;
  const takes = description?.split(/[;.](?:\s|$)/)[0] ?? `text of the form ${pattern}`;
  const country = countryMeant(text);
  const isCountry = country !== undefined && fits(pattern, country);
  const remedy = isCountry ? `did you mean "${country}"?` : 'write it in that form';
  return { ...wrong, takes: takes.charAt(0).toLowerCase() + takes.slice(1), remedy };
}

/** Characters: an API's own pattern may take long over more. */
const LONGEST = 200;

/** True too for a pattern that is none here: its API knows what it means. */
function fits(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(text);
  } catch {
    return true;
  }
}
