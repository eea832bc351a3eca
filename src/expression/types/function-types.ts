import { ANY, asSingle, either, isKnown, itemOf, mayBe, orNothing, present, typeOf } from './static-type.ts';
import type { Kind, StaticType } from './static-type.ts';

/** What functions yield, by kind; those that are not here may yield anything. */
const BY_KIND: readonly (readonly [kinds: readonly Kind[], names: string])[] = [
  [
    ['string'],
    'string substring substringBefore substringAfter lowercase uppercase trim pad replace join formatNumber formatBase ' +
      'formatInteger base64encode base64decode encodeUrlComponent encodeUrl decodeUrlComponent decodeUrl type fromMillis',
  ],
  [['number'], 'sum count length floor ceil round abs sqrt power number parseInteger toMillis'],
  [['number', 'nothing'], 'max min average num'],
  [['string', 'nothing'], 'e164 zoned date slug'],
  [['boolean'], 'boolean not exists contains yes'],
  [['list'], 'split'],
  [['object'], 'merge'],
];

/** These answer even where they are given nothing. */
const ALWAYS: ReadonlySet<string> = new Set(['not', 'exists', 'count', 'join']);

const TYPES: ReadonlyMap<string, StaticType> = new Map(
  BY_KIND.flatMap(([kinds, names]) => names.split(' ').map((name) => [name, typeOf(...kinds)] as const)),
);

/** What a function hands to the one that it is given, of the list that stands before that. */
export function handedTo(name: string | undefined, list: StaticType | undefined): readonly StaticType[] {
  const element = list && isKnown(list) ? elementOf(list) : ANY;
  if (name === 'map' || name === 'filter' || name === 'single') return [element, typeOf('number')];
  if (name === 'sort') return [element, element];
  return name === 'reduce' ? [ANY, element, typeOf('number')] : [];
}

/** One value counts as a list of one. */
function elementOf(list: StaticType): StaticType {
  if (!mayBe(list, 'list')) return present(list);
  return present(either(itemOf(list), asSingle(list)));
}

/** A list, or the one that it would hold, or nothing. */
function listOf(item: StaticType): StaticType {
  return orNothing(either(asSingle(item), { ...typeOf('list'), item: elementOf(item) }));
}

/** What a call of a function yields, by what it is given; nothing where its first argument is missing. */
export function typeOfCall(name: string, given: readonly StaticType[]): StaticType {
  const [first, second] = given;
  if (name === 'map' && second?.yields && isKnown(second.yields)) return listOf(second.yields);
  if (name === 'filter' && first && isKnown(first) && mayBe(first, 'list')) return listOf(elementOf(first));
  const type = TYPES.get(name);
  if (type === undefined) return ANY;
  const mayLack = first === undefined || mayBe(first, 'nothing');
  return mayLack && !ALWAYS.has(name) ? orNothing(type) : type;
}
