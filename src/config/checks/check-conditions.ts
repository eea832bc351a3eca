import { readsInput } from '../../expression/reads-input.ts';
import { comparedWithNothing } from '../../expression/compared-texts.ts';
import { truthOf } from '../../expression/types/infer-logic.ts';
import { constantOf, inWords, isKnown, mayBe } from '../../expression/types/static-type.ts';
import type { StaticType } from '../../expression/types/static-type.ts';
import type { Problem } from '../../model/problem.ts';
import { spanInside } from '../fill-variables.ts';
import type { Inspected } from '../inspections.ts';
import { problemAt, warningAt } from '../problem-at.ts';
import type { Texts } from '../texts.ts';
import { child, textOf } from '../tree.ts';
import type { Node } from '../tree.ts';

/** A `when` that no record satisfies, an `each` that has nothing to take apart, and a key that is always the same. */
export function checkConditions(
  root: Node,
  inspected: readonly Inspected[],
  texts: Texts,
): readonly Problem[] {
  return inspected.flatMap((each) => {
    const missing = equalsMissing(root, each, texts);
    return [
      ...missing,
      ...(missing.length > 0 ? [] : neverTrue(each, texts)),
      ...alwaysText(each, texts),
      ...noList(each, texts),
      ...oneKey(each, texts),
      ...sameForAll(root, each, texts),
      ...noKey(each, texts),
    ];
  });
}

/** `email = null`: what is null or "" in a record is missing, and what is missing equals nothing. */
function equalsMissing(root: Node, { place, source }: Inspected, texts: Texts): readonly Problem[] {
  if (place.is !== 'expression' || textOf(child(root, 'sources', source, 'empty')) === 'keep') return [];
  const expression = String(place.node.value);
  return comparedWithNothing(expression).map(({ name, offset, length }) => {
    const at = spanInside(texts, place.node, offset, length);
    const seen = expression.slice(offset, offset + length);
    const message = `nothing equals ${seen}: a field that is null or "" counts as missing`;
    const problem = problemAt('always-false', at, message, `write $not($exists(${name}))`);
    return { ...problem, severity: 'warning' };
  });
}

