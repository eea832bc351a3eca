import type { Problem } from '../../model/problem.ts';
import { didYouMean, nearest } from '../nearest.ts';
import { otherFieldFor } from '../other-words.ts';
import { problemAt } from '../problem-at.ts';
import { child, entriesOf, textOf } from '../tree.ts';
import type { Entry, Node } from '../tree.ts';

/** The fields of a resource of a ghl connection, by its name; nothing for a name that is none. */
export type ResourceFields = (resource: string) => readonly string[] | undefined;

/** Properties of a sync that are easily put under `fields`. */
const BESIDE = ['tags', 'onDelete', 'onLeave', 'when', 'key', 'parent'];

/** What the runner knows from the connection and the parent. */
const FILLED = ['locationId', 'contactId', 'appointmentId'];

interface UnknownField extends Entry {
  readonly target: string;
  readonly known: readonly string[];
}

/** Names under `fields` that the target has not. */
export function checkFields(root: Node, fields: ResourceFields): readonly Problem[] {
  return unknownFields(root, fields).map((field) => {
    const { name, key, target, known } = field;
    const remedy = insideRemedy(field) ?? remedyFor(name, known);
    return problemAt('unknown-field', key, `unknown field "${name}" of ${target}`, remedy);
  });
}

/** `customFields.event_date`: a path where a map in a map is meant. */
function insideRemedy({ name, value, known }: UnknownField): string | undefined {
  const [first = '', ...inside] = name.split('.');
  const outer = inside.length > 0 ? nearest(first, known) : undefined;
  if (outer !== 'customFields') return undefined;
  const isShort = value.kind === 'scalar' && /^[\w$.() ]+$/.test(value.source);
  return `write ${outer}: { ${inside.join('.')}: ${isShort ? value.source : '…'} }, one map for all of them`;
}

function remedyFor(name: string, known: readonly string[]): string {
  if (BESIDE.includes(name)) return 'it stands beside fields, not under it';
  if (FILLED.includes(name)) return 'the runner fills it in: remove it';
  const meant = nearest(name, known) ?? otherFieldFor(name, known);
  if (meant !== undefined) return `did you mean "${meant}"?`;
  const custom = known.includes('customFields') ? '; a field of your own stands under customFields' : '';
  return `${didYouMean(name, known, 'remove it')}${custom}`;
}

export function unknownFields(root: Node, fields: ResourceFields): readonly UnknownField[] {
  return entriesOf(child(root, 'syncs')).flatMap(({ value }) => {
    const target = textOf(child(value, 'to')) ?? '';
    const [connection = '', resource = ''] = target.split('.');
    const isGhl = textOf(child(root, 'connections', connection, 'type')) === 'ghl';
    const known = isGhl ? fields(resource) : undefined;
    if (!known) return [];
    return entriesOf(child(value, 'fields'))
      .filter(({ name }) => !known.includes(name))
      .map((entry) => ({ ...entry, target, known }));
  });
}
