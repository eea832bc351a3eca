import type { Guard, Limit } from '../../model/guard.ts';
import { looseText, tell } from '../read-values.ts';
import type { Reader } from '../read-values.ts';
import { child } from '../tree.ts';
import type { Node } from '../tree.ts';

/** `guard: { change: 30%, delete: 20 }`. */
export function compileGuard(reader: Reader, node: Node | undefined): Guard {
  const change = compileLimit(reader, child(node, 'change'));
  const deletes = compileLimit(reader, child(node, 'delete'));
  return { ...(change ? { change } : {}), ...(deletes ? { delete: deletes } : {}) };
}

function compileLimit(reader: Reader, node: Node | undefined): Limit | undefined {
  if (!node) return undefined;
  const match = /^(\d+(?:\.\d+)?)(%?)$/.exec(looseText(node).trim());
  const value = Number(match?.[1]);
  if (match?.[2] === '%' && value <= 100) return { type: 'share', most: value / 100 };
  if (match?.[2] === '' && Number.isInteger(value)) return { type: 'count', most: value };
  tell(reader, node, 'is no limit', 'give it a whole number, or a share from 0% to 100%');
  return undefined;
}
