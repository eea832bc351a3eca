import type { Language } from '../expression/language.ts';
import type { Problem } from '../model/problem.ts';
import type { Catalog } from '../catalog/load.ts';
import { checkBuilt } from './check-built.ts';
import { checkCalls } from './check-calls.ts';
import { checkEmpty } from './check-empty.ts';
import { checkExpressions } from './check-expressions.ts';
import { checkFields, unknownFields } from './check-fields.ts';
import type { ResourceFields } from './check-fields.ts';
import { checkFinding } from './check-finding.ts';
import { checkHttpTargets } from './check-http-targets.ts';
import { checkReferences } from './check-references.ts';
import { checkTargets } from './check-targets.ts';
import type { ShapeCheck } from './check-schema.ts';
import { checkTimes } from './check-times.ts';
import { checkVariables } from './check-variables.ts';
import { checkWas } from './check-was.ts';
import { checkWebhooks } from './check-webhooks.ts';
import { overlaps } from './problem-at.ts';
import { rename } from './rename.ts';
import type { Reading } from './reading.ts';
import type { Texts } from './texts.ts';
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

/** A config's files → everything that is wrong with it, without environment or network. */
export function check({ root, problems, texts }: Reading, knowledge: Knowledge): Checked {
  if (!root) return { problems };
  const { problems: found, renames } = knowledge.shape(root);
  const meant = rename(root, renames);
  // A field that is not there needs no right value.
  const strangers = unknownFields(meant, knowledge.fields).map(({ value }) => value.at);
  const shape = without(found, problems).filter(
    ({ at }) => !at || !strangers.some((field) => overlaps(field, at)),
  );
  const rest = without(checkMeaning(meant, texts, knowledge), [...problems, ...shape]);
  return { root, problems: inOrder([...problems, ...shape, ...rest]) };
}

/** The checks that look at one thing each; also run on a tree with its variables filled in. */
export function checkMeaning(root: Node, texts: Texts, knowledge: Knowledge): readonly Problem[] {
  return [
    ...checkBuilt(root),
    ...checkReferences(root, knowledge.resources),
    ...checkVariables(root, texts),
    ...checkTimes(root),
    ...checkWebhooks(root),
    ...checkTargets(root),
    ...checkEmpty(root),
    ...checkFinding(root, knowledge.fields),
    ...checkHttpTargets(root),
    ...checkWas(root),
    ...checkCalls(root, knowledge.catalog),
    ...checkFields(root, knowledge.fields),
    ...checkExpressions(root, texts, knowledge.language(root)),
  ];
}

/** One mistake, one problem: what is wrong where something was wrong before is its echo. */
function without(problems: readonly Problem[], before: readonly Problem[]): readonly Problem[] {
  return problems.filter(
    ({ at }) => !at || !before.some((earlier) => earlier.at && overlaps(earlier.at, at)),
  );
}

/** By place, each once: an anchor's value is checked wherever it is used. */
export function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const unique = new Map(
    problems.map((each) => [
      `${each.at?.file ?? ''} ${each.at?.start ?? ''} ${each.code} ${each.message}`,
      each,
    ]),
  );
  return [...unique.values()].sort(
    (a, b) => (a.at?.file ?? '').localeCompare(b.at?.file ?? '') || (a.at?.start ?? 0) - (b.at?.start ?? 0),
  );
}
