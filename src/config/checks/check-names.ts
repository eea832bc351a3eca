import type { Finding } from '../../expression/types/infer-scope.ts';
import type { Problem, Span } from '../../model/problem.ts';
import { spanInside } from '../fill-variables.ts';
import type { Inspected } from '../inspections.ts';
import { booleanOf } from '../mismatch.ts';
import { nearest } from '../nearest.ts';
import { problemAt, warningAt } from '../problem-at.ts';
import { stepBehind } from '../step-behind.ts';
import type { Texts } from '../texts.ts';

/** Names that no record of the sample has, and comparisons that miss records. A sample may lack what is there: warnings. */
export function checkNames(
  inspected: readonly Inspected[],
  texts: Texts,
  tables: readonly string[],
): readonly Problem[] {
  const found = inspected.flatMap((each) =>
    withoutEchoes(each.inspection.findings).flatMap((one) => explain(each, one, texts, tables)),
  );
  const foreign = inspected.flatMap((each) => foreignWords(each, texts));
  return [...found, ...foreign, ...bareWords(inspected, texts)];
}

/** What no record has is missing in all: the comparison tells nothing more. */
function withoutEchoes(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length === 0) return findings;
  const unknown = new Set(findings.flatMap(({ type, offset }) => (type === 'unknown-name' ? [offset] : [])));
  return findings.filter(({ type, offset }) => type !== 'missing-is-not-unequal' || !unknown.has(offset));
}

const CODES = {
  type: 'wrong-type',
  list: 'list-for-one',
  value: 'bad-value',
  truth: 'always-true',
  count: 'expression',
} as const;

function explain(
  inspected: Inspected,
  finding: Finding,
  texts: Texts,
  tables: readonly string[],
): readonly Problem[] {
  const { place, inspection, unsampled } = inspected;
  const at = spanInside(texts, place.node, finding.offset, finding.length);
  if (finding.type === 'unknown-name') {
    const where = finding.of === undefined ? 'no record of the sample has' : ownerWords(finding.of);
    const foreign = finding.of === undefined ? FOREIGN.get(finding.name) : undefined;
    if (foreign !== undefined) return [foreignWord(finding.name, at, foreign)];
    const remedy = tableRemedy(inspected, finding, tables) ?? remedyFor(inspected, finding);
    return [warningAt('unknown-name', at, `${where} "${finding.name}"`, remedy)];
  }
  if (finding.type === 'misuse') {
    const { of, message, remedy } = finding;
    // What is so for all records is an error; the sample may lack those where it is not.
    const always = unsampled().findings.some(
      ({ type, offset }) => type === 'misuse' && offset === finding.offset,
    );
    const problem = always && of !== 'truth' ? problemAt : warningAt;
    return [problem(CODES[of], at, message, remedy)];
  }
  // Without a sample only conditions are asked: elsewhere a missing field is as often meant.
  const guessed = place.path.at(-1) !== 'when' && inspection.type.kinds.has('function');
  if (guessed) return [];
  const message = `where ${finding.name} is missing this is false, as = and != both are`;
  return [
    warningAt(
      'not-equal',
      at,
      message,
      `write ${finding.text}, or ${finding.name} and … to leave such records out`,
    ),
  ];
}

function ownerWords(of: string): string {
  return of.startsWith('$') ? `${of} has no` : `"${of}" of the sample has no`;
}

type Unknown = Extract<Finding, { type: 'unknown-name' }>;