/** `when: "'status = Confirmed'"`: a text, which is always true. */
function alwaysText({ place, inspection }: Inspected, texts: Texts): readonly Problem[] {
  const constant = constantOf(inspection.type);
  const isWhen = place.path[0] === 'syncs' && place.path.at(-1) === 'when';
  if (!isWhen || typeof constant !== 'string' || constant === '') return [];
  const source = String(place.node.value);
  const at = spanInside(texts, place.node, 0, source.length);
  const message = `the text ${JSON.stringify(constant)} alone is always true`;
  const inner = /^(['"])(.*)\1$/.exec(source.trim())?.[2];
  const remedy =
    inner === undefined ? 'compare it with something' : `write a condition, without these quotes`;
  return [warningAt('always-true', at, message, remedy)];
}

/** A key is one text or number: a record whose key is a list, an object or a truth value has none. */
function noKey({ place, inspection, unsampled }: Inspected, texts: Texts): readonly Problem[] {
  const { type, findings } = inspection;
  const name = String(place.path.at(-1));
  const isTime = name === 'updatedAt';
  const isKey = name === 'key' && (place.path.length === 3 || place.path[2] === 'parent');
  if (!(isKey || isTime) || findings.length > 0 || !isKnown(type) || isOneValue(type)) return [];
  const source = String(place.node.value);
  const shown = source.length > 40 ? 'this' : source;
  const at = spanInside(texts, place.node, 0, source.length);
  const message = `${isTime ? 'updatedAt is one time' : 'a key is one text or number'}, and ${shown} is ${inWords(type)}`;
  const remedy = isTime
    ? 'name the field that holds the time of the last change'
    : type.kinds.has('function')
      ? `call it: ${shown}(…)`
      : 'name a field that identifies a record';
  const problem = problemAt('wrong-type', at, message, remedy);
  const isCertain = isKnown(unsampled().type) && !isOneValue(unsampled().type);
  return [isCertain ? problem : { ...problem, severity: 'warning' }];
}

function isOneValue(type: StaticType): boolean {
  return mayBe(type, 'string') || mayBe(type, 'number');
}

/** `each: title`, where a title is text: there is nothing to take apart. */
function noList({ place, inspection }: Inspected, texts: Texts): readonly Problem[] {
  const { type } = inspection;
  const isEach = place.path[0] === 'syncs' && place.path.length === 3 && place.path[2] === 'each';
  if (!isEach || !isKnown(type) || mayBe(type, 'list') || mayBe(type, 'object')) return [];
  const source = String(place.node.value);
  const at = spanInside(texts, place.node, 0, source.length);
  const shown = source.length > 40 ? 'this' : source;
  const message = `each takes a list of objects, and ${shown} is ${inWords(type)}`;
  const problem = problemAt('wrong-type', at, message, 'name a list of the record');
  return [{ ...problem, severity: 'warning' }];
}

/** `each: items` with `key: $record.booking_id`: all elements of a record have one key, and are one target. */
function sameForAll(root: Node, { place }: Inspected, texts: Texts): readonly Problem[] {
  const [block, sync = '', part] = place.path;
  const isOwn = block === 'syncs' && part === 'key' && place.path.length === 3;
  if (!isOwn || !child(root, 'syncs', sync, 'each')) return [];
  const source = String(place.node.value);
  if (readsInput(source)) return [];
  const at = spanInside(texts, place.node, 0, source.length);
  const message = 'every element of a record has the same key, as nothing in it is read of the element';
  const remedy = `add what tells the elements apart: '${source.trim()} & "-" & …', with a field of theirs`;
  return [warningAt('bad-value', at, message, remedy)];
}

/** `key: '"booking_id"'`: a source of one record. */
function oneKey({ place, inspection }: Inspected, texts: Texts): readonly Problem[] {
  const constant = constantOf(inspection.type);
  if (place.path[0] !== 'sources' || place.path[2] !== 'key' || constant === undefined) return [];
  const at = spanInside(texts, place.node, 0, String(place.node.value).length);
  const message = `every record has the same key, ${JSON.stringify(constant)}`;
  const problem = problemAt(
    'bad-value',
    at,
    message,
    'name the field that identifies a record, without quotes',
  );
  return [{ ...problem, severity: 'warning' }];
}

function neverTrue({ place, inspection, unsampled }: Inspected, texts: Texts): readonly Problem[] {
  if (truthOf(inspection.type) !== false) return [];
  const isWhen = place.path[0] === 'syncs' && place.path.at(-1) === 'when';
  const source = String(place.node.value);
  // In a field `false` may be meant: what compares and is never true is not.
  const isField =
    place.path.some((part) => part === 'fields' || part === 'with') &&
    constantOf(inspection.type) === false &&
    source.trim() !== 'false';
  const explained = inspection.findings.some(({ type }) => type !== 'missing-is-not-unequal');
  if (!(isWhen || isField) || explained) return [];
  const at = spanInside(texts, place.node, 0, source.length);
  const isRule = place.path.includes('tags');
  const off = isRule ? 'or remove the rule' : 'or write enabled: false to switch the sync off';
  // Other syncs go on: a sync that never does anything is no reason to stop them.
  const last = isField ? 'or write false' : off;
  const warn = (message: string, remedy: string): Problem[] => [
    warningAt('always-false', at, message, remedy),
  ];
  const [why] = inspection.unequal;
  const reason = why === undefined ? '' : `: ${why}`;
  if (truthOf(unsampled().type) === false)
    return warn(`this condition is false for every record${reason}`, `correct it, ${last}`);
  const message = `this condition is false for every record like those of the sample${reason || ': its two sides are never of one type'}`;
  const remedy = `compare with a value of the same type, such as "1" or 1, true or "true", ${last}`;
  return warn(message, remedy);
}
