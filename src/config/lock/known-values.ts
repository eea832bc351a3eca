import type { Span } from '../../model/problem.ts';
import { textSpan } from '../checks/check-values.ts';
import { spanInside } from '../fill-variables.ts';
import type { Inspected } from '../inspections.ts';
import type { Texts } from '../texts.ts';
import { child, itemsOf } from '../tree.ts';
import type { Entry } from '../tree.ts';

/** A text that a field holds for some records. */
export interface KnownValue {
  readonly value: string;
  /** For people: in quotes, or as the variable that it came from. */
  readonly shown: string;
  readonly at: Span;
}

/** The texts that a field can be seen to yield: its literal, those of a list, or the texts an expression chooses from. */
export function knownValues(field: Entry, found: Inspected | undefined, texts: Texts): readonly KnownValue[] {
  if (!found) return literals(field);
  const { place, inspection } = found;
  const source = String(place.node.value);
  if (source.includes('${')) return [];
  const values = (inspection.type.values ?? []).filter((value) => typeof value === 'string');
  const whole = spanInside(texts, place.node, 0, source.length);
  return values.map((value) => ({
    value,
    shown: JSON.stringify(value),
    at: textSpan(value, found, texts) ?? whole,
  }));
}

function literals({ value: node }: Entry): readonly KnownValue[] {
  const literal = node.kind === 'map' ? child(node, 'value') : node;
  return itemsOf(literal).flatMap((item) => {
    if (item.kind !== 'scalar' || typeof item.value !== 'string' || item.value.includes('${')) return [];
    return [{ value: item.value, shown: item.raw ?? JSON.stringify(item.value), at: item.at }];
  });
}
