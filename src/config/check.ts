import type { Language } from '../expression/language.ts';
import type { Problem, Span } from '../model/problem.ts';
import type { Catalog } from '../catalog/load.ts';
import { checkAlertCare, checkAlerts } from './checks/check-alerts.ts';
import { checkAuthWords } from './checks/check-auth-words.ts';
import { checkHttpFields } from './api/check-http-fields.ts';
import { checkRequests } from './api/check-requests.ts';
import type { Documents } from './api/documents.ts';
import { checkBodies } from './checks/check-bodies.ts';
import { checkBuilt } from './checks/check-built.ts';
import { checkComparedEvents } from './checks/check-compared-events.ts';
import { checkComparedValues } from './checks/check-compared-values.ts';
import { checkConditions } from './checks/check-conditions.ts';
import { checkCreateOnly } from './checks/check-create-only.ts';
import { checkDeliveries } from './checks/check-deliveries.ts';
import { checkCycles } from './checks/check-cycles.ts';
import { checkEvents } from './checks/check-events.ts';
import { checkFunctionValues } from './checks/check-function-values.ts';
import { checkHiddenFunctions } from './checks/check-hidden-functions.ts';
import { checkHoles } from './checks/check-holes.ts';
import { checkHosts } from './checks/check-hosts.ts';
import { checkMisread } from './checks/check-misread.ts';
import { checkNames } from './checks/check-names.ts';
import { checkParents } from './checks/check-parents.ts';
import { checkPollPace } from './checks/check-poll-pace.ts';
import { checkPollCare, checkPollRequests } from './checks/check-poll-requests.ts';
import { checkRequired } from './checks/check-required.ts';
import { checkSampledValues } from './checks/check-sampled-values.ts';
import { checkScopes } from './checks/check-scopes.ts';
import { checkSecrets } from './checks/check-secrets.ts';
import { checkServer } from './checks/check-server.ts';
import { checkSharedKeys } from './checks/check-shared-keys.ts';
import { checkSwitchedOff } from './checks/check-switched-off.ts';
import { checkTagRules } from './checks/check-tag-rules.ts';
import { checkTexts } from './checks/check-texts.ts';
import { checkTriggers } from './checks/check-triggers.ts';
import { checkUnused } from './checks/check-unused.ts';
import { checkValues } from './checks/check-values.ts';
import { checkWrittenTwice } from './checks/check-written-twice.ts';
import { inspectAll } from './inspections.ts';
import { checkCalls } from './checks/check-calls.ts';
import { checkEach } from './checks/check-each.ts';
import { checkEmpty } from './checks/check-empty.ts';
import { checkExpressions } from './checks/check-expressions.ts';
import { checkFields, unknownFields } from './checks/check-fields.ts';
import type { ResourceFields } from './checks/check-fields.ts';
import { checkFinding } from './checks/check-finding.ts';
import { checkHttpTargets } from './checks/check-http-targets.ts';
import { checkOAuth } from './checks/check-oauth.ts';
import { checkReferences } from './checks/check-references.ts';
import { checkTargets } from './checks/check-targets.ts';
import type { ShapeCheck } from './checks/check-schema.ts';
import { checkLocation } from './lock/check-location.ts';
import { checkLock } from './lock/check-lock.ts';
import { checkTimes } from './checks/check-times.ts';
import { checkVariables } from './checks/check-variables.ts';
import { checkWas } from './checks/check-was.ts';
import { checkTolerance } from './checks/check-tolerance.ts';
import { checkWebhooks } from './checks/check-webhooks.ts';
import { overlapping } from './problem-at.ts';
import { rename } from './rename.ts';
import { straighten } from './straighten.ts';
import type { Files, Reading } from './reading.ts';
import { toldAtDuplicate } from './told-at-duplicate.ts';
import { toldOnce } from './told-once.ts';
import { child, entriesOf } from './tree.ts';
import type { Node } from './tree.ts';

