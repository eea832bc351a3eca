import { inspectExpression, inspectText } from '../expression/inspect.ts';
import type { Inspection, World } from '../expression/inspect.ts';
import { ANY, itemOf, orNothing, typeOf } from '../expression/types/static-type.ts';
import type { StaticType } from '../expression/types/static-type.ts';
import { typeOfConstant, typeOfRecords } from '../expression/types/type-of-value.ts';
import type { Json } from '../model/json.ts';
import { varsOf } from './language-of.ts';
import { placesOf } from './places.ts';
import type { Place } from './places.ts';
import type { Samples } from './samples.ts';
import { child, entriesOf, textOf } from './tree.ts';
import type { Entry, Node } from './tree.ts';

/** An expression or text that sees a record, and what can be known of it. */
export interface Inspected {
  readonly place: Place;
  /** The source of the record. */
  readonly source: string;
  readonly inspection: Inspection;
  /** The names that the record is known to have, or the element that stands for it; nothing without a sample. */
  readonly known: ReadonlySet<string> | undefined;
  /** The source names a sample, and it can't be read. */
  readonly isBlind: boolean;
  /** With `each`: those of the whole record. */
  readonly around: ReadonlySet<string> | undefined;
  /** The same where nothing is known of the record: what then still holds, holds for all records. */
  readonly unsampled: () => Inspection;
}

/** A world, and the names that are known in it. */
interface KnownWorld extends Pick<Inspected, 'known' | 'around'> {
  readonly world: World;
}

/** Every expression on a record that compiles. */
export function inspectAll(root: Node, samples: Samples): readonly Inspected[] {
  const worlds = new Map<string, World>();
  const knownWorlds = new Map<string, KnownWorld>();
  const vars = typeOfVars(root);
  return placesOf(root).flatMap((place) => {
    const source = sourceOf(root, place);
    if (source === undefined) return [];
    const [block, name, part] = place.path;
    const seenBy = `${String(block)} ${String(name)}${part === 'each' ? ' each' : ''}`;
    const seen = knownWorlds.get(seenBy) ?? knownWorld(worldOf(root, place, source, samples, vars, worlds));
    knownWorlds.set(seenBy, seen);
    const { world, known, around } = seen;
    const inspection = inspect(place, world);
    if (!inspection) return [];
    const unsampled = () => inspect(place, unknown(world)) ?? inspection;
    const isBlind = child(root, 'sources', source, 'sample') !== undefined && !samples.has(source);
    return [{ place, source, inspection, known, around, isBlind, unsampled }];
  });
}

function knownWorld(world: World): KnownWorld {
  const [known, around] = [world.record, world.variables.get('record')].map(
    (record) => record?.fields && new Set(record.fields.keys()),
  );
  return { world, known, around };
}

/** What is known of a field or parameter of a sync; nothing where it is no expression or text, or doesn't compile. */
export type InspectedField = (sync: Entry, field: Entry) => Inspected | undefined;

/** By the scalar, as a path would have to be written out for each; one with an alias stands in several syncs. */
export function inspectedFields(inspected: readonly Inspected[]): InspectedField {
  const byNode = Map.groupBy(inspected, ({ place }): Node => place.node);
  return (sync, { value }) => {
    const written = value.kind === 'map' ? (child(value, 'expr') ?? child(value, 'text')) : value;
    return written && byNode.get(written)?.find(({ place }) => place.path[1] === sync.name);
  };
}

/** The same names, and nothing known of what they hold. */
function unknown({ variables }: World): World {
  return { record: ANY, variables: new Map([...variables.keys()].map((name) => [name, ANY])) };
}

/** Nothing where it doesn't compile: that was told. */
function inspect({ is, node }: Place, world: World): Inspection | undefined {
  try {
    const source = String(node.value);
    return is === 'expression' ? inspectExpression(source, world) : inspectText(source, world);
  } catch {
    return undefined;
  }
}

const OF_THE_RECORD = ['key', 'updatedAt', 'deleted', 'let'];

/** The source whose record an expression sees; nothing where it sees none. */
function sourceOf(root: Node, { path }: Place): string | undefined {
  const [block, name = '', part = ''] = path;
  if (block === 'sources') return OF_THE_RECORD.includes(String(part)) ? String(name) : undefined;
  const from = block === 'syncs' ? textOf(child(root, 'syncs', name, 'from')) : undefined;
  return from !== undefined && child(root, 'sources', from) ? from : undefined;
}

function worldOf(
  root: Node,
  { path }: Place,
  source: string,
  samples: Samples,
  vars: StaticType,
  worlds: Map<string, World>,
): World {
  const whole = worlds.get(source) ?? worldOfSource(root, source, samples, vars);
  worlds.set(source, whole);
  const sync = path[0] === 'syncs' ? child(root, 'syncs', path[1]!) : undefined;
  const world = child(sync, 'call') ? withBefore(whole) : whole;
  const each = textOf(child(sync, 'each'));
  if (each === undefined || path[2] === 'each') return world;
  return {
    record: elementOf(each, world),
    variables: new Map([...world.variables, ['record', whole.record]]),
  };
}

function withBefore({ record, variables }: World): World {
  return { record, variables: new Map([...variables, ['before', orNothing(record)]]) };
}

/** What the fields of a sync with `each` see: one element of the list. */
function elementOf(each: string, world: World): StaticType {
  try {
    const { type } = inspectExpression(each, world);
    if (type.kinds.has('list')) return itemOf(type);
    // That a text is no list was told: nothing follows of what its elements have.
    return type.kinds.has('object') ? type : ANY;
  } catch {
    return ANY;
  }
}

function worldOfSource(root: Node, source: string, samples: Samples, vars: StaticType): World {
  const node = child(root, 'sources', source);
  const sample = samples.get(source);
  const keepEmpty = textOf(child(node, 'empty')) === 'keep';
  const record = sample ? typeOfRecords(sample, keepEmpty) : ANY;
  const variables = new Map<string, StaticType>([
    ['event', typeOf('string', 'nothing')],
    ['vars', vars],
  ]);
  for (const { name, value } of entriesOf(child(node, 'let'))) {
    const text = textOf(value);
    const type = text === undefined ? ANY : typeOfLet(text, { record, variables: new Map(variables) });
    variables.set(name, type);
  }
  return { record, variables };
}

function typeOfLet(source: string, world: World): StaticType {
  try {
    const { type, findings } = inspectExpression(source, world);
    // What is wrong with it was told: nothing follows of what it yields.
    return findings.some((each) => each.type === 'unknown-name' || each.type === 'misuse') ? ANY : type;
  } catch {
    return ANY;
  }
}

/** A tenant may have others. */
function typeOfVars(root: Node): StaticType {
  if (child(root, 'tenants')) return ANY;
  const { kinds, fields } = typeOfConstant(varsOf(root) as Json);
  return { kinds, ...(fields ? { fields } : {}) };
}
