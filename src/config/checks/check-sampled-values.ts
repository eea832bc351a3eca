import type { Catalog } from '../../catalog/load.ts';
import type { JsonSchema } from '../../catalog/schema.ts';
import { typeOfConstant } from '../../expression/types/type-of-value.ts';
import { withOffset } from '../../expression/functions/with-offset.ts';
import type { Json } from '../../model/json.ts';
import type { Problem } from '../../model/problem.ts';
import { countryMeant } from '../country-code.ts';
import { spanInside } from '../fill-variables.ts';
import { languageOf, settingsOf } from '../language-of.ts';
import { mismatchOf, wrongValue } from '../mismatch.ts';
import type { Mismatch } from '../mismatch.ts';
import { problemAt, warningAt } from '../problem-at.ts';
import type { Files } from '../reading.ts';
import { brokenLet, runsOn, tried } from '../sample-runs.ts';
import type { BrokenLet, Run } from '../sample-runs.ts';
import type { SampleRecord } from '../samples.ts';
import { fieldSchemas, ghlResourceOf } from '../target-of.ts';
import { child, entriesOf, textOf } from '../tree.ts';
import type { Entry, Node, ScalarNode } from '../tree.ts';

/** Fields that every record of the sample fills with what the target can't take, or with what a function can't read. */
export async function checkSampledValues(
  root: Node,
  { texts, samples, documents }: Pick<Files, 'texts' | 'samples' | 'documents'>,
  catalog: Catalog,
): Promise<readonly Problem[]> {
  if (samples.size === 0) return [];
  const settings = settingsOf(root);
  const language = languageOf(root);
  const problems: Problem[] = [];
  const broken = new Map<string, BrokenLet | undefined>();
  for (const { value: sync } of entriesOf(child(root, 'syncs'))) {
    const name = textOf(child(sync, 'from')) ?? '';
    const sample = samples.get(name);
    if (!sample || child(sync, 'each')) continue;
    const source = child(root, 'sources', name);
    const runs = runsOn(source, language);
    if (!broken.has(name)) {
      const found = await brokenLet(source, runs, sample);
      broken.set(name, found);
      if (found) problems.push(letProblem(found));
    }
    if (broken.get(name)) continue;
    const schemas = fieldSchemas(root, sync, { catalog, documents: documents ?? new Map() });
    const instants = ghlResourceOf(root, sync)?.instants ?? [];
    for (const field of mappingsOf(sync)) {
      const schema = schemas[field.name] ?? {};
      if (!isTelling(schema, field.source) || isUnsettled(root, field.source)) continue;
      const run = runs(field.source);
      if (!run) continue;
      const asSent = (value: unknown): unknown =>
        instants.includes(field.name) ? withOffset(value, settings) : value;
      const found = await judge(root, field, run, sample, (value) =>
        mismatchWith(schema, asSent(value), field.source),
      );
      if (!found) continue;
      const at = spanInside(texts, field.node, 0, field.source.length);
      problems.push({
        ...problemAt(found.code, at, found.message, found.remedy),
        severity: 'warning',
      });
    }
  }
  return problems;
}

/** Nothing comes of any record, whatever the syncs say: that is told at the name that fails, and not at each field. */
function letProblem({ entry, words }: BrokenLet): Problem {
  const message = `every record of the sample fails here: ${words}`;
  const remedy = `without $${entry.name} no record is synced: give the function or operator what it can read`;
  return warningAt('never-written', entry.value.at, message, remedy);
}

interface Mapping {
  readonly name: string;
  readonly source: string;
  readonly node: ScalarNode;
}

/** Fields and parameters that are expressions. */
function mappingsOf(sync: Node): readonly Mapping[] {
  return ['fields', 'with'].flatMap((block) =>
    entriesOf(child(sync, block)).flatMap(({ name, value }: Entry) => {
      const node = value.kind === 'map' ? child(value, 'expr') : value;
      return node?.kind === 'scalar' && typeof node.value === 'string'
        ? [{ name, source: node.value, node }]
        : [];
    }),
  );
}