/** What the checks need to know of the world. */
export interface Knowledge {
  readonly shape: ShapeCheck;
  /** Every resource of a ghl connection, built or not. */
  readonly resources: readonly string[];
  readonly fields: ResourceFields;
  readonly catalog: Catalog;
  language(root: Node): Language;
}

export interface Checked {
  readonly root?: Node;
  readonly problems: readonly Problem[];
}

/** A config's files → everything that is wrong with them, without environment or network. */
export function check(reading: Reading, knowledge: Knowledge): Checked {
  const { root, problems } = reading;
  if (!root) return { problems };
  const straight = straighten(root, knowledge.catalog, knowledge.resources);
  const { problems: found, renames } = knowledge.shape(straight.root);
  const meant = rename(straight.root, renames);
  // A field that is not there needs no right value.
  const strangers = unknownFields(meant, knowledge.fields).map(({ value }) => value.at);
  const before = [...problems, ...straight.problems];
  const shape = outside(strangers, without(found, before));
  const rest = without(checkMeaning(meant, reading, knowledge), [...before, ...shape]);
  const told = [...before, ...shape, ...rest];
  const care = without(checkCare(meant, reading, told), told);
  const all = [...told, ...care];
  // Who has something to mend may have left out more: of a second key nothing is said before.
  const last = all.some(({ severity }) => severity === 'error') ? [] : without(checkSharedKeys(meant), all);
  return { root, problems: toldOnce(inOrder(toldAtDuplicate(root, [...all, ...last])), reading.texts) };
}

/** The same, and what the samples show when the expressions run on them. */
export async function checkWithSamples(reading: Reading, knowledge: Knowledge): Promise<Checked> {
  const { root, problems } = check(reading, knowledge);
  if (!root) return { problems };
  const sampled = await checkSampledValues(root, reading, knowledge.catalog);
  return { root, problems: inOrder([...problems, ...without(sampled, problems)]) };
}

const NO_DOCUMENTS: Documents = new Map();

/** Errors, each by a check that looks at one thing; also run on a tree with its variables filled in. */
export function checkMeaning(root: Node, files: Files, knowledge: Knowledge): readonly Problem[] {
  const { catalog, fields, resources } = knowledge;
  const documents = files.documents ?? NO_DOCUMENTS;
  const first = [
    ...checkBuilt(root),
    ...checkReferences(root, resources),
    ...checkVariables(root, files.texts),
    ...checkOAuth(entriesOf(child(root, 'connections'))),
    ...checkTimes(root),
    ...checkAlerts(root),
    ...checkWebhooks(root),
    ...checkEvents(root),
    ...checkCycles(root),
    ...checkParents(root, catalog),
    ...checkTargets(root),
    ...checkEach(root),
    ...checkEmpty(root),
    ...checkFinding(root, fields),
    ...checkHttpTargets(root, files.texts),
    ...checkWas(root),
    ...checkCalls(root, { catalog, documents }),
    ...checkRequests(root, documents),
    ...checkBodies(root),
    ...checkPollRequests(root, files.texts),
    ...checkDeliveries(root, files.texts),
    ...checkHosts(root, files.texts),
    ...checkHttpFields(root, documents),
    ...checkFields(root, fields),
    ...checkRequired(root, catalog),
    ...checkScopes(root, catalog),
    ...checkExpressions(root, files.texts, knowledge.language(root)),
  ];
  const { problems: misread, rest: inspected } = checkMisread(
    root,
    inspectAll(root, files.samples),
    files.samples,
  );
  const second = [
    ...misread,
    ...checkNames(inspected, files.texts, {
      tables: entriesOf(child(root, 'tables')).map(({ name }) => name),
      constants: entriesOf(child(root, 'vars')).map(({ name }) => name),
    }),
    ...checkFunctionValues(inspected, files.texts),
    ...checkConditions(root, inspected, files.texts),
    ...checkTexts(root, inspected, files.texts),
    ...checkValues(root, inspected, files, catalog),
    ...checkLocation(root, inspected, files),
  ];
  return [...first, ...outside(strayValues(root, first), without(second, first))];
}

