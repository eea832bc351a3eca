import { ANY, mayBe, orNothing, typeOf } from './static-type.ts';
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

/** What a call of a function yields; nothing where its first argument is missing. */
export function typeOfCall(name: string, first: StaticType | undefined): StaticType {
  const type = TYPES.get(name);
  if (type === undefined) return ANY;
  const mayLack = first === undefined || mayBe(first, 'nothing');
  return mayLack && !ALWAYS.has(name) ? orNothing(type) : type;
}
