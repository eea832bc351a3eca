import { BUILT_INS } from '../../expression/built-ins.ts';
import { boundIn } from '../../expression/bound-in.ts';
import type { Reference, Uses } from '../../expression/language.ts';
import { foreignFunction } from '../../expression/mistakes/meant-function.ts';
import { OWN_FUNCTIONS } from '../../expression/functions/own-functions.ts';
import type { Problem } from '../../model/problem.ts';
import { spanInside } from '../fill-variables.ts';
import { didYouMean, nearest } from '../nearest.ts';
import type { Place } from '../places.ts';
import { problemAt } from '../problem-at.ts';
import { stepBehind } from '../step-behind.ts';
import type { Texts } from '../texts.ts';
import { constantWords, tableWords } from '../unknown-name-remedy.ts';
import { child, entriesOf, textOf } from '../tree.ts';
import type { Node } from '../tree.ts';

/** Functions that are not there, and `$variables` that nothing binds where they are read. */
export function nameProblems(root: Node, texts: Texts, place: Place, uses: Uses): readonly Problem[] {
  if (uses.variables.length === 0) return [];
  const called = new Set(uses.functions.map(({ offset }) => offset));
  const known = place.variables && [...place.variables, 'vars'];
  return uses.variables.flatMap((reference) => {
    if (!known || known.includes(reference.name)) return [];
    const at = spanInside(texts, place.node, reference.offset, reference.length);
    const name = `$${reference.name}`;
    const isCalled = called.has(reference.offset);
    const message = `unknown ${isCalled ? 'function' : 'variable'} ${name}`;
    const remedy = isCalled ? functionRemedy(name) : variableRemedy(root, reference, place, known);
    return [problemAt('unknown-variable', at, message, remedy)];
  });
}

function functionRemedy(name: string): string {
  const foreign = foreignFunction(name);
  if (foreign !== undefined)
    return foreign.startsWith('$') ? `did you mean "${foreign}"?` : `write ${foreign}`;
  const functions = [...Object.keys(BUILT_INS), ...Object.keys(OWN_FUNCTIONS)].map((each) => `$${each}`);
  const near = nearest(name, functions);
  return near === undefined
    ? 'docs/reference.md lists all functions; for one of your own, write $name := function($x) { … }'
    : `did you mean "${near}"?`;
}

const ELSEWHERE: Readonly<Record<string, string>> = {
  $from: 'it is there in the request of a poll with a window',
  $to: 'it is there in the request of a poll with a window',
  $since: 'it is there in the request of a poll',
  $event: 'it is there in sources and syncs',
  $before: 'it is there in a call only',
  $record: 'it is there with each only; a field of the record is its name alone',
  $status: 'it is there where an answer is read',
  $headers: 'it is there where an answer is read',
};

/** Begins the remedy of a poll's `$from` and `$to` alike: what they lack is one thing. */
export const ADD_WINDOW = 'add window';

function isWindow(written: string): boolean {
  return written === '$from' || written === '$to';
}

const ANSWERS = ['$status', '$headers'];
const OF_THE_RECORD = ['let', 'key', 'updatedAt', 'deleted'];

function variableRemedy(root: Node, reference: Reference, place: Place, known: readonly string[]): string {
  const { name } = reference;
  const written = `$${name}`;
  const isRecord = place.path[0] === 'syncs' || OF_THE_RECORD.includes(String(place.path[2]));
  // An answer's `$status` is no more likely meant where a record is seen than its field of that name.
  const ofField =
    isRecord && ANSWERS.includes(written) ? `; a field of the record is its name alone: ${name}` : '';
  if (isWindow(written) && place.path[3] === 'request')
    return `${ADD_WINDOW}: { from: -30d, to: +540d } to sources.${String(place.path[1])}.poll`;
  if (ELSEWHERE[written] !== undefined) return `${ELSEWHERE[written]}${ofField}`;
  const [block, source = ''] = place.path.map(String);
  const lets = block === 'sources' ? entriesOf(child(root, 'sources', source, 'let')) : [];
  if (lets.some((entry) => entry.name === name)) {
    if (place.path[3] === name) return `a let does not see itself: a field of the record is its name alone`;
    return place.path[2] === 'let'
      ? `a let sees the names above it: put "${name}" before this one`
      : `a let is seen by the syncs, not by "${String(place.path.at(-1))}": write its expression here`;
  }
  const names = [...known, ...boundIn(String(place.node.value))].map((each) => `$${each}`);
  const near = nearest(written, names);
  if (near !== undefined) return `did you mean "${near}"?`;
  const inRecord = isRecord ? remedyInRecord(root, reference, place, known) : undefined;
  if (inRecord !== undefined) return inRecord;
  const field =
    isRecord && /^[\p{L}_]/u.test(name) ? `a field of the record is written without $: ${name}; ` : '';
  const from = block === 'syncs' ? textOf(child(root, 'syncs', source, 'from')) : undefined;
  const own = from === undefined ? '' : `; names of your own stand under sources.${from}.let`;
  return `${field}${didYouMean(written, names, 'define it under let')}${own}`;
}

/** `$deposit` of the file's `vars`, and `$booking.email`: fields of the record are what people put a `$` before. */
function remedyInRecord(
  root: Node,
  reference: Reference,
  place: Place,
  known: readonly string[],
): string | undefined {
  const { name } = reference;
  if (child(root, 'tables', name))
    return tableWords(name, String(place.node.value).slice(reference.offset + reference.length));
  if (child(root, 'vars', name)) return constantWords(name);
  const step = stepBehind(place.node, reference);
  if (step === undefined) return undefined;
  return known.includes('record')
    ? `${step} of the whole record is $record.${step}, of the element that each takes out it is ${step} alone`
    : `an expression begins inside the record: write ${step}, without "$${name}."`;
}