/** Only these are worth a look at the records: a value can be wrong, or unreadable. */
function isTelling({ type, enum: choices, format, pattern, items }: JsonSchema, source: string): boolean {
  if (['number', 'integer', 'boolean'].includes(type ?? '')) return true;
  return Boolean(choices ?? items?.enum ?? format ?? pattern) || /\$(?:zoned|date|e164|num)\(/.test(source);
}

/** Of a number or a truth value also the kind: what an expression may yield is not known before it runs. */
function mismatchWith(schema: JsonSchema, value: unknown, source: string): Mismatch | undefined {
  if (typeof value === 'string' && ['number', 'integer', 'boolean'].includes(schema.type ?? ''))
    return mismatchOf(schema, typeOfConstant(value), source);
  return typeof value === 'string' ? wrongValue(schema, [value]) : undefined;
}

interface Found {
  readonly code: 'bad-value' | 'list-for-one' | 'wrong-type' | 'never-written';
  readonly message: string;
  readonly remedy: string;
}

/** Nothing as soon as one record is right. What fails for some is a run's to tell; for all, it was hardly meant. */
async function judge(
  root: Node,
  { name, source }: Mapping,
  run: Run,
  records: readonly SampleRecord[],
  mismatch: (value: unknown) => Mismatch | undefined,
): Promise<Found | undefined> {
  const dropped: string[] = [];
  const failures: string[] = [];
  let first: Mismatch | undefined;
  for (const record of records) {
    const yielded = await tried(run, record, dropped, failures);
    if (yielded === undefined) continue;
    const wrong = mismatch(yielded);
    if (!wrong) return undefined;
    first ??= wrong;
  }
  // The zone of the whole file was told, or is only known when something runs.
  const zone = JSON.stringify(textOf(child(root, 'timezone')) ?? null);
  const forAll =
    failures.length === records.length && !failures[0]?.startsWith(`there is no time zone ${zone}`);
  if (failures.length > 0) return forAll ? failsForAll(name, source, failures[0]!) : undefined;
  if (first) return wrongForAll(name, source, first);
  return dropped[0] === undefined ? undefined : neverRead(name, dropped[0], lacksCountry(root, source));
}

function failsForAll(name: string, source: string, words: string): Found {
  const parts = /\$zoned\(\s*([\w.]+)\s*,\s*([\w.]+)\s*\)/.exec(source);
  const isZone = words.startsWith('there is no time zone');
  const remedy =
    parts && isZone
      ? `the second argument is a time zone; a day and a time are joined: $zoned(${parts[1]!} & " " & ${parts[2]!})`
      : `${name} is never written: give the function what it can read`;
  return { code: 'never-written', message: `every record of the sample fails here: ${words}`, remedy };
}

function wrongForAll(name: string, source: string, { code, takes, seen, remedy, value }: Mismatch): Found {
  const message =
    code === 'wrong-type'
      ? `${name} takes ${takes}, and for every record of the sample this is ${seen}`
      : `${name} takes ${takes}, and no record of the sample gives it one: ${shortened(seen)}`;
  const meant = /^did you mean "(.*)"\?$/.exec(remedy)?.[1];
  // The choices stand in the message.
  if (meant === undefined && !remedy.startsWith('known')) return { code, message, remedy };
  return { code, message, remedy: turned(source, value, meant) };
}

/** What would make the right value of the wrong one. */
function turned(source: string, value: Json | undefined, meant: string | undefined): string {
  const shown = source.length > 40 || /[^\w.$]/.test(source) ? '(…)' : source;
  if (typeof value === 'string' && value.toLowerCase() === meant) return `write $lowercase(${shown})`;
  return `say what stands for what: ${shown} = ${JSON.stringify(value)} ? ${meant === undefined ? '…' : JSON.stringify(meant)} : …`;
}

function neverRead(name: string, words: string, isNational: boolean): Found {
  const remedy = isNational
    ? 'these are numbers without the code of a country: add "country: GB", or yours, to the file'
    : `${name} is never written: give the function what it can read`;
  return { code: 'never-written', message: `no record of the sample yields anything here: ${words}`, remedy };
}

/** A country that is only known when something runs, or is told to be none. */
function isUnsettled(root: Node, source: string): boolean {
  return source.includes('$e164(') && child(root, 'country') !== undefined && !isCountry(root);
}

function lacksCountry(root: Node, source: string): boolean {
  return source.includes('$e164(') && !isCountry(root);
}

function isCountry(root: Node): boolean {
  const country = textOf(child(root, 'country'));
  return country !== undefined && countryMeant(country) === country;
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
