import type { Expression } from '../../model/expression.ts';
import type { Field } from '../../model/sync.ts';
import { constant, looseText, readChoice, readExpression, readTemplate } from '../read-values.ts';
import type { Reader } from '../read-values.ts';
import { child, entriesOf, valueOf } from '../tree.ts';
import type { Node } from '../tree.ts';

/** A checked `fields` map, its `customFields` among them. `instants`: names of those that want a time with its offset. */
export function compileFields(
  reader: Reader,
  node: Node | undefined,
  instants: readonly string[] = [],
): readonly Field[] {
  return entriesOf(node).flatMap(({ name, value }) => {
    if (name !== 'customFields') {
      const field = compileField(reader, name, false, value);
      return [instants.includes(name) ? asInstant(reader, field) : field];
    }
    const custom = value.kind === 'map' ? [...value.entries.values()] : [];
    return custom.map((entry) => compileField(reader, entry.name, true, entry.value));
  });
}

function asInstant({ language }: Reader, field: Field): Field {
  const value: Expression = async (...told) => language.withOffset(await field.value(...told));
  return { ...field, value };
}

/** A string is an expression, a number or boolean itself; `{ value }`, `{ text }` and `{ expr }` say what they are. */
function compileField(reader: Reader, name: string, custom: boolean, node: Node): Field {
  if (node.kind !== 'map') return { name, custom, on: 'always', ...shortField(reader, node) };
  const on = readChoice(reader, child(node, 'on'), ['always', 'create', 'empty'], 'always');
  const text = child(node, 'text');
  const expr = child(node, 'expr');
  const value = child(node, 'value');
  if (text) return { name, custom, on, value: readTemplate(reader, text), literal: false };
  if (expr) return { name, custom, on, value: readExpression(reader, expr), literal: false };
  return { name, custom, on, value: constant(value && valueOf(value)), literal: true };
}

function shortField(reader: Reader, node: Node): Pick<Field, 'value' | 'literal'> {
  if (node.kind === 'scalar' && typeof node.value !== 'string')
    return { value: constant(node.value), literal: true };
  return looseText(node) === ''
    ? { value: constant(undefined), literal: false }
    : { value: readExpression(reader, node), literal: false };
}