/** What works, and is hardly meant. Of what was told already, nothing follows. */
function checkCare(
  root: Node,
  { texts, lock, samples }: Files,
  told: readonly Problem[],
): readonly Problem[] {
  const isFrom = overlapping(
    entriesOf(child(root, 'syncs')).flatMap(({ value }) => child(value, 'from')?.at ?? []),
  );
  const known = told.some(
    ({ code, severity, at }) => (severity === 'error' && MISLEADING.has(code)) || (at && isFrom(at)),
  );
  return [
    ...checkLock(root, lock),
    ...checkCreateOnly(root),
    ...checkComparedEvents(root, texts),
    ...checkComparedValues(root, samples, texts),
    ...checkHoles(root, samples, texts),
    ...checkHiddenFunctions(root),
    ...checkSwitchedOff(root),
    ...checkTagRules(root),
    ...checkWrittenTwice(root),
    ...checkPollPace(root),
    ...checkAlertCare(root),
    ...checkSecrets(root, texts),
    ...checkAuthWords(root),
    ...checkTolerance(root),
    ...checkServer(root),
    ...(known ? [] : [...checkTriggers(root), ...checkUnused(root), ...checkPollCare(root, texts)]),
  ];
}

/** After these nobody can say what is used. */
const MISLEADING: ReadonlySet<Problem['code']> = new Set([
  'yaml',
  'duplicate-key',
  'unknown-property',
  'missing-property',
  'wrong-type',
  'bad-value',
  'unknown-connection',
  'unknown-source',
  'unknown-field',
  'unknown-table',
  'unknown-variable',
  'expression',
  'text',
]);

/** What a field or parameter holds that isn't there. */
function strayValues(root: Node, problems: readonly Problem[]): readonly Span[] {
  const strays = problems.flatMap(({ code, at }) => (code === 'unknown-field' && at ? [at] : []));
  if (strays.length === 0) return [];
  const isStray = overlapping(strays);
  return entriesOf(child(root, 'syncs')).flatMap(({ value }) =>
    ['fields', 'with']
      .flatMap((block) => entriesOf(child(value, block)))
      .filter(({ key }) => isStray(key))
      .map((entry) => entry.value.at),
  );
}

function outside(places: readonly Span[], problems: readonly Problem[]): readonly Problem[] {
  const isInside = overlapping(places);
  return problems.filter(({ at }) => !at || !isInside(at));
}

/** One mistake, one problem: what is wrong where something was wrong before is its echo. */
function without(problems: readonly Problem[], before: readonly Problem[]): readonly Problem[] {
  return outside(
    before.flatMap(({ at }) => at ?? []),
    problems,
  );
}

/** By place, each once: an anchor's value is checked wherever it is used. */
export function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const unique = new Map<string, Problem>();
  for (const each of problems) {
    const words = ONE_AT_A_PLACE.has(each.code) ? '' : each.message;
    const name = `${each.at?.file ?? ''} ${each.at?.start ?? ''} ${each.code} ${words}`;
    if (!unique.has(name))
      unique.set(name, { ...each, message: cut(each.message), remedy: cut(each.remedy) });
  }
  return [...unique.values()].sort(
    (a, b) => (a.at?.file ?? '').localeCompare(b.at?.file ?? '') || (a.at?.start ?? 0) - (b.at?.start ?? 0),
  );
}

/** Told of the very name that is wrong: what differs in the words is from where an alias has led there. */
const ONE_AT_A_PLACE: ReadonlySet<Problem['code']> = new Set([
  'unknown-property',
  'unknown-field',
  'unknown-variable',
  'expression',
  'text',
]);

/** Characters of a message: the value seen may be a whole novel. */
const MOST_WORDS = 800;

function cut(words: string): string {
  return words.length > MOST_WORDS ? `${words.slice(0, MOST_WORDS)}…` : words;
}
