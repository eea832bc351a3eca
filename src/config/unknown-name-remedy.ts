import { boundIn } from '../expression/bound-in.ts';
import type { Finding } from '../expression/types/infer-scope.ts';
import type { Inspected } from './inspections.ts';
import { booleanOf } from './mismatch.ts';
import { nearest } from './nearest.ts';
import { stepBehind } from './step-behind.ts';

/** What else of the file has names. */
export interface Named {
  readonly tables: readonly string[];
  readonly constants: readonly string[];
}

type Unknown = Extract<Finding, { type: 'unknown-name' }>;

/** What to write for a name that no record of the sample has. */
export function unknownNameRemedy(
  inspected: Inspected,
  finding: Unknown,
  { tables, constants }: Named,
): string {
  return (
    tableRemedy(inspected, finding, tables) ??
    variableRemedy(inspected, finding, constants) ??
    remedyFor(inspected, finding)
  );
}

/** `$table(hire, type)`, `hire[type]`: tables are no part of a record. */
function tableRemedy(
  { place }: Inspected,
  { name, offset, length, of }: Unknown,
  tables: readonly string[],
): string | undefined {
  const source = String(place.node.value);
  if (/\$table\(\s*$/.test(source.slice(0, offset))) return `the name of a table stands in quotes: "${name}"`;
  if (of !== undefined || !tables.includes(name)) return undefined;
  return tableWords(name, source.slice(offset + length));
}

/** `hire[type]`, `hire.type`: a table, and what stands behind its name. */
export function tableWords(name: string, behind: string): string {
  const [, key = '…'] = /^\s*[[.]\s*(\w+)/.exec(behind) ?? [];
  return `"${name}" is a table: write $table("${name}", ${key})`;
}

export function constantWords(name: string): string {
  return `a constant of vars is written $vars.${name}`;
}

/** `owed` where there is a `$owed`: what has a name of its own is read with its `$`. */
function variableRemedy(
  { place }: Inspected,
  { name, of }: Unknown,
  constants: readonly string[],
): string | undefined {
  if (of !== undefined) return undefined;
  const bound = [...(place.variables ?? []), ...boundIn(String(place.node.value))];
  if (bound.includes(name)) return `write $${name}, with its $: the fields of a record alone have none`;
  return constants.includes(name) ? constantWords(name) : undefined;
}

function remedyFor({ place, around }: Inspected, finding: Unknown): string {
  const { name, known, of } = finding;
  if (of === '$vars') return varsRemedy(name, known);
  const within = of === undefined ? stepBehind(place.node, finding) : undefined;
  if (of === undefined && around?.has(name))
    return within !== undefined && known.includes(within)
      ? `the elements are seen one by one: write ${within}, without "${name}."`
      : `it is one of the whole record: write $record.${name}`;
  if (within !== undefined && known.includes(within))
    return `an expression begins inside the record: write ${within}, without "${name}."`;
  if (/^(?:always|all|any|everything)$/i.test(name) && place.path.at(-1) === 'when')
    return 'take the line out: without it the condition always holds';
  const near = nearest(name, known);
  const text = of === undefined && !isName(place) ? textRemedy(place, name) : undefined;
  if (near !== undefined) return `did you mean "${near}"?${/^[A-Z]/.test(name) && text ? ` ${text}` : ''}`;
  if (text?.startsWith('write ')) return text;
  return heldRemedy(finding, text) ?? knownRemedy(finding, text);
}

/** What identifies a record, or tells when it was changed, is never one text for all of them. */
function isName({ path }: Inspected['place']): boolean {
  return ['key', 'updatedAt', 'each'].includes(String(path.at(-1)));
}

function knownRemedy({ known, of }: Unknown, text: string | undefined): string {
  const names =
    known.length > 12
      ? `known, among others: ${known.slice(0, 12).join(', ')}`
      : `known: ${known.join(', ')}`;
  if (of !== undefined) return known.length === 0 ? 'correct it' : names;
  return `${text ? `${text}; ` : ''}${names}; or add it to a record of the sample`;
}

/** `notes`, where there are `customer_notes` and `admin_notes`; `extras.length`. */
function heldRemedy({ name, known, of }: Unknown, text: string | undefined): string | undefined {
  if (of !== undefined && ['length', 'size', 'count'].includes(name))
    return `write $count(${of}) for how many there are, $length(…) for the letters of a text`;
  const holding = known.filter((each) => wordsIn(each).includes(name.toLowerCase()));
  if (holding.length === 0 || holding.length > 3) return undefined;
  const meant = `did you mean ${holding.map((each) => `"${each}"`).join(' or ')}?`;
  return text === undefined ? meant : `${meant} ${text}`;
}

/** `customer_notes` and `customerNotes` are of two words. */
function wordsIn(name: string): readonly string[] {
  return name.split(/[^\p{L}\p{N}]+|(?=\p{Lu})/u).map((word) => word.toLowerCase());
}

function varsRemedy(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  return near === undefined ? `add ${name}: … under vars` : `did you mean "${near}"?`;
}

/** A word that stands for itself. */
export function textRemedy({ is, node, path }: Inspected['place'], name: string): string {
  const whole = is === 'expression' && String(node.value).trim() === name;
  const isField = path.includes('fields') || path.includes('with');
  const truth = whole && isField ? booleanOf(name) : undefined;
  if (truth !== undefined) return `write ${truth}; for the word itself { value: ${name} }`;
  return whole && isField
    ? `for the text itself write { value: ${name} }`
    : `for a text write it in quotes: "${name}"`;
}
