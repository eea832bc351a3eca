import { BUILT_INS } from '../expression/built-ins.ts';
import type { Compiled, Language } from '../expression/language.ts';
import { OWN_FUNCTIONS } from '../expression/own-functions.ts';
import type { Problem } from '../model/problem.ts';
import { spanInside } from './fill-variables.ts';
import { didYouMean } from './nearest.ts';
import { placesOf } from './places.ts';
import type { Place } from './places.ts';
import { problemAt } from './problem-at.ts';
import { textAt } from './texts.ts';
import type { Texts } from './texts.ts';
import { resultProblems } from './check-results.ts';
import { child, entriesOf } from './tree.ts';
import type { Node } from './tree.ts';

interface Checking {
  readonly root: Node;
  readonly texts: Texts;
  readonly language: Language;
  readonly tables: readonly string[];
}

/** Compiles every expression and text: syntax, functions, variables and tables. */
export function checkExpressions(root: Node, texts: Texts, language: Language): readonly Problem[] {
  const checking = {
    root,
    texts,
    language,
    tables: entriesOf(child(root, 'tables')).map(({ name }) => name),
  };
  return placesOf(root).flatMap((place) => checkPlace(checking, place));
}

function checkPlace(checking: Checking, place: Place): readonly Problem[] {
  const source = String(place.node.value);
  if (source === '') return []; // told by the schema
  const compiled = compilePlace(checking.language, place.is, source);
  if (!compiled.ok) return [syntaxProblem(checking, place, compiled)];
  const problems = [
    ...nameProblems(checking, place, compiled.uses),
    ...tableProblems(checking, place, compiled.uses),
    ...resultProblems(checking.root, checking.texts, place, compiled.uses.results),
  ];
  const filled = place.is === 'expression' ? unfilled(checking, place) : undefined;
  return filled ? [...problems, filled] : problems;
}

export function compilePlace(language: Language, is: Place['is'] | 'path', source: string): Compiled {
  if (is === 'expression') return language.expression(source);
  if (is === 'path') return language.text(source, 'path');
  return language.text(source, is === 'tag' ? 'all' : 'fill');
}

function syntaxProblem(checking: Checking, place: Place, error: Extract<Compiled, { ok: false }>): Problem {
  const source = String(place.node.value);
  const variable = place.is === 'expression' ? /\$\{([A-Za-z_]\w*)(?::-[^}]*)?\}/.exec(source) : null;
  if (variable) {
    const at = spanInside(checking.texts, place.node, variable.index, variable[0].length);
    return problemAt(
      'expression',
      at,
      `${variable[0]} is not filled in inside an expression`,
      varsRemedy(variable[1]!),
    );
  }
  const hole = place.is === 'expression' ? source.indexOf('{{') : -1;
  if (hole !== -1) {
    const at = spanInside(checking.texts, place.node, hole, 2);
    const remedy = isField(place)
      ? `write the expression alone, or { text: ${JSON.stringify(source)} }`
      : 'write the expression alone, without {{ and }}';
    return problemAt('expression', at, 'holes are for texts, and this is an expression', remedy);
  }
  const at = spanInside(checking.texts, place.node, error.offset, error.length);
  const comment = cutByComment(checking.texts, place);
  return problemAt(
    place.is === 'expression' ? 'expression' : 'text',
    at,
    error.message,
    comment ?? inSentence(error.remedy),
  );
}

/** Remedies follow a message in one line. */
function inSentence(remedy: string): string {
  return /^[A-Z][a-z ]/.test(remedy) ? remedy.charAt(0).toLowerCase() + remedy.slice(1) : remedy;
}

function isField(place: Place): boolean {
  return place.path.includes('fields') || place.path.includes('with');
}

function varsRemedy(name: string): string {
  return `write $vars.${name}, and ${name} under vars`;
}

/** YAML takes ` #` for the start of a comment: what is missing stands behind it. */
function cutByComment(texts: Texts, { node }: Place): string | undefined {
  if (node.style !== 'plain' || !/^[ \t]+#/.test(textAt(texts, node).slice(node.at.end))) return undefined;
  return 'YAML takes the part from " #" for a comment: put the whole expression in single quotes';
}

/** Right JSONata all the same where it stands in a string: a warning. */
function unfilled(checking: Checking, place: Place): Problem | undefined {
  const variable = /\$\{([A-Za-z_]\w*)(?::-[^}]*)?\}/.exec(String(place.node.value));
  if (!variable) return undefined;
  const at = spanInside(checking.texts, place.node, variable.index, variable[0].length);
  const message = `${variable[0]} is not filled in inside an expression`;
  return { ...problemAt('expression', at, message, varsRemedy(variable[1]!)), severity: 'warning' };
}

type Uses = Extract<Compiled, { ok: true }>['uses'];

function nameProblems(checking: Checking, place: Place, uses: Uses): readonly Problem[] {
  const called = new Set(uses.functions.map(({ offset }) => offset));
  return uses.variables.flatMap((reference) => {
    const at = spanInside(checking.texts, place.node, reference.offset, reference.length);
    const known = place.variables && [...place.variables, 'vars'];
    if (!known || known.includes(reference.name)) return [];
    const name = `$${reference.name}`;
    if (called.has(reference.offset)) {
      const functions = [...Object.keys(BUILT_INS), ...Object.keys(OWN_FUNCTIONS)].map((each) => `$${each}`);
      return [
        problemAt(
          'unknown-variable',
          at,
          `unknown function ${name}`,
          didYouMean(name, functions, 'remove it'),
        ),
      ];
    }
    return [
      problemAt('unknown-variable', at, `unknown variable ${name}`, variableRemedy(name, place, known)),
    ];
  });
}

const ELSEWHERE: Readonly<Record<string, string>> = {
  $from: 'it is there in the request of a poll with a window',
  $to: 'it is there in the request of a poll with a window',
  $since: 'it is there in the request of a poll',
  $event: 'it is there in sources and syncs',
  $before: 'it is there in a call only',
  $record: 'it is there with each only',
  $status: 'it is there where an answer is read',
  $headers: 'it is there where an answer is read',
};

function variableRemedy(name: string, place: Place, known: readonly string[]): string {
  const isLet = place.path[2] === 'let';
  const names = known.map((each) => `$${each}`);
  return (
    ELSEWHERE[name] ??
    didYouMean(name, names, isLet ? 'a let sees the names above it' : 'define it under let')
  );
}

function tableProblems(checking: Checking, place: Place, uses: Uses): readonly Problem[] {
  return uses.tables
    .filter(({ name }) => !checking.tables.includes(name))
    .map((reference) => {
      const at = spanInside(checking.texts, place.node, reference.offset, reference.length);
      const remedy = didYouMean(reference.name, checking.tables, `add "${reference.name}" to tables`);
      return problemAt('unknown-table', at, `unknown table "${reference.name}"`, remedy);
    });
}
