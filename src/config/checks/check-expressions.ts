import type { Compiled, Language } from '../../expression/language.ts';
import { readAhead } from '../../expression/read-source.ts';
import type { Problem } from '../../model/problem.ts';
import { ADD_WINDOW, nameProblems } from './check-bound-names.ts';
import { spanInside } from '../fill-variables.ts';
import { didYouMean } from '../nearest.ts';
import { plainTextRemedy } from '../plain-text-remedy.ts';
import { placesOf } from '../places.ts';
import type { Place } from '../places.ts';
import { problemAt, warningAt } from '../problem-at.ts';
import { textAt } from '../texts.ts';
import type { Texts } from '../texts.ts';
import { resultProblems } from './check-results.ts';
import { child, entriesOf } from '../tree.ts';
import type { Node } from '../tree.ts';

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
  const places = placesOf(root);
  readAhead(places.filter(({ is }) => is === 'expression').map(({ node }) => String(node.value)));
  return oneWindow(places.flatMap((place) => checkPlace(checking, place)));
}

/** A poll without a window lacks one thing, however often it asks for `$from` and `$to`. */
function oneWindow(problems: readonly Problem[]): readonly Problem[] {
  const told = new Set<string>();
  return problems.filter(({ remedy }) => {
    const isEcho = remedy.startsWith(ADD_WINDOW) && told.has(remedy);
    told.add(remedy);
    return !isEcho;
  });
}

function checkPlace(checking: Checking, place: Place): readonly Problem[] {
  const source = String(place.node.value);
  if (source === '') return []; // told by the schema
  const compiled = compilePlace(checking.language, place.is, source);
  if (!compiled.ok) return [syntaxProblem(checking, place, compiled)];
  const problems = [
    ...nameProblems(checking.root, checking.texts, place, compiled.uses),
    ...tableProblems(checking, place, compiled.uses),
    ...resultProblems(checking.root, checking.texts, place, compiled.uses),
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
      varsRemedy(variable[1]!, isField(place) && source.trim() === variable[0] ? variable[0] : undefined),
    );
  }
  const hole = place.is === 'expression' ? source.indexOf('{{') : -1;
  if (hole !== -1) {
    const at = spanInside(checking.texts, place.node, hole, 2);
    const bare = source.replaceAll(/\{\{\s*(.*?)\s*\}\}/gs, '$1').trim();
    const isMixed = !source.trim().startsWith('{{') && compilePlace(checking.language, 'expression', bare).ok;
    const alone = isMixed ? `write ${bare}` : 'write the expression alone';
    const remedy = !isField(place)
      ? `${alone}, without {{ and }}`
      : isMixed
        ? alone
        : `${alone}, or { text: ${JSON.stringify(source)} }`;
    return problemAt('expression', at, 'holes are for texts, and this is an expression', remedy);
  }
  const block = place.is === 'expression' ? null : /\{\{\s*[#/]\s*[a-z]+[^{}]*\}\}/.exec(source);
  if (block) {
    const at = spanInside(checking.texts, place.node, block.index, block[0].length);
    const remedy =
      'write a choice in one hole: {{ x ? "one" : "other" }}; a list is joined: {{ $join(x, ", ") }}';
    return problemAt('text', at, `${block[0]} is of another language`, remedy);
  }
  const triple = place.is === 'expression' ? null : /\{\{\{\s*([^{}]+?)\s*\}\}\}/.exec(source);
  if (triple) {
    const at = spanInside(checking.texts, place.node, triple.index, triple[0].length);
    return problemAt('text', at, 'a hole has two braces, not three', `write {{ ${triple[1]!} }}`);
  }
  const at = spanInside(checking.texts, place.node, error.offset, error.length);
  const comment = cutByComment(checking, place);
  return problemAt(
    place.is === 'expression' ? 'expression' : 'text',
    at,
    error.message,
    clockRemedy(place, error.remedy) ?? comment ?? plainTextRemedy(place) ?? inSentence(error.remedy),
  );
}

/** The request of a poll has no record that could hold a time. */
function clockRemedy({ path }: Place, remedy: string): string | undefined {
  if (!/same record must always/.test(remedy) || path[2] !== 'poll' || path[3] !== 'request')
    return undefined;
  return 'write {{ $since }} for what has changed, or {{ $from }} and {{ $to }} with a window: { from: -30d, to: 0d }';
}

/** Remedies follow a message in one line. */
function inSentence(remedy: string): string {
  return /^[A-Z][a-z ]/.test(remedy) ? remedy.charAt(0).toLowerCase() + remedy.slice(1) : remedy;
}

function isField(place: Place): boolean {
  return place.path.includes('fields') || place.path.includes('with');
}

function varsRemedy(name: string, field?: string): string {
  // Variables are in capitals, as a rule; fields are not.
  if (/^[a-z]/.test(name))
    return `a field of the record stands without the braces: ${name}; a constant is $vars.${name}`;
  if (field !== undefined) return `write { value: "${field}" }, where it is filled in`;
  return `write $vars.${name}, and ${name} under vars`;
}

/** YAML takes ` #` for the start of a comment: what is missing stands behind it. */
function cutByComment({ texts, language }: Checking, { node, is }: Place): string | undefined {
  const [rest = ''] = textAt(texts, node).slice(node.at.end).split('\n', 1);
  if (node.style !== 'plain' || !/^[ \t]+#/.test(rest)) return undefined;
  // A comment that is one would not mend the expression.
  if (!compilePlace(language, is, String(node.value) + rest.trimEnd()).ok) return undefined;
  return 'YAML takes the part from " #" for a comment: put the whole expression in single quotes';
}

/** Right JSONata all the same where it stands in a string: a warning. */
function unfilled(checking: Checking, place: Place): Problem | undefined {
  const variable = /\$\{([A-Za-z_]\w*)(?::-[^}]*)?\}/.exec(String(place.node.value));
  if (!variable) return undefined;
  const at = spanInside(checking.texts, place.node, variable.index, variable[0].length);
  const message = `${variable[0]} is not filled in inside an expression`;
  return warningAt('expression', at, message, varsRemedy(variable[1]!));
}

type Uses = Extract<Compiled, { ok: true }>['uses'];

function tableProblems(checking: Checking, place: Place, uses: Uses): readonly Problem[] {
  return uses.tables
    .filter(({ name }) => !checking.tables.includes(name))
    .map((reference) => {
      const at = spanInside(checking.texts, place.node, reference.offset, reference.length);
      const remedy = didYouMean(reference.name, checking.tables, `add "${reference.name}" to tables`);
      return problemAt('unknown-table', at, `unknown table "${reference.name}"`, remedy);
    });
}
