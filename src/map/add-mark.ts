import type { Desired } from '../model/desired.ts';
import type { Json } from '../model/json.ts';
import { withoutMark } from '../model/mark.ts';
import type { Fields } from '../model/step.ts';

/**
 * The desired state with a mark at the end of its text. It is part of what is wanted, so no update takes it away and no
 * comparison sees a difference. A text that the mapping leaves alone gets the mark with the create only: on a target that
 * was there before it would take a person's words away.
 */
export function addMark(desired: Desired, field: string, mark: string): Desired {
  const { always, onCreate, onEmpty } = desired;
  if (always[field] !== undefined) return { ...desired, always: marked(always, field, mark) };
  if (onEmpty?.[field] !== undefined) return { ...desired, onEmpty: marked(onEmpty, field, mark) };
  return { ...desired, onCreate: marked(onCreate, field, mark) };
}

function marked(fields: Fields, field: string, mark: string): Fields {
  return { ...fields, [field]: withMark(fields[field], mark) };
}

function withMark(value: Json | undefined, mark: string): Json {
  if (value === undefined || value === null) return mark;
  // A list is refused where it is delivered.
  if (typeof value === 'object') return value;
  const text = withoutMark(String(value)).trimEnd();
  return text === '' ? mark : `${text} ${mark}`;
}
