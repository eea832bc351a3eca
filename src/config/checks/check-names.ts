import type { Finding } from '../../expression/types/infer-scope.ts';
import type { Problem, Span } from '../../model/problem.ts';
import { spanInside } from '../fill-variables.ts';
import { bareLists } from '../bare-lists.ts';
import type { BareList } from '../bare-lists.ts';
import type { Inspected } from '../inspections.ts';
import { problemAt, warningAt } from '../problem-at.ts';
import type { Texts } from '../texts.ts';
import { textRemedy, unknownNameRemedy } from '../unknown-name-remedy.ts';
import type { Named } from '../unknown-name-remedy.ts';

/** Names that no record of the sample has, and comparisons that miss records. A sample may lack what is there: warnings. */
export function checkNames(inspected: readonly Inspected[], texts: Texts, named: Named): readonly Problem[] {
  const found = inspected.flatMap((each) =>
    bareLists(each, withoutEchoes(each.inspection.findings)).flatMap((one) =>
      explain(each, one, texts, named),
    ),
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
  finding: Finding | BareList,
  texts: Texts,
  named: Named,
): readonly Problem[] {
  const { place, inspection, unsampled } = inspected;
  const at = spanInside(texts, place.node, finding.offset, finding.length);
  if (finding.type === 'unknown-name') {
    const where = finding.of === undefined ? 'no record of the sample has' : ownerWords(finding.of);
    const foreign = finding.of === undefined ? FOREIGN.get(finding.name) : undefined;
    if (foreign !== undefined) return [foreignWord(finding.name, at, foreign)];
    if (!('listed' in finding))
      return [
        warningAt(
          'unknown-name',
          at,
          `${where} "${finding.name}"`,
          unknownNameRemedy(inspected, finding, named),
        ),
      ];
    const words = finding.listed.map((each) => `"${each}"`);
    const remedy = `texts stand in quotes: [${words.join(', ')}]`;
    return [warningAt('unknown-name', at, `${where} ${words.join(' or ')}`, remedy)];
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
  // A sample that can't be read was told: what it would have shown is not asked.
  if (inspected.isBlind) return [];
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
