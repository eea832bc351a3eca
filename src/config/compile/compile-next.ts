import type { Next } from '../../model/poll.ts';
import { constant, looseText, optionalExpression, readNumber } from '../read-values.ts';
import type { Reader } from '../read-values.ts';
import { child } from '../tree.ts';
import type { Node } from '../tree.ts';

/** A checked `next`: a bare word, or a map with a type. */
export function compileNext(reader: Reader, node: Node | undefined): Next {
  const type = looseText(node?.kind === 'map' ? child(node, 'type') : node);
  const param = looseText(child(node, 'param')) || type;
  const value = optionalExpression(reader, child(node, 'value'));
  switch (type) {
    case 'page':
      return { type, param, start: readNumber(reader, child(node, 'start'), 1) };
    case 'offset':
      return { type, param, start: readNumber(reader, child(node, 'start'), 0) };
    case 'cursor':
      return { type, param, value: value ?? constant(undefined) };
    case 'link':
      return { type, ...(value ? { value } : {}) };
    default:
      return { type: 'none' };
  }
}
