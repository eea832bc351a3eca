import type { Catalog } from '../../catalog/load.ts';
import type { JsonSchema } from '../../catalog/schema.ts';
import { isKnown, itemOf, kindsOf, onlyList } from '../../expression/types/static-type.ts';
import type { StaticType } from '../../expression/types/static-type.ts';
import { typeOfConstant } from '../../expression/types/type-of-value.ts';
import type { Problem, Span } from '../../model/problem.ts';
import { spanInside } from '../fill-variables.ts';
import { inspectedFields } from '../inspections.ts';
import type { Inspected } from '../inspections.ts';
import { customFieldSchemas } from '../lock/custom-field-schemas.ts';
import { mismatchOf } from '../mismatch.ts';
import type { Mismatch } from '../mismatch.ts';
import { problemAt, warningAt } from '../problem-at.ts';
import type { Files } from '../reading.ts';
import { fieldSchemas } from '../target-of.ts';
import type { Texts } from '../texts.ts';
import { child, entriesOf, looseStrings, textOf, valueOf } from '../tree.ts';
import type { Entry, Node } from '../tree.ts';

/** Values of fields and parameters that HighLevel would refuse, and fields that would never be written. */
export function checkValues(
  root: Node,
  inspected: readonly Inspected[],
  { texts, lock, documents }: Pick<Files, 'texts' | 'lock' | 'documents'>,
  catalog: Catalog,
): readonly Problem[] {
  const inspectedField = inspectedFields(inspected);
  return entriesOf(child(root, 'syncs')).flatMap((sync) => {
    const schemas = fieldSchemas(root, sync.value, { catalog, documents: documents ?? new Map() });
    const custom = customFieldSchemas(root, sync.value, lock);
    const blocks = [
      [['fields'], schemas],
      [['with'], schemas],
      [['fields', 'customFields'], custom],
    ] as const;
    return blocks.flatMap(([path, known]) =>
      entriesOf(child(sync.value, ...path)).flatMap((field) => {
        const found = inspectedField(sync, field);
        if (found && path.length === 2 && !known[field.name]) return objectProblems(field.name, found, texts);
        if (found) return expressionProblems(field.name, known[field.name], found, texts);
        return literalProblems(field, known[field.name]);
      }),
    );
  });
}

function literalProblems({ name, value }: Entry, schema: JsonSchema | undefined): readonly Problem[] {
  if (textOf(value) !== undefined) return []; // an expression that nobody looked at
  const literal = value.kind === 'map' ? child(value, 'value') : value;
  if (!schema || !literal || name === 'customFields') return [];
  const filledIn = looseStrings(literal).some((text) => text.includes('${'));
  if (filledIn || (literal.kind === 'scalar' && (literal.raw !== undefined || literal.value === null)))
    return [];
  const mismatch = mismatchOf(schema, typeOfConstant(valueOf(literal)), '');
  if (!mismatch) return [];
  const shown = JSON.stringify(valueOf(literal));
  const remedy = mismatch.code === 'bad-value' ? mismatch.remedy : literalRemedy(schema, shown);
  const seen = shown.length > 60 ? mismatch.seen : shown;
  return [problemAt(mismatch.code, literal.at, `${name} takes ${mismatch.takes}, not ${seen}`, remedy)];
}

function literalRemedy({ type }: JsonSchema, shown: string): string {
  if (type === 'string') return `write { value: ${JSON.stringify(shown)} }`;
  if (type === 'boolean') return 'write true or false, or a condition';
  return `write ${type === 'object' ? 'an object' : 'a number'}`;
}

function expressionProblems(
  name: string,
  schema: JsonSchema | undefined,
  { place, inspection, unsampled }: Inspected,
  texts: Texts,
): readonly Problem[] {
  // What is wrong inside it was told, and would be told here by its effect.
  if (inspection.findings.some(({ type }) => type !== 'missing-is-not-unequal')) return [];
  const source = String(place.node.value);
  const whole = (): Span => spanInside(texts, place.node, 0, source.length);
  if (isNever(inspection.type)) return isNever(unsampled().type) ? [neverWritten(name, whole())] : [];
  const bare = schema?.enum?.includes(source.trim()) && place.is === 'expression';
  if (bare) return [bareChoice(name, source.trim(), whole())];
  const mismatch = schema && !source.includes('${') ? mismatchOf(schema, inspection.type, source) : undefined;
  if (!schema || !mismatch) return [];
  const certain = !mismatch.sometimes && mismatchOf(schema, unsampled().type, source);
  const at = textSpan(mismatch.value, { place, inspection }, texts) ?? whole();
  const yields =
    mismatch.value === undefined
      ? `and this ${mismatch.sometimes ? 'may be' : 'is'} ${mismatch.seen}`
      : `not ${mismatch.seen}`;
  const problem = problemAt(mismatch.code, at, `${name} takes ${mismatch.takes}, ${yields}`, mismatch.remedy);
  return [certain ? problem : { ...problem, severity: 'warning' }];
}

/** Nobody pulled what the location's custom fields are: none of them takes an object as a record holds it. */
function objectProblems(name: string, { place, inspection }: Inspected, texts: Texts): readonly Problem[] {
  const { type, findings } = inspection;
  const isList = isKnown(type) && onlyList(type);
  const held = isList ? itemOf(type) : type;
  const isObject = held.fields !== undefined && kindsOf(held).every((kind) => kind === 'object');
  if (!isObject || findings.length > 0 || place.is !== 'expression') return [];
  const source = String(place.node.value);
  const path = /^[\w$.]+$/.test(source) ? source : '…';
  const [field = '…'] = [...held.fields].flatMap(([each, { kinds }]) => (kinds.has('string') ? [each] : []));
  const message = `${name} takes text, a number or a list of them, and this is ${isList ? 'a list of objects' : 'an object'}`;
  const example = isList ? `$join(${path}.${field}, ", ")` : `${path}.${field}`;
  const remedy = `name one of ${isList ? 'their' : 'its'} fields: ${path === '…' ? field : example}`;
  const at = spanInside(texts, place.node, 0, source.length);
  return [warningAt('wrong-type', at, message, remedy)];
}

/** Where a text stands in the expression, with its quotes. */
export function textSpan(
  value: Mismatch['value'],
  { place, inspection }: Pick<Inspected, 'place' | 'inspection'>,
  texts: Texts,
): Span | undefined {
  const found = inspection.yields.find(({ text }) => text === value);
  return found && spanInside(texts, place.node, found.offset, found.length);
}

function isNever({ kinds }: StaticType): boolean {
  return [...kinds].every((kind) => kind === 'nothing' || kind === 'null');
}

function neverWritten(name: string, at: Span): Problem {
  const message = `this yields nothing for every record: ${name} is never written`;
  return problemAt(
    'never-written',
    at,
    message,
    'write { value: null } to clear the field, or remove the line',
  );
}

function bareChoice(name: string, word: string, at: Span): Problem {
  const message = `${word} is read as the name of a field of the record`;
  const problem = problemAt(
    'unknown-name',
    at,
    message,
    `write ${name}: { value: ${word} } for the word itself`,
  );
  return { ...problem, severity: 'warning' };
}