/** `$table(hire, type)`, `hire[type]`: tables are no part of a record. */
function tableRemedy(
  { place }: Inspected,
  { name, offset, length, of }: Unknown,
  tables: readonly string[],
): string | undefined {
  const source = String(place.node.value);
  if (/\$table\(\s*$/.test(source.slice(0, offset))) return `the name of a table stands in quotes: "${name}"`;
  if (of !== undefined || !tables.includes(name)) return undefined;
  const [, key = '…'] = /^\s*[[.]\s*(\w+)/.exec(source.slice(offset + length)) ?? [];
  return `"${name}" is a table: write $table("${name}", ${key})`;
}

function remedyFor({ place, around }: Inspected, finding: Unknown): string {
  const { name, known, of } = finding;
  if (of === '$vars') return varsRemedy(name, known);
  if (of === undefined && around?.has(name)) return `it is one of the whole record: write $record.${name}`;
  const within = of === undefined ? stepBehind(place.node, finding) : undefined;
  if (within !== undefined && known.includes(within))
    return `an expression begins inside the record: write ${within}, without "${name}."`;
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

/** What other languages call nothing, true and false: names of fields here. */
const FOREIGN: ReadonlyMap<string, string> = new Map([
  ...['undefined', 'nil', 'None', 'NULL'].map(
    (name) => [name, 'write $exists(…), or $not($exists(…)), to ask whether something is there'] as const,
  ),
  ...['True', 'TRUE'].map((name) => [name, 'write true'] as const),
  ...['False', 'FALSE'].map((name) => [name, 'write false'] as const),
]);

function foreignWord(name: string, at: Span, remedy: string): Problem {
  return warningAt('unknown-name', at, `${name} is read as the name of a field`, remedy);
}

/** Without a sample: a record may have such names, and hardly ever does. */
function foreignWords({ place, inspection, known }: Inspected, texts: Texts): readonly Problem[] {
  return inspection.names
    .filter(({ name }) => isForeign(place, name) && !known)
    .map(({ name, offset, length }) =>
      foreignWord(
        name,
        spanInside(texts, place.node, offset, length),
        FOREIGN.get(name) ?? textRemedy(place, name),
      ),
    );
}

/** `completed: no` is a text to YAML, and to JSONata the name of a field. */
function isForeign({ is, node, path }: Inspected['place'], name: string): boolean {
  if (FOREIGN.has(name)) return true;
  if (!/^(?:yes|no)$/i.test(name)) return false;
  const whole = is === 'expression' && String(node.value).trim() === name;
  return whole && (path.includes('fields') || path.includes('with'));
}

/** A word that stands for itself. */
function textRemedy({ is, node, path }: Inspected['place'], name: string): string {
  const whole = is === 'expression' && String(node.value).trim() === name;
  const isField = path.includes('fields') || path.includes('with');
  const truth = whole && isField ? booleanOf(name) : undefined;
  if (truth !== undefined) return `write ${truth}; for the word itself { value: ${name} }`;
  return whole && isField
    ? `for the text itself write { value: ${name} }`
    : `for a text write it in quotes: "${name}"`;
}

/** Without a sample: one capitalised word among names that are all in lower case is hardly ever a field. */
function bareWords(inspected: readonly Inspected[], texts: Texts): readonly Problem[] {
  const inLowerCase = sourcesInLowerCase(inspected);
  return inspected.flatMap(({ place, source, inspection }) => {
    if (!inLowerCase.has(source)) return [];
    if (inspection.findings.some(({ type }) => type === 'unknown-name')) return [];
    if (inspection.names.some(({ name }) => isForeign(place, name))) return [];
    return inspection.names
      .filter(({ name, length }) => /^[A-Z][A-Za-z]*$/.test(name) && length === name.length)
      .filter(({ offset, length }) => standsForText(place, offset, offset + length))
      .map(({ name, offset, length }) => {
        const at = spanInside(texts, place.node, offset, length);
        const message = `${name} is read as the name of a field, and the others are in lower case`;
        return warningAt(
          'unknown-name',
          at,
          message,
          `${textRemedy(place, name)}; if it is a field, give the source a sample`,
        );
      });
  });
}

/** The sources whose names are in lower case, for the most part: some are not. */
function sourcesInLowerCase(inspected: readonly Inspected[]): ReadonlySet<string> {
  const bySource = new Map<string, Set<string>>();
  for (const { source, inspection } of inspected) {
    const names = bySource.get(source) ?? new Set();
    for (const { name } of inspection.names) names.add(name);
    bySource.set(source, names);
  }
  const found = [...bySource].filter(([, names]) => {
    const upper = [...names].filter((name) => /^[A-Z]/.test(name)).length;
    return upper > 0 && names.size - upper >= 2 * upper;
  });
  return new Set(found.map(([source]) => source));
}

/** Where a text could be meant: as a whole field, or behind a comparison. */
function standsForText({ node, path }: Inspected['place'], start: number, end: number): boolean {
  const source = String(node.value);
  const isField = path.includes('fields') || path.includes('with');
  return (isField && source.trim().length === end - start) || /[^<>:]=\s*$/.test(source.slice(0, start));
}
